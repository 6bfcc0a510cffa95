"""Reviews that wait for somebody: to be read, answered or corrected."""

from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.db.models.expressions import BaseExpression
from django.urls import reverse

from cases.parts import Task, Work
from cases.policies import Policies
from cases.reach import reviewed_keys
from cases.rules.reviews import due_to_body
from cases.rules.statuses import ReviewStatus
from cases.worded import due_words
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import visible_reviews
from .models import Acknowledgement, ProgressReview

MOST = 50
MOST_TO_ANSWER = 200
ANSWERS = {Role.BODY_OFFICER, Role.BODY_ADMIN}


def work_of(viewer: Viewer) -> Work:
    """What waits for this viewer among the reviews they may read, and those of their own side that the appropriate body
    has not answered.
    """
    if ANSWERS & viewer.roles:
        return Work(to_answer(viewer)) if Role.BODY_OFFICER in viewer.roles else Work()
    found = visible_reviews(viewer).annotate(is_mine=_is_mine(viewer))
    if viewer.organisation is not None:
        found = found.filter(school=viewer.organisation)
    found = found.filter(Q(is_mine=True) | Q(status=ReviewStatus.SUBMITTED))
    rows = list(found.order_by("-is_mine", "submitted_on", "pk")[: 2 * MOST])
    policies = Policies(bodies={row.body_id for row in rows})
    verb, state = ("Read", "") if viewer.organisation is None else ("Correct", "Returned")
    return Work(
        _tasks(viewer, [row for row in rows if row.is_mine], policies, verb, state),
        _tasks(viewer, [row for row in rows if row.state is ReviewStatus.SUBMITTED], policies, "Answer"),
    )


def _is_mine(viewer: Viewer) -> BaseExpression:
    """Whether a review is the ECT's to read, or the school's, whose reviewer the viewer is, to correct."""
    if viewer.organisation is None:
        return ~Exists(Acknowledgement.objects.filter(review=OuterRef("pk"), version__number=OuterRef("latest")))
    if not viewer.may(Permission.WRITE_REVIEW):
        return Value(False, BooleanField())
    returned = Q(status=ReviewStatus.RETURNED, induction__in=reviewed_keys(viewer))
    return ExpressionWrapper(returned, BooleanField())


def to_answer(viewer: Viewer) -> Iterable[Task]:
    """The reviews that wait to be read and answered by the viewer’s appropriate body, the earliest sent first."""
    if not ANSWERS & viewer.roles:
        return []
    sent = visible_reviews(viewer).filter(body=viewer.organisation, status=ReviewStatus.SUBMITTED)
    rows = list(sent.order_by("submitted_on", "pk")[:MOST_TO_ANSWER])
    return _tasks(viewer, rows, Policies(bodies={row.body_id for row in rows}), "Read")


def _tasks(
    viewer: Viewer, reviews: Sequence[ProgressReview], policies: Policies, verb: str, state: str = ""
) -> list[Task]:
    """One task for each review, due when the body that has it answers by."""
    days = [policies.on(r.submitted_on, body=r.body_id).review_answer_days for r in reviews]
    return [_task(viewer, r, verb, state, within) for r, within in zip(reviews, days, strict=True)]


def _task(viewer: Viewer, review: ProgressReview, verb: str, state: str, within: int) -> Task:
    due_on = due_to_body(review.submitted_on, within)
    awaits_body = verb == "Answer" or ANSWERS & viewer.roles
    by = f"{review.body.name} answers" if verb == "Answer" else verb
    return Task(
        on=due_on,
        says=f"{by} {str(review).lower()}",
        about=review.induction.teacher.name,
        url=reverse("assessments:review", args=[review.pk]),
        state=state or (due_words(due_on, today=viewer.on) if awaits_body else ""),
        why=f"The appropriate body answers a review within {within} working day{'' if within == 1 else 's'}.",
        kind="reviews_sent",
        kind_says="Reviews that were sent",
        case_id=review.induction_id,
    )
