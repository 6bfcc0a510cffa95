"""Reviews that wait for somebody: to be read, answered or corrected."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from cases.parts import Task
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


def waiting(viewer: Viewer) -> Iterable[Task]:
    """What waits for this viewer among the reviews they may read."""
    if Role.BODY_OFFICER in viewer.roles:
        return to_answer(viewer)
    if Role.ECT in viewer.roles:
        read = Acknowledgement.objects.filter(review=OuterRef("pk"), version__number=OuterRef("latest"))
        unread = visible_reviews(viewer).filter(~Exists(read))
        return _tasks(viewer, unread[:MOST], "Read")
    if not viewer.may(Permission.WRITE_REVIEW):
        return []
    returned = _with(viewer, ReviewStatus.RETURNED).filter(
        school=viewer.organisation, induction__in=reviewed_keys(viewer)
    )
    return _tasks(viewer, returned[:MOST], "Correct", "Returned")


def to_answer(viewer: Viewer) -> Iterable[Task]:
    """The reviews that wait to be read and answered by the viewer’s appropriate body, the earliest sent first."""
    if not ANSWERS & viewer.roles:
        return []
    sent = _with(viewer, ReviewStatus.SUBMITTED).filter(body=viewer.organisation)
    return _tasks(viewer, sent[:MOST_TO_ANSWER], "Read")


def awaited(viewer: Viewer) -> Iterable[Task]:
    """The reviews of the viewer's own side that the appropriate body has not answered."""
    if ANSWERS & viewer.roles:
        return []
    sent = _with(viewer, ReviewStatus.SUBMITTED)
    if viewer.organisation is not None:
        sent = sent.filter(school=viewer.organisation)
    return _tasks(viewer, sent[:MOST], "Answer")


def _with(viewer: Viewer, status: ReviewStatus) -> QuerySet[ProgressReview]:
    return visible_reviews(viewer).filter(status=status).order_by("submitted_on", "pk")


def _tasks(viewer: Viewer, reviews: Iterable[ProgressReview], verb: str, state: str = "") -> list[Task]:
    """One task for each review, due when the body that has it answers by."""
    reviews = list(reviews)
    policies = Policies(bodies={r.body_id for r in reviews})
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
