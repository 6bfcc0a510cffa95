"""Who is told of representations and decisions. No message says what was written or decided."""

from collections.abc import Iterable

from django.urls import reverse

from cases.people import headteachers, holders, officer_of, tutors
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from notifications import kinds, outbox

from ..models import Assessment, Decision, Recommendation, Representation
from .access import may_see_decision, may_see_representations, whose_decisions, whose_recommendations

MAY_WRITE, REPRESENTED = "may_write", "representations_received"
PROPOSED, RETURNED, MADE = "decision_proposed", "decision_returned", "decision_made"

LETTERS = {
    MAY_WRITE: "You can write to the appropriate body before it decides",
    REPRESENTED: "An ECT has answered about representations",
}
DECISIONS = {
    PROPOSED: "A decision is waiting for a second officer",
    RETURNED: "A second officer has returned a decision",
    MADE: "The appropriate body has made its decision",
}
FOLDER = "assessments/messages"


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        LETTERS,
        FOLDER,
        may_see=may_see_representations,
        about=whose_recommendations,
        statutory=LETTERS,
    )
    kinds.register_all(
        DECISIONS,
        FOLDER,
        may_see=may_see_decision,
        about=whose_decisions,
        statutory=DECISIONS,
    )


def may_write(recommendation: Recommendation, assessment: Assessment) -> None:
    """The ECT, who has received the recommendation (R61)."""
    _of_letters(MAY_WRITE, recommendation, assessment, {assessment.induction.teacher.user})


def represented(said: Representation) -> None:
    """The officer who looks after the case."""
    officer = officer_of(said.induction)
    _of_letters(REPRESENTED, said.recommendation, said, {officer}, once=str(said.pk))


def proposed(decision: Decision) -> None:
    """Everybody else of the body who may approve it."""
    others = holders(decision.body_id, Role.BODY_OFFICER, Role.BODY_ADMIN, on=decision.on).exclude(pk=decision.by_id)
    _tell(PROPOSED, decision, others)


def returned(decision: Decision) -> None:
    """Who proposed it."""
    _tell(RETURNED, decision, {decision.by})


def made(decision: Decision) -> None:
    """The ECT, the headteacher and the induction tutor; the officer who looks after the case, if another decided."""
    school = {*headteachers(decision.school_id), *tutors(decision.placement)}
    officer = {officer_of(decision.induction)} - {decision.by}
    _tell(MADE, decision, {decision.induction.teacher.user} | school | officer)


def _tell(kind: str, decision: Decision, people: Iterable[User | None]) -> None:
    url = reverse("assessments:decision", args=[decision.pk])
    to = set(people) - {None}
    outbox.queue(kind, to=to, subject_id=decision.pk, organisation_id=decision.body_id, url=url, once="once")


def _of_letters(
    kind: str,
    recommendation: Recommendation,
    of: Assessment | Representation,
    people: set[User | None],
    *,
    once: str = "once",
) -> None:
    url = reverse("assessments:representations", args=[recommendation.pk])
    given = {"subject_id": recommendation.pk, "organisation_id": of.body_id, "url": url}
    outbox.queue(kind, to=people - {None}, once=once, **given)
