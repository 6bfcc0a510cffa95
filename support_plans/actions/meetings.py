"""Meetings about support: arranged, changed, called off, recorded; what is recorded stands, and is added to (R70)."""

from datetime import date
from typing import Any

from django.db.models import Max

from cases.models import Induction, Placement
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.following import Minutes, Served, check_arranged, check_minutes, may_hold, meeting_levels
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_following as tell
from ..following import acting_as, at_the_table, level_in_hand, roles_in
from ..models import LevelChange, PlanMeeting, PlanMeetingEntry
from .concerns import origin, tell_trail

MOVED_ON = "Somebody else has changed this meeting since you opened the page: read it again first"
SIX = "Level 6 is the employer’s own procedure: nothing of its meetings belongs in the portal"
NOT_YOURS = "The induction tutor or the appropriate body’s officer arranges and records this meeting"
NOT_RECORDED = "This meeting has not been recorded yet"


@action
def arrange_meeting(
    *, by: Viewer, on: date, induction: Induction, about: SupportLevel, meets_on: date, where: str
) -> PlanMeeting:
    """Arrange a meeting of the level that is open, or about one that may follow it; everybody at its table is told.

    Raises RuleBroken where no level is open, for a level that does not follow, by somebody whose meeting it is not, and
    for a day in the past or outside the placement.
    """
    locked = Induction.objects.locked(induction.pk)
    level = _level(by, locked, about, on)
    check_arranged(meets_on, where, today=on, served=served(level.placement))
    given = {"on": meets_on, "where": where.strip(), "arranged_by": by.user, "arranged_on": on}
    meeting = PlanMeeting.objects.create(**_beginning(locked, level, about, on), **given)
    tell_trail(by, Event.SUPPORT_MEETING_ARRANGED, meeting, on, after=_arranged(meeting))
    reckon(locked)
    tell.arranged(meeting, by=by)
    return meeting


@action
def change_meeting(
    *, by: Viewer, on: date, meeting: PlanMeeting, meets_on: date, where: str, version: int | None
) -> PlanMeeting:
    """Arrange a meeting to come otherwise; everybody at its table is told. Raises RuleBroken as `arrange_meeting` does,
    for one that was recorded or called off, and when somebody else was first.
    """
    found = _to_come(by, meeting, version)
    check_arranged(meets_on, where, today=on, served=served(found.placement))
    before = _arranged(found)
    found.on, found.where = meets_on, where.strip()
    _save(found, "on", "where")
    tell_trail(by, Event.SUPPORT_MEETING_CHANGED, found, on, before=before, after=_arranged(found))
    reckon(found.induction)
    tell.arranged(found, by=by)
    return found


@action
def call_off_meeting(*, by: Viewer, on: date, meeting: PlanMeeting, reason: str, version: int | None) -> PlanMeeting:
    """Say that a meeting is not held, and why; everybody at its table is told. Raises RuleBroken without a reason, for
    one that was recorded or called off, and when somebody else was first.
    """
    found = _to_come(by, meeting, version)
    if not reason.strip():
        raise RuleBroken("Enter why the meeting is not held", "reason")
    found.called_off_by, found.called_off_because, found.settled_on = by.user, reason.strip(), on
    _save(found, "called_off_by", "called_off_because", "settled_on")
    tell_trail(by, Event.SUPPORT_MEETING_CALLED_OFF, found, on, after={"number": found.number})
    reckon(found.induction)
    tell.called_off(found, by=by)
    return found


@action
def record_meeting(*, by: Viewer, on: date, meeting: PlanMeeting, minutes: Minutes, version: int | None) -> PlanMeeting:
    """Record a meeting that was arranged. After that it stands. Raises RuleBroken as `note_meeting` does, and when
    somebody else was first.
    """
    found = _to_come(by, meeting, version)
    return _record(by, on, found, minutes)


@action
def note_meeting(*, by: Viewer, on: date, induction: Induction, about: SupportLevel, minutes: Minutes) -> PlanMeeting:
    """Record a meeting that was not arranged in the portal.

    Raises RuleBroken where no level is open, for a day to come, without somebody who must attend (R70), without what
    was discussed and what came of it, and by somebody whose meeting it is not.
    """
    locked = Induction.objects.locked(induction.pk)
    level = _level(by, locked, about, on)
    return _record(by, on, PlanMeeting(**_beginning(locked, level, about, on)), minutes)


