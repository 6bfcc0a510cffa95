"""Pages of meetings about support, of updates for the appropriate body, and of what the body does."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as case_access
from cases.frame import frame
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.govuk.words import day
from induction_portal.pages import page

from .. import access, actions
from ..actions.updates import name_of
from ..following import at_the_table
from ..forms import (
    AcknowledgeUpdateForm,
    BodyPartForm,
    BodyUpdateForm,
    CallOffMeetingForm,
    ChangeSupportMeetingForm,
    MeetingEntryForm,
    MinutesForm,
    NoteMeetingForm,
    PlanAnswerForm,
    SupportMeetingForm,
)
from ..models import BodyUpdate, PlanMeeting
from ..together import meeting_choices, plan_to_answer, together_context, update_to_send

NO_MEETING = "There is no level of support open whose meetings are yours to hold."
NO_PLAN = "There is no plan going on that you could approve or comment on."
SETTLED = "This meeting has been recorded or called off."
TOLD = "Saved. Everybody who was to come has been told."
P = Permission


@page(needs=P.READ_LEVELS, find=case_access.case)
def together(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "support_plans/together.html", together_context(request, induction))


@page(needs=P.HOLD_SUPPORT_MEETING, find=access.followed, methods="GET POST")
def arrange_meeting(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    now, choices = meeting_choices(viewer, request.roles, induction)
    if now is None and request.method == "GET":
        return _back(request, induction, NO_MEETING)
    form = SupportMeetingForm(request.POST or None, acting=viewer, **choices)
    if form.is_valid() and form.apply(actions.arrange_meeting, by=viewer, on=viewer.on, induction=induction):
        return _back(request, induction, TOLD, done=True)
    return _form(request, induction, form, "Arrange a meeting")


@page(needs=P.HOLD_SUPPORT_MEETING, find=access.followed, methods="GET POST")
def note_meeting(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    now, choices = meeting_choices(viewer, request.roles, induction)
    if now is None and request.method == "GET":
        return _back(request, induction, NO_MEETING)
    table = at_the_table(now, induction, viewer.on) if now else {}
    form = NoteMeetingForm(request.POST or None, draft=draft_of(request), acting=viewer, table=table, **choices)
    if form.is_valid() and form.send(actions.note_meeting, by=viewer, on=viewer.on, induction=induction):
        return _back(request, induction, "Recorded. Everybody at the table has been told.", done=True)
    if now is None:
        form.add_error(None, NO_MEETING)
    return _form(request, induction, form, "Record a meeting")


@page(needs=P.HOLD_SUPPORT_MEETING, find=access.meeting, methods="GET POST")
def record_meeting(request: HttpRequest, meeting: PlanMeeting) -> HttpResponse:
    viewer, induction = request.viewer, meeting.induction
    if not meeting.is_to_come and request.method == "GET":
        return _back(request, induction, SETTLED)
    options = {"acting": viewer, "version": meeting.version, "table": at_the_table(meeting.level, induction, viewer.on)}
    form = MinutesForm(request.POST or None, draft=draft_of(request), **options, initial={"meets_on": meeting.on})
    given = {"by": viewer, "on": viewer.on, "meeting": meeting, "version": form.version}
    if form.is_valid() and form.send(actions.record_meeting, **given):
        return _back(request, induction, "Recorded. Everybody at the table has been told.", done=True)
    return _form(request, induction, form, f"Record the meeting of {day(meeting.on)}")


@page(needs=P.HOLD_SUPPORT_MEETING, find=access.meeting, methods="GET POST")
def change_meeting(request: HttpRequest, meeting: PlanMeeting) -> HttpResponse:
    viewer, induction = request.viewer, meeting.induction
    if not meeting.is_to_come and request.method == "GET":
        return _back(request, induction, SETTLED)
    arranged = {"meets_on": meeting.on, "where": meeting.where}
    form = ChangeSupportMeetingForm(request.POST or None, acting=viewer, version=meeting.version, initial=arranged)
    given = {"by": viewer, "on": viewer.on, "meeting": meeting, "version": form.version}
    if form.is_valid() and form.apply(actions.change_meeting, **given):
        return _back(request, induction, TOLD, done=True)
    return _form(request, induction, form, f"Change the meeting of {day(meeting.on)}")


@page(needs=P.HOLD_SUPPORT_MEETING, find=access.meeting, methods="GET POST")
def call_off_meeting(request: HttpRequest, meeting: PlanMeeting) -> HttpResponse:
    viewer, induction = request.viewer, meeting.induction
    if not meeting.is_to_come and request.method == "GET":
        return _back(request, induction, SETTLED)
    form = CallOffMeetingForm(request.POST or None, acting=viewer, version=meeting.version)
    given = {"by": viewer, "on": viewer.on, "meeting": meeting, "version": form.version}
    if form.is_valid() and form.apply(actions.call_off_meeting, **given):
        return _back(request, induction, TOLD, done=True)
    return _form(request, induction, form, f"Call off the meeting of {day(meeting.on)}")


@page(needs=P.ADD_TO_SUPPORT_MEETING, find=access.meeting, methods="GET POST")
def add_to_meeting(request: HttpRequest, meeting: PlanMeeting) -> HttpResponse:
    viewer, induction = request.viewer, meeting.induction
    if not meeting.is_held and request.method == "GET":
        return _back(request, induction, "There is no record of this meeting that you could add to.")
    form = MeetingEntryForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid() and form.apply(actions.add_to_meeting, by=viewer, on=viewer.on, meeting=meeting):
        return _back(request, induction, "Added. Everybody who reads the record has been told.", done=True)
    return _form(request, induction, form, f"Add to the meeting of {day(meeting.on)}")


@page(needs=P.UPDATE_BODY, find=access.followed, methods="GET POST")
def send_update(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    found = update_to_send(viewer, request.roles, induction)
    if found is None and request.method == "GET":
        return _back(request, induction, "No update for the appropriate body is yours to send.")
    level, expected = found or (None, None)
    due = name_of(level, expected.number) if level and expected else 0
    form = BodyUpdateForm(request.POST or None, draft=draft_of(request), acting=viewer, version=due)
    given = {"by": viewer, "on": viewer.on, "induction": induction, "due": form.version}
    if form.is_valid() and form.apply(actions.send_update, **given):
        return _back(request, induction, "Sent. The appropriate body and the ECT have been told.", done=True)
    facts = {"level": level, "expected": expected, "early": bool(expected and viewer.on < expected.opens_on)}
    title = f"Update {expected.number} for the appropriate body" if expected else "Update the appropriate body"
    return _form(request, induction, form, title, **facts)


@page(needs=P.FOLLOW_SUPPORT, find=access.update, methods="GET POST")
def acknowledge_update(request: HttpRequest, update: BodyUpdate) -> HttpResponse:
    viewer, induction = request.viewer, update.induction
    if update.acknowledged_on and request.method == "GET":
        return _back(request, induction, "Your body has acknowledged this update.")
    form = AcknowledgeUpdateForm(request.POST or None, acting=viewer)
    if form.is_valid() and form.apply(actions.acknowledge_update, by=viewer, on=viewer.on, update=update):
        return _back(request, induction, "Saved. The school and the ECT have been told.", done=True)
    title = f"Update {update.number} of {day(update.sent_on)}"
    return _form(request, induction, form, title, update=update)


@page(needs=P.FOLLOW_SUPPORT, find=access.followed, methods="GET POST")
def record_body_part(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = BodyPartForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid() and form.send(actions.record_body_part, by=viewer, on=viewer.on, induction=induction):
        return _back(request, induction, "Saved. Whoever reads it has been told.", done=True)
    return _form(request, induction, form, "Record what you did")


@page(needs=P.FOLLOW_SUPPORT, find=access.followed, methods="GET POST")
def answer_plan(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    plan = plan_to_answer(viewer, induction)
    if plan is None and request.method == "GET":
        return _back(request, induction, NO_PLAN)
    form = PlanAnswerForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if plan is None:
        form.add_error(None, NO_PLAN)
    elif form.is_valid() and form.apply(actions.answer_plan, by=viewer, on=viewer.on, plan=plan):
        return _back(request, induction, "Sent. The induction tutor, the mentor and the ECT have been told.", done=True)
    return _form(request, induction, form, "Approve the plan, or comment on it", plan=plan)


def _back(request: HttpRequest, induction: Induction, says: str, *, done: bool = False) -> HttpResponse:
    (messages.success if done else messages.warning)(request, says)
    return redirect("support_plans:together", induction.pk)


def _form(request: HttpRequest, induction: Induction, form: Any, title: str, **more: Any) -> HttpResponse:
    context = frame(request, induction) | {"title": title, "form": form} | more
    return TemplateResponse(request, "support_plans/following_form.html", context)
