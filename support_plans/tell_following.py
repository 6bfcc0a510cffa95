"""Who is told of meetings, updates and what the body does. No message says of whom, which level, or what was written."""

from collections.abc import Iterable

from django.urls import reverse

from cases.people import headteachers, officer_of, tutors
from cases.rules.support import Audience
from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import Viewer
from notifications import kinds, outbox

from . import access
from .models import BodyRecord, BodyUpdate, PlanMeeting, SupportRecord
from .tell import FOLDER, mentors

ARRANGED, CALLED_OFF, RECORDED = "support_meeting_arranged", "support_meeting_called_off", "support_meeting_recorded"
UPDATED, ACKNOWLEDGED, BODY_PART = "body_updated", "body_update_acknowledged", "body_part_recorded"


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    meetings = {
        ARRANGED: "A meeting about support has been arranged",
        CALLED_OFF: "A meeting about support has been called off",
        RECORDED: "A meeting about support has been recorded",
    }
    updates = {
        UPDATED: "A school has sent an update about an ECT on support",
        ACKNOWLEDGED: "The appropriate body has read an update about support",
    }
    body = {BODY_PART: "The appropriate body has recorded what it did about support"}
    kinds.register_all(meetings, FOLDER, may_see=access.may_see_meeting, about=access.whose_meetings)
    kinds.register_all(updates, FOLDER, may_see=access.may_see_update, about=access.whose_updates)
    kinds.register_all(body, FOLDER, may_see=access.may_see_body_record, about=access.whose_body_records)


def arranged(meeting: PlanMeeting, *, by: Viewer) -> None:
    """Everybody at the table."""
    _tell(ARRANGED, meeting, _table(meeting), by=by, once=f"v{meeting.version}")


def called_off(meeting: PlanMeeting, *, by: Viewer) -> None:
    """Everybody at the table."""
    _tell(CALLED_OFF, meeting, _table(meeting), by=by)


def recorded(meeting: PlanMeeting, *, by: Viewer, once: str = "") -> None:
    """Everybody who may read it: those at the table, and the headteacher."""
    people = [*_table(meeting), *headteachers(meeting.school_id)]
    _tell(RECORDED, meeting, people, by=by, once=once or f"v{meeting.version}")


def updated(update: BodyUpdate, *, by: Viewer) -> None:
    """The body's officer, whom it is for, and the ECT, whom it is about."""
    _tell(UPDATED, update, [officer_of(update.induction), *_ect(update)], by=by)


def acknowledged(update: BodyUpdate, *, by: Viewer) -> None:
    """Who sent it, the tutor and the ECT."""
    _tell(ACKNOWLEDGED, update, [update.sent_by, *tutors(update.placement), *_ect(update)], by=by)


def body_part(row: BodyRecord, *, by: Viewer) -> None:
    """The ECT, and the school's tutor and headteacher; who may not read it is sent nothing."""
    people = _ect(row)
    if row.audience != Audience.BODY:
        people = [*people, *tutors(row.placement), *headteachers(row.school_id)]
    _tell(BODY_PART, row, people, by=by)


def _table(meeting: PlanMeeting) -> list[User | None]:
    return [*_ect(meeting), *tutors(meeting.placement), *mentors(meeting), officer_of(meeting.induction)]


def _ect(row: SupportRecord) -> list[User | None]:
    return [row.induction.teacher.user]


def _tell(kind: str, row: SupportRecord, people: Iterable[User | None], *, by: Viewer, once: str = "") -> None:
    to = [user for user in people if user and user.pk != by.user.pk]
    url = reverse("support_plans:together", args=[row.induction_id])
    at = row.body_id if kind == BODY_PART else row.school_id
    outbox.queue(kind, to=to, subject_id=row.pk, organisation_id=at, url=url, once=once)