@action
def add_to_meeting(*, by: Viewer, on: date, meeting: PlanMeeting, text: str) -> PlanMeetingEntry:
    """Add to the record of a meeting, or put something of it right: the record itself stands. The ECT may, too.

    Raises RuleBroken for an empty entry, and before the meeting is recorded.
    """
    locked = Induction.objects.locked(meeting.induction_id)
    found = PlanMeeting.objects.select_related("placement").get(pk=meeting.pk)
    found.induction = locked
    if not found.is_held:
        raise RuleBroken(NOT_RECORDED)
    if not text.strip():
        raise RuleBroken("Enter what you add", "text")
    role = acting_as(roles_in(by, locked))
    said = PlanMeetingEntry.objects.create(meeting=found, text=text.strip(), by=by.user, said_as=role.value, on=on)
    tell_trail(by, Event.SUPPORT_MEETING_ADDED_TO, found, on, after={"entry": said.pk})
    tell.recorded(found, by=by, once=f"e{said.pk}")
    return said


def _level(by: Viewer, induction: Induction, about: SupportLevel, on: date) -> LevelChange:
    level = level_in_hand(by, induction, on)
    if level.state is SupportLevel.CAPABILITY:
        raise RuleBroken(SIX)
    if about not in meeting_levels(level.state):
        raise RuleBroken("Select the level that is open, or the one that may follow it", "about")
    _check_holder(by, induction, about)
    return level


def _check_holder(by: Viewer, induction: Induction, about: SupportLevel) -> None:
    if not may_hold(about, roles_in(by, induction)):
        raise RuleBroken(NOT_YOURS)


def _beginning(induction: Induction, level: LevelChange, about: SupportLevel, on: date) -> dict[str, Any]:
    last = PlanMeeting.objects.filter(induction=induction).aggregate(last=Max("number"))["last"] or 0
    began = origin(induction, level.placement, on)
    return began | {"audience": level.audience, "level": level, "number": last + 1, "about": about.value}


def _to_come(by: Viewer, meeting: PlanMeeting, version: int | None) -> PlanMeeting:
    """The meeting, its case locked, as long as it is still to come and nobody has changed it since."""
    locked = Induction.objects.locked(meeting.induction_id)
    found = PlanMeeting.objects.select_related("placement", "level").get(pk=meeting.pk)
    found.induction = found.level.induction = locked
    if not found.is_to_come or version not in (None, found.version):
        raise RuleBroken(MOVED_ON)
    _check_holder(by, locked, found.about_level)
    return found


def _record(by: Viewer, on: date, meeting: PlanMeeting, minutes: Minutes) -> PlanMeeting:
    check_minutes(meeting.about_level, minutes, today=on, served=served(meeting.placement))
    names = at_the_table(meeting.level, meeting.induction, minutes.on)
    present = [role for role in names if role in minutes.present]
    if meeting.arranged_on and meeting.arranged_on > minutes.on:
        raise RuleBroken("The meeting was held before this one was arranged: record it as another", "meets_on")
    meeting.on, meeting.settled_on = minutes.on, on
    meeting.present, meeting.names = present, [names[role] for role in present]
    meeting.others, meeting.missing = minutes.others.strip(), minutes.missing.strip()
    meeting.outline, meeting.outcome = minutes.outline.strip(), minutes.outcome.strip()
    meeting.recorded_by, meeting.recorded_as = by.user, acting_as(roles_in(by, meeting.induction)).value
    meeting.version += not meeting._state.adding
    meeting.save()
    after = {"number": meeting.number, "about": meeting.about, "held_on": meeting.on, "present": meeting.present}
    tell_trail(by, Event.SUPPORT_MEETING_RECORDED, meeting, on, after=after)
    reckon(meeting.induction)
    tell.recorded(meeting, by=by)
    return meeting


def _save(meeting: PlanMeeting, *columns: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=[*columns, "version"])


def _arranged(meeting: PlanMeeting) -> dict[str, Any]:
    return {"number": meeting.number, "about": meeting.about, "on": meeting.on}


def served(placement: Placement) -> Served:
    """The first and last day of a placement, as the rules take it."""
    return placement.starts_on, placement.ends_on
