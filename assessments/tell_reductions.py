"""Who is told of a shorter induction. No message says why, or how anybody is doing."""

from collections.abc import Iterable

from django.urls import reverse

from cases.people import headteachers, officer_of, tutors
from cases.rules.statuses import ReductionStatus
from induction_portal.accounts.models import User
from notifications import kinds, outbox

from .models import Reduction
from .reducing import may_see_reduction, whose_reductions

ASKED, AGREED, KEPT, DECIDED = "reduction_asked", "reduction_agreed", "reduction_kept", "reduction_decided"
SUBJECTS = {
    ASKED: "You are asked whether you agree to a shorter induction",
    AGREED: "A shorter induction waits for your decision",
    KEPT: "An ECT keeps the full period of induction",
    DECIDED: "The appropriate body has decided about a shorter induction",
}
People = Iterable[User | None]


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_reduction,
        about=whose_reductions,
        statutory=SUBJECTS,
    )


def asked(reduction: Reduction) -> None:
    """The ECT, who may insist on the full period."""
    _tell(ASKED, reduction, [reduction.induction.teacher.user])


def answered(reduction: Reduction) -> None:
    """The officer, who decides; of a no, the headteacher who asked, and an officer who was waiting to decide."""
    if reduction.state is ReductionStatus.CONSENTED:
        _tell(AGREED, reduction, [officer_of(reduction.induction)])
    else:
        _tell(KEPT, reduction, {*headteachers(reduction.school_id), officer_of(reduction.induction)})


def decided(reduction: Reduction) -> None:
    """The ECT and the school."""
    people = {reduction.induction.teacher.user, *headteachers(reduction.school_id), *tutors(reduction.placement)}
    _tell(DECIDED, reduction, people)


def _tell(kind: str, reduction: Reduction, people: People) -> None:
    url = reverse("assessments:reductions", args=[reduction.induction_id])
    told = {"subject_id": reduction.pk, "organisation_id": reduction.school_id, "url": url}
    outbox.queue(kind, to=[user for user in people if user], once=f"v{reduction.version}", **told)
