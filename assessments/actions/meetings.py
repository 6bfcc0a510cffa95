"""Mentor meetings are noted, and put right, by the mentor or the ECT (R46)."""

from datetime import date

from cases.models import Induction
from cases.rules.meetings import check_meeting
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import MentorMeeting
from ..serving import check_seen, origin, refuse, served_on, span


@action
def note_meeting(
    *, by: Viewer, on: date, induction: Induction, held_on: date, focus: str, next_step: str = ""
) -> MentorMeeting:
    """Note a meeting of mentor and ECT.

    Raises RuleBroken for a day to come, one outside a placement (a mentor's: of their own school), or without a focus.
    """
    induction = Induction.objects.locked(induction.pk)
    placement = served_on(induction, by, min(held_on, on), "held_on")
    refuse(check_meeting(held_on, focus, today=on, served=span(placement)))
    words = {"focus": focus.strip(), "next_step": next_step.strip()}
    meeting = MentorMeeting.objects.create(
        held_on=held_on, noted_by=by.user, noted_on=on, **words, **origin(placement, on=on)
    )
    record(by, Event.MEETING_NOTED, meeting, chain=case_chain(induction.pk), on=on, after={"held_on": held_on})
    return meeting


@action
def change_meeting(
    *, by: Viewer, on: date, meeting: MentorMeeting, held_on: date, focus: str, next_step: str = "",
    version: int | None = None,
) -> MentorMeeting:  # fmt: skip
    """Put the note of a meeting right, whoever of the two made it.

    Raises RuleBroken as `note_meeting` does, ChangedMeanwhile when the other changed it first.
    """
    Induction.objects.locked(meeting.induction_id)
    meeting = MentorMeeting.objects.select_related("placement").get(pk=meeting.pk)
    check_seen(meeting, version)
    refuse(check_meeting(held_on, focus, today=on, served=span(meeting.placement)))
    before = {"held_on": meeting.held_on}
    meeting.held_on, meeting.focus, meeting.next_step = held_on, focus.strip(), next_step.strip()
    meeting.noted_by, meeting.noted_on, meeting.version = by.user, on, meeting.version + 1
    meeting.save()
    chain, after = case_chain(meeting.induction_id), {"held_on": held_on}
    record(by, Event.MEETING_CHANGED, meeting, chain=chain, on=on, before=before, after=after)
    return meeting
