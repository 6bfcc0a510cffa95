"""Pages of mentor meetings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as cases_access
from cases.actions.versions import ChangedMeanwhile
from cases.frame import frame
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import actions
from .. import evidence_access as access
from ..evidence_pages import meetings_context
from ..forms import MeetingForm
from ..models import MentorMeeting

CONFLICT = "Somebody else changed this note since you opened the page. Read it as it is now, below, before you save"


@page(needs=Permission.READ_MEETING, find=cases_access.case)
def meetings(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "assessments/meetings.html", meetings_context(request, induction))


@page(needs=Permission.WRITE_MEETING, find=access.meeting_mentor, methods="GET POST")
def note_meeting(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = MeetingForm(request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path)
    if form.is_valid() and form.apply(actions.note_meeting, by=viewer, on=viewer.on, induction=induction):
        messages.success(request, "Meeting noted.")
        return redirect("assessments:meetings", induction.pk)
    return _form_page(request, induction, form=form, title="Note a mentor meeting")


@page(needs=Permission.WRITE_MEETING, find=access.own_meeting, methods="GET POST")
def change_meeting(request: HttpRequest, meeting: MentorMeeting) -> HttpResponse:
    viewer, induction = request.viewer, meeting.induction
    initial = {name: getattr(meeting, name) for name in ("held_on", "focus", "next_step")}
    options = {"acting": viewer, "version": meeting.version, "autosave": request.path, "initial": initial}
    form, saved = MeetingForm(request.POST or None, draft=draft_of(request), **options), None
    if form.is_valid():
        try:
            act = {"by": viewer, "on": viewer.on, "meeting": meeting, "version": form.version}
            if form.apply(actions.change_meeting, **act):
                messages.success(request, "Meeting changed.")
                return redirect("assessments:meetings", induction.pk)
        except ChangedMeanwhile as changed:
            form.blame(None, CONFLICT)
            meeting.refresh_from_db()
            form.version, saved = changed.version, meeting
    return _form_page(request, induction, form=form, title="Change the note of a mentor meeting", meeting=saved)


def _form_page(request: HttpRequest, induction: Induction, **context: Any) -> HttpResponse:
    return TemplateResponse(request, "assessments/meeting_form.html", frame(request, induction) | context)
