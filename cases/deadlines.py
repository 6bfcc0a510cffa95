"""Questions to the deadlines of a case."""

from datetime import date, timedelta

from induction_portal.accounts.permissions import Role

from .models import Deadline, Induction

PROGRESS_REVIEW = "progress_review"
TERMLY = (PROGRESS_REVIEW, "first_assessment", "final_assessment", "extension_assessment")

OWNERS = dict.fromkeys(TERMLY, Role.INDUCTION_TUTOR)

LABELS = {
    PROGRESS_REVIEW: "Progress review {number}",
    "first_assessment": "First formal assessment",
    "final_assessment": "Final formal assessment",
    "extension_assessment": "Assessment at the end of the extension",
}


def label(deadline: Deadline) -> str:
    """What falls due, in words: "Progress review 2"."""
    return LABELS[deadline.kind].format(number=deadline.number)


def next_review(induction: Induction) -> Deadline | None:
    """The earliest progress review not yet submitted, or None when all have been."""
    return induction.deadlines.filter(kind=PROGRESS_REVIEW, is_open=True).order_by("number").first()


def opens_on(review: Deadline) -> date:
    """The first day on which a review may be logged: the term it looks back on has begun (R48).

    That is the day after the review or assessment before it fell due.
    """
    before = Deadline.objects.filter(induction=review.induction_id, kind__in=TERMLY, due_on__lt=review.due_on)
    last = before.order_by("-due_on").first()
    return last.due_on + timedelta(days=1) if last else date.min
