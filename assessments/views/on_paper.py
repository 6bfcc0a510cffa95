"""Pages on which the school records what an ECT said or signed on paper, or that they did not answer."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases.frame import frame
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.govuk.words import lower_first
from induction_portal.pages import page

from .. import actions, assessment_access
from ..forms import RecordCommentsForm, RecordSignatureForm
from ..forms.on_paper import OnPaperForm
from ..models import Assessment
from ..on_paper import Recording


class Kind(NamedTuple):
    """What is recorded: its form and action, and what the page says."""

    form: type[OnPaperForm]
    act: Callable[..., Any]
    to_sign: bool
    title: str
    done: str


COMMENTS = Kind(
    RecordCommentsForm, actions.record_comments, to_sign=False,
    title="Record the ECT’s comments on the {}",
    done="Recorded. Now the report is signed: by the induction tutor, the headteacher, and the ECT.",
)  # fmt: skip
SIGNATURE = Kind(
    RecordSignatureForm, actions.record_signature, to_sign=True,
    title="Record whether the ECT signed the {}",
    done="Recorded. Everybody has answered: the report can be sent to the appropriate body.",
)  # fmt: skip


@page(needs=Permission.WRITE_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def record_comments(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _record(request, assessment, COMMENTS)


@page(needs=Permission.WRITE_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def record_signature(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _record(request, assessment, SIGNATURE)


def _record(request: HttpRequest, assessment: Assessment, kind: Kind) -> HttpResponse:
    viewer = request.viewer
    recording = Recording(viewer, assessment, to_sign=kind.to_sign)
    if request.method == "GET" and recording.refusal:
        messages.warning(request, f"{recording.refusal}.")
        return redirect("assessments:assessment", assessment.pk)
    options = {"acting": viewer, "autosave": request.path, "version": assessment.latest}
    asked = {"waiting": recording.waiting, "on": viewer.on}
    form = kind.form(request.POST or None, draft=draft_of(request), **options, **asked)
    given = {"by": viewer, "on": viewer.on, "assessment": assessment, "version": form.version}
    if form.is_valid() and form.send(kind.act, **given):
        messages.success(request, kind.done)
        return redirect("assessments:assessment", assessment.pk)
    context = frame(request, assessment.induction) | {"form": form, "assessment": assessment, "recording": recording}
    context["title"] = kind.title.format(lower_first(str(assessment)))
    return TemplateResponse(request, "assessments/record_on_paper.html", context)
