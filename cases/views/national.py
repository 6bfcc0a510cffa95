"""Pages of the national service's files: made, fetched again, answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import actions
from ..forms.national import AnswerFileForm, MakeFileForm, SetAsideForm, attempt
from ..models import FileKind, NationalFile
from ..national import access
from ..national.pages import crumbs, file_page, make_page, overview

MAY = Permission.REPORT_NATIONALLY
SETTLED = "What became of this file has been recorded already."


@page(needs=MAY)
def national(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "cases/national/overview.html", overview(request.viewer))


@page(needs=MAY, methods="GET POST")
def make_claims(request: HttpRequest) -> HttpResponse:
    return _make(request, FileKind.CLAIMS)


@page(needs=MAY, methods="GET POST")
def make_actions(request: HttpRequest) -> HttpResponse:
    return _make(request, FileKind.ACTIONS)


def _make(request: HttpRequest, kind: FileKind) -> HttpResponse:
    viewer, context = request.viewer, make_page(request.viewer, kind)
    form = MakeFileForm(request.POST or None, acting=viewer, unchanged=context["told"].unchanged)
    if form.is_valid() and (made := form.apply(actions.make_files, by=viewer, on=viewer.on, kind=kind)):
        several = f"{len(made)} files were made. " if len(made) > 1 else "The file was made. "
        messages.success(request, f"{several}Download it, upload it to the service, and record the answer here.")
        return redirect("cases:national_file", made[0].pk) if len(made) == 1 else redirect("cases:national")
    return TemplateResponse(request, "cases/national/make.html", context | {"form": form})


@page(needs=MAY, find=access.file)
def national_file(request: HttpRequest, file: NationalFile) -> HttpResponse:
    return _shown(request, file)


def _shown(request: HttpRequest, file: NationalFile, status: int = 200, **more: Any) -> HttpResponse:
    context = file_page(request.viewer, file, after=request.GET.get("after", "")) | more
    return TemplateResponse(request, "cases/national/file.html", context, status=status)


@page(needs=MAY, find=access.file)
def national_csv(request: HttpRequest, file: NationalFile) -> HttpResponse:
    return as_file(file.content, file.filename)


@page(needs=MAY, find=access.file, methods="GET POST")
def answer_file(request: HttpRequest, file: NationalFile) -> HttpResponse:
    viewer = request.viewer
    if file.state != NationalFile.State.WAITING:
        messages.warning(request, SETTLED)
        return redirect("cases:national_file", file.pk)
    form = AnswerFileForm(
        request.POST or None, request.FILES or None, acting=viewer, initial={"uploaded_on": viewer.on}
    )
    told = {"by": viewer, "on": viewer.on, "file": file}
    if form.is_valid() and form.apply(actions.answer_file, **told):
        messages.success(request, "Answer recorded. Rows that were refused go into the next file once they are mended.")
        return redirect("cases:national_file", file.pk)
    title = {"title": "What the service answered", "breadcrumbs": crumbs()}
    return TemplateResponse(request, "layouts/form.html", {"form": form, "lead": str(file)} | title)


@page(needs=MAY, find=access.file, methods="POST")
def set_file_aside(request: HttpRequest, file: NationalFile) -> HttpResponse:
    viewer = request.viewer
    form = SetAsideForm(request.POST, acting=viewer)
    return carried_out(
        request,
        attempt(form, actions.set_file_aside, by=viewer, on=viewer.on, file=file),
        "Recorded. Its rows go into the next file.",
        lambda: redirect("cases:national_file", file.pk),
        lambda: _shown(request, NationalFile.objects.get(pk=file.pk), 409, form=form),
    )


def carried_out(
    request: HttpRequest, done: Any, says: str, onward: Callable[[], HttpResponse], again: Callable[[], HttpResponse]
) -> HttpResponse:
    """Onward with a word of what was done, or the page again with why it was not."""
    if not done:
        return again()
    messages.success(request, says)
    return onward()


def as_file(text: str, name: str) -> HttpResponse:
    """A CSV file to download, byte for byte, without a mark."""
    response = HttpResponse(text.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
