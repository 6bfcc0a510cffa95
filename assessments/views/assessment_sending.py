"""Pages on which a report goes on its way: taken back, sent to the appropriate body, accepted, returned."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases.frame import frame
from cases.rules.statuses import AssessmentStatus
from cases.rules.transitions import moves_from
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.govuk.words import lower_first, moment
from induction_portal.pages import page

from .. import actions, assessment_access
from ..forms import AcceptAssessmentForm, ReturnAssessmentForm, SendAssessmentForm, WithdrawAssessmentForm
from ..models import Assessment
from ..on_its_way import facts_of, sendings_of

MOVED_ON = "This report has a new version since you opened this page: read that one first"


class Step(NamedTuple):
    """A move that one person makes: its form and action, where it leads, and what is said before and after."""

    form: type[PortalForm]
    act: Callable[..., Any]
    to: AssessmentStatus
    title: str
    before: str
    done: str
    not_now: str


WITHDRAW = Step(
    WithdrawAssessmentForm, actions.withdraw_assessment, AssessmentStatus.DRAFT,
    title="Take back the {}",
    before="You can then correct it and send it again. Every version is kept, with its comments and signatures. Nobody "
    "has to comment or sign again unless something that touches them changes.",
    done="Taken back. The ECT has been told. Correct the report and send it again.",
    not_now="Only a report that is being commented on or signed can be taken back.",
)  # fmt: skip
SEND = Step(
    SendAssessmentForm, actions.send_to_body, AssessmentStatus.SENT,
    title="Send the {}",
    before="The appropriate body has the report as soon as you send it, with the ECT’s comments, the signatures and "
    "any recommendation by the headteacher. It can then not be taken back: the body accepts or returns it.",
    done="Sent to the appropriate body. It was received on {received}.",
    not_now="The report can be sent once it has been commented on and signed.",
)  # fmt: skip
NOT_WAITING = "This assessment is not waiting for your answer."
ACCEPT = Step(
    AcceptAssessmentForm, actions.accept_assessment, AssessmentStatus.ACCEPTED,
    title="Accept the {}",
    before="Accepting says that the report is complete. It decides nothing about the induction.",
    done="Assessment accepted. The school and the ECT have been told.",
    not_now=NOT_WAITING,
)  # fmt: skip
RETURN = Step(
    ReturnAssessmentForm, actions.return_assessment, AssessmentStatus.RETURNED,
    title="Return the {}",
    before="The school can correct the report and send it again. This version is kept. Only those whom a correction "
    "touches sign again.",
    done="Assessment returned. The school has been told.",
    not_now=NOT_WAITING,
)  # fmt: skip


@page(needs=Permission.WRITE_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def withdraw_assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _take(request, assessment, WITHDRAW)


@page(needs=Permission.WRITE_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def send_assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    sendings = sendings_of(assessment)
    if request.method == "GET" and sendings and assessment.state is not AssessmentStatus.SIGNED:
        context = _shown(request, assessment, f"The {lower_first(str(assessment))} was sent") | {"sendings": sendings}
        return TemplateResponse(request, "assessments/assessment_sent.html", context)
    return _take(request, assessment, SEND)


@page(needs=Permission.RESPOND_TO_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def accept_assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _take(request, assessment, ACCEPT)


@page(needs=Permission.RESPOND_TO_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def return_assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    return _take(request, assessment, RETURN)


def _take(request: HttpRequest, assessment: Assessment, step: Step) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and step.to not in moves_from(assessment.state):
        messages.warning(request, step.not_now)
        return redirect("assessments:assessment", assessment.pk)
    autosave = request.path if step.form.base_fields else ""
    options = {"acting": viewer, "version": assessment.latest, "autosave": autosave}
    form = step.form(request.POST or None, draft=draft_of(request), **options)
    if form.is_valid() and _taken(form, step, by=viewer, on=viewer.on, assessment=assessment, version=form.version):
        said = step.done
        if step is SEND:
            said = said.format(received=moment(sendings_of(assessment)[0].at))
        messages.success(request, said)
        return redirect("assessments:assessment", assessment.pk)
    context = _shown(request, assessment, step.title.format(lower_first(str(assessment))))
    return TemplateResponse(request, "assessments/assessment_step.html", context | {"form": form, "step": step})


def _taken(form: PortalForm, step: Step, **options: Any) -> Any:
    """What the action gives; nothing, with the reason on the form, where it refuses."""
    try:
        return form.apply(step.act, **options)
    except actions.AssessmentConflict:
        form.blame(None, MOVED_ON)
        return None


def _shown(request: HttpRequest, assessment: Assessment, title: str) -> dict[str, Any]:
    told = {"assessment": assessment, "facts": facts_of(assessment), "title": title}
    return frame(request, assessment.induction) | told
