"""Questions to the deadlines of a case."""

from collections.abc import Set
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q

from induction_portal.accounts.permissions import Role

from .models import Deadline, Induction
from .parts import PARTS
from .worded import due_words

SYSTEM = "system"

PROGRESS_REVIEW = "progress_review"
TERMLY = (PROGRESS_REVIEW, "first_assessment", "final_assessment", "extension_assessment")
ABSENCE_WARNING, ABSENCE_NOTICE, LEAVE_CHOICE = "absence_warning", "absence_notice", "leave_choice"

LEVEL_REVIEW, PLAN_WEEK = "level_review", "plan_week"
BODY_UPDATE, BODY_CONTACT, PLAN_MEETING = "body_update", "body_contact", "plan_meeting"

# What only who may read levels of support is told (R79).
OF_SUPPORT: Set[str] = frozenset({LEVEL_REVIEW, PLAN_WEEK, BODY_UPDATE, BODY_CONTACT, PLAN_MEETING})

# What only who may read absence is told (R79): these deadlines, and reasons that rest on these rules.
OF_ABSENCE: Set[str] = frozenset({ABSENCE_WARNING, ABSENCE_NOTICE, LEAVE_CHOICE})
# What only who may know of an appeal is told: that one may be made gives away what was decided (R66, R68).
OF_APPEAL: Set[str] = frozenset(
    {
        "appeal", "appeal_reply", "appeal_request", "hearing_notice", "hearing_answer", "appeal_hearing", "dismissal",
    }
)  # fmt: skip
TELLING_OF_ABSENCE = frozenset({"R26", "R27", "R28", "R29", "R30", "R32", "R33", "R34", "R38", "R51"})
NOT_YOURS = "This day follows from something that is not yours to see: ask the induction tutor."

OWNERS = dict.fromkeys(TERMLY, Role.INDUCTION_TUTOR)

LABELS = {
    PROGRESS_REVIEW: "Progress review {number}",
    "first_assessment": "First formal assessment",
    "final_assessment": "Final formal assessment",
    "extension_assessment": "Assessment at the end of the extension",
}


WAITS = {"return": "When the ECT returns", "choice": "When the ECT has chosen about their leave"}


def waits_words(deadline: Deadline, *, hushed: bool = False) -> str:
    """What the day of a deadline depends on, in words; empty where it is known (R29, R51). Told to who may not read
    absence, it says no more than that.
    """
    if not (deadline.is_open and deadline.waits):
        return ""
    return "The date is not known yet" if hushed else WAITS[deadline.waits]


def state_words(deadline: Deadline, *, today: date, hushed: bool = False) -> str:
    """How an open deadline stands to today: what it waits for, or "Overdue", "Due in 9 days"."""
    return waits_words(deadline, hushed=hushed) or due_words(deadline.due_on, today=today)


def why_words(deadline: Deadline, *, hushed: bool = False) -> str:
    """Why it falls due then, as far as the reader may know."""
    return NOT_YOURS if hushed and deadline.rule in TELLING_OF_ABSENCE else deadline.why


def late(*, on: date) -> Q:
    """Deadlines whose day has passed: never one that waits for a return or a choice, nor a warning, which is only to be
    seen.
    """
    return Q(due_on__lt=on, waits="") & ~Q(kind=ABSENCE_WARNING)


def label(deadline: Deadline) -> str:
    """What falls due, in words: "Progress review 2". Raises LookupError for a kind that no part knows."""
    said = next((words for part in PARTS if (words := part.label(deadline))), "")
    if not said:
        raise LookupError(deadline.kind)
    return said


def standing() -> Q:
    """Deadlines that are somebody's to meet: open, and not a date that passes by itself."""
    return Q(is_open=True) & ~Q(owner=SYSTEM)


class Coming(NamedTuple):
    """The review or assessment that comes next, and the first day on which it may be held: its term has begun (R48)."""

    deadline: Deadline
    opens_on: date

    @property
    def number(self) -> int:
        return self.deadline.number


def next_review(induction: Induction, *, since: date = date.min) -> Coming | None:
    """The earliest progress review not yet submitted, or None when all have been.

    `since` is the first day at the school that logs it: what was due before is another school's. It opens on the day
    after the review or assessment before it fell due.
    """
    return _next(induction, (PROGRESS_REVIEW,), since)


def next_assessment(induction: Induction, *, since: date = date.min) -> Coming | None:
    """The earliest formal assessment not yet held, as `next_review`. The final one waits for the first."""
    return _next(induction, TERMLY[1:], since)


def _next(induction: Induction, kinds: tuple[str, ...], since: date) -> Coming | None:
    deadlines = list(induction.deadlines.all())
    waiting = [d for d in deadlines if d.kind in kinds and d.is_open and d.due_on >= since]
    if not waiting:
        return None
    first = min(waiting, key=lambda d: (d.own_day, d.number))
    before = [d.own_day for d in deadlines if d.kind in TERMLY and d.own_day < first.own_day]
    return Coming(first, max(before) + timedelta(days=1) if before else date.min)
