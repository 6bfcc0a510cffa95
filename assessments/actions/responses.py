"""What follows a submitted review. None of it changes what was submitted."""

from datetime import date

from cases.rules.errors import RuleBroken
from cases.rules.statuses import ReviewStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell
from ..models import Acknowledgement, BodyResponse, Comment, ProgressReview, Version
from .submitting import locked_review, move_on


def _latest(review: ProgressReview) -> Version:
    return review.versions.get(number=review.latest)


@action
def comment(*, by: Viewer, on: date, review: ProgressReview, text: str) -> Comment:
    """The ECT says something about a review: kept with the version they were reading, sent to school and body.

    Raises RuleBroken for an empty comment.
    """
    review = locked_review(review.pk)
    if not text.strip():
        raise RuleBroken("Enter your comments", "text")
    said = Comment.objects.create(review=review, version=_latest(review), author=by.user, text=text.strip(), on=on)
    record(by, Event.REVIEW_COMMENTED, review, chain=case_chain(review.induction_id), on=on, after={"id": said.pk})
    move_on(review)
    tell.commented(review, said.pk)
    return said


@action
def acknowledge(*, by: Viewer, on: date, review: ProgressReview) -> Acknowledgement:
    """The ECT says that they have read the latest version. Said twice, it stands once."""
    review = locked_review(review.pk)
    version = _latest(review)
    if known := Acknowledgement.objects.filter(version=version).first():
        return known
    read = Acknowledgement.objects.create(review=review, version=version, by=by.user, on=on)
    after = {"version": version.number}
    record(by, Event.REVIEW_ACKNOWLEDGED, review, chain=case_chain(review.induction_id), on=on, after=after)
    move_on(review)
    return read


@action
def accept(*, by: Viewer, on: date, review: ProgressReview, version: int) -> BodyResponse:
    """The body accepts the version it was looking at. Raises RuleBroken when the review has moved on."""
    return _respond(by, on, review, version, ReviewStatus.ACCEPTED, comments="")


@action
def return_(*, by: Viewer, on: date, review: ProgressReview, version: int, comments: str) -> BodyResponse:
    """The body returns the version it was looking at, saying what is missing.

    Raises RuleBroken without comments, or when the review has moved on.
    """
    if not comments.strip():
        raise RuleBroken("Say what has to change before you can accept the review", "comments")
    return _respond(by, on, review, version, ReviewStatus.RETURNED, comments=comments.strip())


EVENTS = {ReviewStatus.ACCEPTED: Event.REVIEW_ACCEPTED, ReviewStatus.RETURNED: Event.REVIEW_RETURNED}


def _respond(
    by: Viewer, on: date, review: ProgressReview, version: int, to: ReviewStatus, *, comments: str
) -> BodyResponse:
    review = locked_review(review.pk)
    if review.latest != version:
        raise RuleBroken("The school has submitted a new version since you opened this page: read it first")
    check_move(review.state, to, Role.BODY_OFFICER)
    before = {"status": review.status}
    review.status = to
    review.save(update_fields=["status"])
    response = BodyResponse.objects.create(
        review=review, version=_latest(review), outcome=to.value, comments=comments, by=by.user, on=on
    )
    chain = case_chain(review.induction_id)
    record(by, EVENTS[to], review, chain=chain, on=on, before=before, after={"version": version})
    move_on(review)
    tell.responded(review, to)
    return response
