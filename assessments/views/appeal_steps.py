"""Pages on which an officer replies to an appeal and records its steps: copy, reply, hearing, what the Agency asks."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.documents.responses import file_response
from induction_portal.pages import page

from .. import actions
from ..forms.appeals import AgencyRequestForm, AnswerAgencyForm, AppealReplyForm, AttendanceForm, CopyForm, HearingForm
from ..models import Appeal, AppealReply, AppealRequest
from ..outcome import appeal_document
from ..outcome.appeal_access import own_appeal, own_request, reply
from ..outcome.appeal_pages import ready_bundles, step_context
from .appeals import TOLD, of_appeal


@page(needs=Permission.DECIDE, find=own_appeal, methods="GET POST")
def appeal_copy(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    given = {"acting": request.viewer, "version": appeal.version, "initial": {"copy_on": appeal.copy_on}}
    form = CopyForm(request.POST or None, **given)
    done = "Recorded. Your time to reply runs from that day."
    return of_appeal(request, appeal, form, actions.record_copy, "Copy of the appeal", done)


@page(needs=Permission.DECIDE, find=own_appeal, methods="GET POST")
def reply_to_appeal(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    form = AppealReplyForm(
        request.POST or None,
        draft=draft_of(request),
        acting=request.viewer,
        version=appeal.version,
        autosave=request.path,
        initial={"sent_on": request.viewer.on},
        grounds=list(appeal.grounds.all()),
        bundles=ready_bundles(appeal),
    )
    done = f"The reply is sealed, and its document is being made. {TOLD}"
    return of_appeal(request, appeal, form, actions.reply_to_appeal, "Reply to the appeal", done)


@page(needs=Permission.DECIDE, find=own_appeal, methods="GET POST")
def appeal_hearing(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    form = HearingForm(request.POST or None, acting=request.viewer, version=appeal.version)
    return of_appeal(request, appeal, form, actions.record_hearing, "Hearing of the appeal", f"Recorded. {TOLD}")


@page(needs=Permission.DECIDE, find=own_appeal, methods="GET POST")
def appeal_attendance(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    form = AttendanceForm(request.POST or None, acting=request.viewer, version=appeal.version)
    return of_appeal(request, appeal, form, actions.answer_hearing, "Who attends the hearing", f"Recorded. {TOLD}")


@page(needs=Permission.DECIDE, find=own_appeal, methods="GET POST")
def agency_request(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    form = AgencyRequestForm(request.POST or None, acting=request.viewer, version=appeal.version)
    title = "What the Teaching Regulation Agency asks for"
    return of_appeal(request, appeal, form, actions.record_request, title, f"Recorded. {TOLD}")


@page(needs=Permission.DECIDE, find=own_request, methods="GET POST")
def answer_agency(request: HttpRequest, demand: AppealRequest) -> HttpResponse:
    appeal = demand.appeal
    form = AnswerAgencyForm(request.POST or None, acting=request.viewer, version=appeal.version)
    title, done = "Answer the Teaching Regulation Agency", f"Recorded. {TOLD}"
    return of_appeal(request, appeal, form, actions.answer_request, title, done, demand=demand)


@page(needs=Permission.READ_GROUNDS, find=reply)
def reply_pdf(request: HttpRequest, reply: AppealReply) -> HttpResponse:
    if issued := appeal_document.issued(reply):
        return file_response(issued)
    appeal_document.ask_again(reply)
    title = "The document of the reply is being prepared"
    context = step_context(request, reply.appeal.decision, title=title, appeal=reply.appeal)
    return TemplateResponse(request, "assessments/outcome/appeal_preparing.html", context, status=202)
