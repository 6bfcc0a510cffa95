"""Pages on which a body gives notice of its decision, and on which the notice is read (R63, R64)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases.frame import frame
from cases.models import Induction
from cases.rules.notices import Told
from cases.rules.statuses import NoticeStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.documents.responses import file_response
from induction_portal.pages import page

from .. import actions
from ..forms.notices import (
    BodyIsEmployerForm,
    EmailNoticesForm,
    NoticeReceiptForm,
    PostingForm,
    PrepareLetterForm,
    UndeliveredForm,
)
from ..models import Decision, Notice
from ..outcome import notice_document
from ..outcome.access import deciding_case
from ..outcome.notice_access import notice as visible_notice
from ..outcome.notice_access import own_notice
from ..outcome.noticing import decision_to_tell, left_to_tell, notice_context, notices_context, notices_of

FORM = "assessments/outcome/notice_form.html"
NOBODY = "There is nobody to tell now."
SENT = "The letters are on their way. This page shows when the mail server has accepted each."
PREPARED = "The letter is being made. Print it, post it, and record the day of posting."


@page(needs=Permission.DECIDE, find=deciding_case)
def notices(request: HttpRequest, induction: Induction) -> HttpResponse:
    decision = decision_to_tell(induction, request.viewer.organisation.pk)
    context = notices_context(request, induction, decision)
    return TemplateResponse(request, "assessments/outcome/notices.html", context)


@page(needs=Permission.DECIDE, find=deciding_case, methods="GET POST")
def email_notices(request: HttpRequest, induction: Induction) -> HttpResponse:
    decision, left, prepared = _left(request, induction)
    if decision is None or (request.method == "GET" and not left):
        return _nobody(request, induction)
    initial = {"to": [who.value for who in left if who not in prepared]}
    form = EmailNoticesForm(request.POST or None, left=left, initial=initial, acting=request.viewer)
    given = {"by": request.viewer, "on": request.viewer.on, "decision": decision}
    if form.is_valid() and form.send(actions.email_notices, **given):
        messages.success(request, SENT)
        return redirect("assessments:notices", induction.pk)
    return _form(request, induction, form, "Send notices by email")


@page(needs=Permission.DECIDE, find=deciding_case, methods="GET POST")
def prepare_letter(request: HttpRequest, induction: Induction) -> HttpResponse:
    decision, left, _ = _left(request, induction)
    if decision is None or (request.method == "GET" and not left):
        return _nobody(request, induction)
    form = PrepareLetterForm(request.POST or None, left=left, acting=request.viewer)
    given = {"by": request.viewer, "on": request.viewer.on, "decision": decision}
    if form.is_valid() and (made := form.apply(actions.prepare_letter, **given)):
        messages.success(request, PREPARED)
        return redirect("assessments:notice", made.pk)
    return _form(request, induction, form, "Send a notice by post")


@page(needs=Permission.DECIDE, find=deciding_case, methods="GET POST")
def body_is_employer(request: HttpRequest, induction: Induction) -> HttpResponse:
    decision, left, _ = _left(request, induction)
    if decision is None or (request.method == "GET" and Told.EMPLOYER not in left):
        return _nobody(request, induction)
    form = BodyIsEmployerForm(request.POST or None, acting=request.viewer)
    given = {"by": request.viewer, "on": request.viewer.on, "decision": decision}
    if form.is_valid() and form.send(actions.body_is_employer, **given):
        messages.success(request, "Recorded. No notice to the employer is needed.")
        return redirect("assessments:notices", induction.pk)
    return _form(request, induction, form, "Your organisation is the employer")


@page(needs=Permission.READ_DECISION, find=visible_notice)
def notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    return TemplateResponse(request, "assessments/outcome/notice.html", notice_context(request, notice))


@page(needs=Permission.READ_DECISION, find=visible_notice)
def notice_pdf(request: HttpRequest, notice: Notice) -> HttpResponse:
    if not notice.sha256:
        messages.warning(request, "There is no letter: no notice is needed.")
        return redirect("assessments:notice", notice.pk)
    if issued := notice_document.issued(notice):
        return file_response(issued)
    notice_document.ask_again(notice)
    context = notice_context(request, notice) | {"title": "The letter is being prepared"}
    return TemplateResponse(request, "assessments/outcome/notice_preparing.html", context, status=202)


@page(needs=Permission.DECIDE, find=own_notice, methods="GET POST")
def record_posting(request: HttpRequest, notice: Notice) -> HttpResponse:
    given = {"acting": request.viewer, "version": notice.letter}
    form = PostingForm(request.POST or None, initial={"posted_on": request.viewer.on}, **given)
    act = partial(actions.record_posting, letter=form.version)
    return _recorded(request, notice, form, act, NoticeStatus.DRAFT, title="Record the day of posting")


@page(needs=Permission.DECIDE, find=own_notice, methods="GET POST")
def record_receipt(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = NoticeReceiptForm(request.POST or None, acting=request.viewer)
    title = "Record the day of receipt"
    return _recorded(request, notice, form, actions.record_receipt, NoticeStatus.POSTED, title=title)


@page(needs=Permission.DECIDE, find=own_notice, methods="GET POST")
def record_undelivered(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = UndeliveredForm(request.POST or None, acting=request.viewer)
    takes = (NoticeStatus.SENT, NoticeStatus.POSTED)
    return _recorded(request, notice, form, actions.record_undelivered, *takes, title="Record that it did not arrive")


def _recorded(
    request: HttpRequest, notice: Notice, form: Any, act: Any, *takes: NoticeStatus, title: str
) -> HttpResponse:
    if request.method == "GET" and notice.state not in takes:
        messages.warning(request, "This notice does not wait for that.")
        return redirect("assessments:notice", notice.pk)
    if form.is_valid() and form.apply(act, by=request.viewer, on=request.viewer.on, notice=notice):
        messages.success(request, "Recorded.")
        return redirect("assessments:notice", notice.pk)
    context = notice_context(request, notice) | {"form": form, "title": title}
    return TemplateResponse(request, FORM, context)


def _left(request: HttpRequest, induction: Induction) -> tuple[Decision | None, list[Told], set[Told]]:
    """The decision to give notice of, who has still to be told, and for whom of them a letter waits to be posted."""
    decision = decision_to_tell(induction, request.viewer.organisation.pk)
    if decision is None:
        return None, [], set()
    known = notices_of(decision)
    return decision, left_to_tell(known, decision), {who for who in known if known[who].state is NoticeStatus.DRAFT}


def _nobody(request: HttpRequest, induction: Induction) -> HttpResponse:
    messages.warning(request, NOBODY)
    return redirect("assessments:notices", induction.pk)


def _form(request: HttpRequest, induction: Induction, form: Any, title: str) -> HttpResponse:
    return TemplateResponse(request, FORM, frame(request, induction) | {"form": form, "title": title})
