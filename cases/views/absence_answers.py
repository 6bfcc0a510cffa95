"""Pages on which people answer what is recorded of absence: why, the choice about leave, notices, agreement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import absence_access, actions
from ..absence_pages import choice_context
from ..absences import in_words, reason_of, status_of
from ..actions.versions import ChangedMeanwhile
from ..agreeing import absence_subject
from ..forms.absences import AbsenceNoticeForm, AbsenceReasonForm, ConfirmLeaveForm, LeaveChoiceForm
from ..frame import frame
from ..models import Absence, AbsenceNotice
from ..rules.statuses import ElectionStatus
from .agreements import say_of

CHOSEN_ANEW = "The record of this leave has changed since you opened the page. Read it again before you answer"
CHOOSING = {ElectionStatus.AWAITING_ELECTION, ElectionStatus.EXTEND, ElectionStatus.NOT_EXTEND}


@page(needs=Permission.READ_ABSENCE_REASON, find=absence_access.absence)
def reason(request: HttpRequest, absence: Absence) -> HttpResponse:
    known = reason_of(absence)
    context = frame(request, absence.induction) | {"absence": absence, "reason": known, "now": in_words(absence)}
    context |= {"title": "Reason of an absence", "writes": Permission.WRITE_ABSENCE_REASON in request.permissions}
    return TemplateResponse(request, "cases/absences/reason.html", context)


@page(needs=Permission.WRITE_ABSENCE_REASON, find=absence_access.own_absence, methods="GET POST")
def write_reason(request: HttpRequest, absence: Absence) -> HttpResponse:
    known = reason_of(absence)
    options = {"acting": request.viewer, "version": known.version if known else 0}
    form = AbsenceReasonForm(request.POST or None, initial={"text": known.text if known else ""}, **options)
    told = {"by": request.viewer, "on": request.viewer.on, "absence": absence, "version": form.version}
    if form.is_valid() and form.apply(actions.write_reason, **told):
        messages.success(request, "Reason saved. The ECT and headteachers can read it, nobody else.")
        return redirect("cases:absence_reason", absence.pk)
    context = frame(request, absence.induction) | {"form": form, "title": "Write the reason", "now": in_words(absence)}
    return TemplateResponse(request, "cases/absences/form.html", context)


@page(needs=Permission.CHOOSE_EXTENSION, find=absence_access.absence, methods="GET POST")
def choose_leave(request: HttpRequest, absence: Absence) -> HttpResponse:
    now = {True: "yes", False: "no"}.get(absence.elected)
    options = {"acting": request.viewer, "version": absence.version, "initial": {"extend": now}}
    form = LeaveChoiceForm(request.POST or None, draft=draft_of(request), **options)
    told = {"by": request.viewer, "on": request.viewer.on, "absence": absence, "version": form.version}
    try:
        if form.is_valid() and form.apply(actions.choose_leave, **told):
            messages.success(request, "Your choice is recorded. The appropriate body must grant it, and confirms it.")
            return redirect("cases:absences", absence.induction_id)
    except ChangedMeanwhile as changed:
        form.blame(None, CHOSEN_ANEW)
        form.version = changed.version
    context = frame(request, absence.induction) | choice_context(absence, request.viewer.on)
    context |= {"form": form, "title": "Choose about your leave"}
    context["open"] = status_of(absence, request.viewer.on) in CHOOSING and not absence.confirmed_on
    return TemplateResponse(request, "cases/absences/choice.html", context)


@page(needs=Permission.CONFIRM_CHOICE, find=absence_access.body_absence, methods="GET POST")
def confirm_leave(request: HttpRequest, absence: Absence) -> HttpResponse:
    form = ConfirmLeaveForm(request.POST or None, acting=request.viewer, version=absence.version)
    told = {"by": request.viewer, "on": request.viewer.on, "absence": absence, "version": form.version}
    try:
        if form.is_valid() and form.apply(actions.confirm_leave, **told):
            messages.success(request, "Choice confirmed. The ECT and the school have been told.")
            return redirect("cases:absences", absence.induction_id)
    except ChangedMeanwhile as changed:
        form.blame(None, CHOSEN_ANEW)
        form.version = changed.version
    context = frame(request, absence.induction) | choice_context(absence, request.viewer.on)
    context |= {"form": form, "title": "Confirm a choice about leave"}
    context["open"] = absence.elected is not None and not absence.confirmed_on
    return TemplateResponse(request, "cases/absences/choice.html", context)


@page(needs=Permission.ANSWER_ABSENCE_NOTICE, find=absence_access.notice, methods="GET POST")
def absence_notice(request: HttpRequest, notice: AbsenceNotice) -> HttpResponse:
    for_body = request.viewer.organisation.kind == Organisation.Kind.BODY
    form = AbsenceNoticeForm(request.POST or None, acting=request.viewer, notice=notice, for_body=for_body)
    action = actions.acknowledge_notice if for_body else actions.settle_notice
    if form.is_valid() and form.apply(action, by=request.viewer, on=request.viewer.on, notice=notice):
        messages.success(request, "Recorded. Thank you.")
        return redirect("cases:absences", notice.induction_id)
    context = frame(request, notice.induction) | {"form": form, "notice": notice, "for_body": for_body}
    context["title"] = "Notice of 30 days’ absence" if notice.is_to_body else "Warning of absence"
    context["done_on"] = notice.acknowledged_on if for_body else notice.settled_on
    return TemplateResponse(request, "cases/absences/notice.html", context)


@page(needs=Permission.AGREE_SERVICE, find=absence_access.absence, methods="GET POST")
def agree_absence(request: HttpRequest, absence: Absence) -> HttpResponse:
    subject = absence_subject(absence, request.viewer.on)
    return say_of(request, absence.induction, subject, "An absence", back="cases:absences")
