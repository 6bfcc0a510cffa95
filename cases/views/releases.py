"""Pages on which a case's moves are read, and on which a body lets an ECT go and takes a wrong release back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from ..actions.releasing import Going, check_going
from ..forms.releases import ReleaseEffect, ReleaseForm, ReportLeaverForm, UndoReleaseForm
from ..frame import frame
from ..models import Induction, Release, ReleaseRequest
from ..moving import access as moving
from ..moving.figures import in_words
from ..moving.pages import held_now, move_context, other_bodies
from ..parts import PARTS
from ..rules.errors import RuleBroken

FORM = "cases/moving/form.html"


@page(needs=Permission.READ_MOVE, find=access.case)
def move(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "cases/moving/page.html", move_context(request, induction))


@page(needs=Permission.RELEASE_ECT, find=access.responsible_case, methods="GET POST")
def release_ect(request: HttpRequest, induction: Induction) -> HttpResponse:
    return release_page(request, induction)


def release_page(request: HttpRequest, induction: Induction, asked: ReleaseRequest | None = None) -> HttpResponse:
    """The journey of a release: its day and terms, what they say, then the release; the same in answer to a request."""
    viewer = request.viewer
    bodies = None if asked else other_bodies(viewer)
    form = ReleaseForm(request.POST or None, draft=draft_of(request), acting=viewer, bodies=bodies)
    if form.is_valid() and _confirmed(form, request, induction, asked):
        options = {"by": viewer, "on": viewer.on, "induction": induction, "request": asked}
        going, to = _going(form), form.cleaned_data.get("to")
        if form.apply(lambda **_typed: actions.release(going=going, to=to, **options)):
            messages.success(request, "Released. The ECT and the school have been told.")
            return redirect("cases:case", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Release this ECT", "asked": asked}
    context |= {"effect": form.effect, "figures": in_words(form.effect.figures.said) if form.effect else []}
    return TemplateResponse(request, "cases/moving/release.html", context | {"waits": _waiting(viewer, induction)})


def _going(form: ReleaseForm) -> Going:
    typed = form.cleaned_data
    return Going(typed["last_day"], typed["terms"], typed["terms_reason"])


def _confirmed(form: ReleaseForm, request: HttpRequest, induction: Induction, asked: ReleaseRequest | None) -> bool:
    """Whether this may be done and was confirmed as it was shown; otherwise the form says what stands against it."""
    going, period = _going(form), held_now(request.viewer, induction)
    if period is None:
        form.blame(None, "This ECT has been released already")
        return False
    to = asked.asker if asked else form.cleaned_data.get("to")
    try:
        figures = check_going(period, induction, going, on=request.viewer.on, next_named=to is not None)
    except RuleBroken as broken:
        form.blame(broken.field, broken.message)
        return False
    return form.confirmed(ReleaseEffect(figures, going.reported(figures), to.name if to else ""))


def _waiting(viewer: Any, induction: Induction) -> list[str]:
    """What still waits for an answer of the body in this case: it cannot answer once the case is another's."""
    return [task.says for part in PARTS for task in part.board(viewer) if task.case_id == induction.pk]


@page(needs=Permission.RELEASE_ECT, find=moving.own_release, methods="GET POST")
def undo_release(request: HttpRequest, release: Release) -> HttpResponse:
    viewer = request.viewer
    form = UndoReleaseForm(request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path)
    if form.is_valid() and form.apply(actions.undo_release, by=viewer, on=viewer.on, released=release):
        messages.success(request, "The release has been taken back. You are responsible for this ECT as before.")
        return redirect("cases:case", release.induction_id)
    return _release_form(request, release, form, "Take a release back", "Nobody has claimed the ECT yet. Afterwards "
                         "your responsibility goes on without a day between.")  # fmt: skip


@page(needs=Permission.RELEASE_ECT, find=moving.own_release, methods="GET POST")
def report_leaver(request: HttpRequest, release: Release) -> HttpResponse:
    viewer = request.viewer
    form = ReportLeaverForm(request.POST or None, acting=viewer, initial={"done_on": release.told_on})
    if form.is_valid() and form.apply(actions.report_leaver, by=viewer, on=viewer.on, released=release):
        messages.success(request, "Saved.")
        return redirect("cases:move", release.induction_id)
    return _release_form(request, release, form, "National service told", "The national service wants the last day "
                         "and the terms served, to one decimal.")  # fmt: skip


def _release_form(request: HttpRequest, release: Release, form: Any, title: str, lead: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "name": release.induction.teacher.name}
    context["cancel"] = reverse("cases:move", args=[release.induction_id])
    return TemplateResponse(request, FORM, context)
