"""Who is told that something was recorded of an appeal, or that the time for one has ended. No message says what."""

from collections.abc import Iterable

from django.urls import reverse

from cases.people import headteachers, officer_of
from induction_portal.accounts.models import User
from notifications import kinds, outbox

from ..models import Decision
from .appeal_access import may_see_appeal, whose

MOVED, ENDED, UNDONE = "appeal_moved", "appeal_time_ended", "dismissal_undone"
SUBJECTS = {
    MOVED: "There is something new about an appeal",
    ENDED: "The time to appeal has ended",
    UNDONE: "A date for ending employment no longer stands",
}
FOLDER = "assessments/messages"


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        FOLDER,
        may_see=may_see_appeal,
        about=whose,
        statutory=SUBJECTS,
    )


def moved(decision: Decision, step: str, *, by: User) -> None:
    """The ECT, the headteacher, and the officer who looks after the case, but for who recorded it."""
    _tell(MOVED, decision, _people(decision) - {by}, step)


def time_ended(decision: Decision, step: str) -> None:
    """All of them: from today the decision stands."""
    _tell(ENDED, decision, _people(decision), step)


def dismissal_undone(decision: Decision, step: str) -> None:
    """The headteacher, who was told by when employment had to end."""
    _tell(UNDONE, decision, set(headteachers(decision.school_id)), step)


def _people(decision: Decision) -> set[User]:
    found = {decision.induction.teacher.user, officer_of(decision.induction), *headteachers(decision.school_id)}
    return {each for each in found if each is not None}


def _tell(kind: str, decision: Decision, people: Iterable[User], step: str) -> None:
    url = reverse("assessments:appeal", args=[decision.pk])
    given = {"subject_id": decision.pk, "organisation_id": decision.body_id, "url": url}
    outbox.queue(kind, to=set(people), once=step, **given)
