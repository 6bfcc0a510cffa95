"""Reviews that wait for somebody: to be read, answered or corrected."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from cases.access import reviewed_cases
from cases.parts import Task
from cases.rules.reviews import due_to_body
from cases.rules.statuses import ReviewStatus
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import visible_reviews
from .asking import policies_for, sides
from .models import Acknowledgement, ProgressReview

MOST = 50


def waiting(viewer: Viewer) -> Iterable[Task]:
    """What waits for this viewer among the reviews they may read."""
    if Role.BODY_OFFICER in viewer.roles:
        sent = _with(viewer, ReviewStatus.SUBMITTED).filter(body=viewer.organisation)
        return _tasks(sent, "Read")
    if Role.ECT in viewer.roles:
        read = Acknowledgement.objects.filter(review=OuterRef("pk"), version__number=OuterRef("latest"))
        unread = visible_reviews(viewer).filter(~Exists(read))
        return _tasks(unread[:MOST], "Read")
    if not viewer.may(Permission.WRITE_REVIEW):
        return []
    returned = _with(viewer, ReviewStatus.RETURNED).filter(
        school=viewer.organisation, induction__in=reviewed_cases(viewer).values("pk")
    )
    return _tasks(returned[:MOST], "Correct", "Returned")


def _with(viewer: Viewer, status: ReviewStatus) -> QuerySet[ProgressReview]:
    return visible_reviews(viewer).filter(status=status).order_by("submitted_on", "pk")


def _tasks(reviews: Iterable[ProgressReview], verb: str, state: str = "") -> list[Task]:
    """One task for each review, due when the body that has it answers by."""
    reviews = list(reviews)
    policies = policies_for(reviews)
    days = [policies.on(r.submitted_on, **sides(r)).review_answer_days for r in reviews]
    return [_task(r, f"{verb} {str(r).lower()}", state, within) for r, within in zip(reviews, days, strict=True)]


def _task(review: ProgressReview, says: str, state: str, within: int) -> Task:
    return Task(
        on=due_to_body(review.submitted_on, within),
        says=says,
        about=review.induction.teacher.name,
        url=reverse("assessments:review", args=[review.pk]),
        state=state,
    )
