"""Who is told of what happens to a review, and the words. No message says how anybody is doing."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from cases.people import headteachers, officer_of, tutors
from cases.rules.mailing import Topic
from cases.rules.statuses import ReviewStatus
from induction_portal.accounts.models import User
from notifications import kinds, outbox

from .access import may_see_review, whose_reviews
from .models import ProgressReview

SUBMITTED = "review_submitted"
CORRECTED = "review_corrected"
COMMENTED = "review_commented"
ACCEPTED = "review_accepted"
RETURNED = "review_returned"

SUBJECTS = {
    SUBMITTED: "A progress review has been submitted",
    CORRECTED: "A progress review has been submitted again",
    COMMENTED: "An ECT has added comments to a progress review",
    ACCEPTED: "The appropriate body has accepted a progress review",
    RETURNED: "The appropriate body has returned a progress review",
}


def register_kinds() -> None:
    """Make this app's kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_review,
        about=whose_reviews,
        topic=Topic.REVIEWS,
    )


def submitted(review: ProgressReview) -> None:
    """The ECT, the body's officer and the headteacher, at the moment of submission (R52)."""
    _tell(SUBMITTED, review, _ect(review) | _body(review) | _heads(review), once=f"v{review.latest}")


def corrected(review: ProgressReview) -> None:
    """The same people, when a returned review goes on as its next version."""
    _tell(CORRECTED, review, _ect(review) | _body(review) | _heads(review), once=f"v{review.latest}")


def commented(review: ProgressReview, comment_id: UUID) -> None:
    """The tutor and the body's officer, when the ECT has said something."""
    _tell(COMMENTED, review, _school(review) | _body(review), once=str(comment_id))


def responded(review: ProgressReview, to: ReviewStatus) -> None:
    """The tutor, and of an acceptance the ECT too, when the body has answered."""
    kind = ACCEPTED if to is ReviewStatus.ACCEPTED else RETURNED
    people = _school(review) | _ect(review) if kind == ACCEPTED else _school(review)
    _tell(kind, review, people, once=f"v{review.latest}")


def _tell(kind: str, review: ProgressReview, people: Iterable[User], *, once: str) -> None:
    people = set(people) - {None}
    if kind in (SUBMITTED, CORRECTED):
        people.discard(review.submitted_by)
    url = reverse("assessments:review", args=[review.pk])
    outbox.queue(kind, to=people, subject_id=review.pk, organisation_id=review.school_id, url=url, once=once)


def _ect(review: ProgressReview) -> set[User]:
    return {review.induction.teacher.user}


def _body(review: ProgressReview) -> set[User]:
    return {officer_of(review.induction)}


def _heads(review: ProgressReview) -> set[User]:
    return set(headteachers(review.school_id))


def _school(review: ProgressReview) -> set[User]:
    return {review.submitted_by, *tutors(review.placement)}
