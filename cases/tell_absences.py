"""Who is told of absences (R38, SG 5.4, R29). No message says why, how long, or of what kind."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse

from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from notifications import kinds, outbox

from .access import case, may_read
from .models import Absence, AbsenceNotice, Induction, Placement
from .people import headteachers, officer_of, tutors
from .rules.mailing import Topic
from .tell_changes import whose

RECORDED = "absence_recorded"
WARNING = "absence_warning"
NOTICE = "absence_notice"
EXTENDED = "absence_extends"
TAKEN_BACK = "absence_notice_withdrawn"
AFTER_REPORT = "absence_after_report"
RETURNED = "leave_returned"
CHOSEN = "leave_chosen"
CONFIRMED = "leave_confirmed"

SUBJECTS = {
    RECORDED: "An absence has been recorded in your induction",
    WARNING: "Absence in an induction has reached a warning figure",
    NOTICE: "Notice: absence in a part of induction has reached 30 days",
    EXTENDED: "Absence has reached 30 days, so a part of induction is extended",
    TAKEN_BACK: "Corrected: absence in a part of induction is below 30 days",
    AFTER_REPORT: "An absence has been recorded that falls after a report was sent",
    RETURNED: "You can choose whether to extend your induction by your leave",
    CHOSEN: "An ECT has chosen whether to extend induction by statutory leave",
    CONFIRMED: "The appropriate body has confirmed a choice about statutory leave",
}
People = Iterable[User | None]


def register_kinds(on_sent: Callable[[object], None]) -> None:
    """Make these kinds of message known; `on_sent` is called when the notice of 30 days went out."""
    kinds.register_all(
        SUBJECTS,
        "cases/messages",
        may_see=may_see_absence,
        about=whose,
        on_sent={NOTICE: on_sent},
        statutory=set(SUBJECTS) - {RECORDED, WARNING},
        topic=Topic.PEOPLE,
    )


def recorded(absence: Absence, *, actor: UUID | None, once: str) -> None:
    """The ECT, who can agree or query it."""
    _tell(RECORDED, absence.induction, absence.school_id, [absence.induction.teacher.user], once, but=actor)


def falls_after_report(absence: Absence, *, once: str) -> None:
    """Both parties: the school's tutor and the body's officer (R38)."""
    people = {officer_of(absence.induction), *tutors(absence.placement)}
    _tell(AFTER_REPORT, absence.induction, absence.school_id, people, once)


def figure_reached(notice: AbsenceNotice) -> None:
    """A warning to tutor and headteacher; at 30 the notice to the officer, and word to the ECT and the school (D19)."""
    school: set[User | None] = {*tutors(notice.placement), *headteachers(notice.school_id)}
    if notice.is_to_body:
        _tell(NOTICE, notice.induction, notice.body_id, [officer_of(notice.induction)], str(notice.pk))
        people = {notice.induction.teacher.user, *school}
        _tell(EXTENDED, notice.induction, notice.school_id, people, str(notice.pk))
    else:
        _tell(WARNING, notice.induction, notice.school_id, school, str(notice.pk))


def notice_taken_back(notice: AbsenceNotice) -> None:
    """The officer who was told of 30 days, the school and the ECT, when a correction took them below it again."""
    people: set[User | None] = {officer_of(notice.induction), notice.induction.teacher.user}
    people |= {*tutors(notice.placement), *headteachers(notice.school_id)}
    _tell(TAKEN_BACK, notice.induction, notice.school_id, people, str(notice.pk))


def may_choose(absence: Absence, *, once: str) -> None:
    """The ECT, once their return from statutory leave is recorded (R29)."""
    _tell(RETURNED, absence.induction, absence.school_id, [absence.induction.teacher.user], once)


def chosen(absence: Absence, *, once: str) -> None:
    """The body, which must grant the choice, and the school."""
    people = {officer_of(absence.induction), *_school(absence.placement)}
    _tell(CHOSEN, absence.induction, absence.school_id, people, once)


def confirmed(absence: Absence, *, once: str) -> None:
    """The ECT and the school."""
    people = {absence.induction.teacher.user, *_school(absence.placement)}
    _tell(CONFIRMED, absence.induction, absence.school_id, people, once)


def _school(placement: Placement) -> set[User]:
    return {*tutors(placement), *headteachers(placement.school_id)}


def _tell(
    kind: str, induction: Induction, organisation_id: UUID, people: People, once: str, *, but: UUID | None = None
) -> None:
    to = [user for user in people if user is not None and user.pk != but]
    url = reverse("cases:absences", args=[induction.pk])
    outbox.queue(kind, to=to, subject_id=induction.pk, organisation_id=organisation_id, url=url, once=once)


def may_see_absence(user: User, induction_id: UUID) -> bool:
    """Whether a user may read the absences of a case today in any of their capacities."""
    return may_read(user, induction_id, find=case, needs=Permission.READ_ABSENCE)
