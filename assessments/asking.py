"""What the settings of a school and its body ask of progress reviews (R55, D5)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from cases.models import Placement
from cases.policies import Policies, body_of, policy_of
from cases.rules.policy import Effective
from cases.rules.reviews import Asked

from .models import ProgressReview


def policy_for_new(placement: Placement, *, on: date) -> Effective:
    """What holds for a review that is written today: of the school, and of the body that will receive it."""
    return policy_of(school=placement.school_id, body=body_of(placement.induction, on=on), on=on)


def asked_of_new(placement: Placement, *, on: date) -> Asked:
    """What a review that is submitted today has to answer."""
    return policy_for_new(placement, on=on).asked


def asked_of(review: ProgressReview) -> Asked:
    """What a review had to answer on the day it was first submitted: its corrections are asked for no more."""
    first = review.versions.order_by("number").values_list("sealed_on", flat=True).first()
    return policy_of(**sides(review), on=first or review.submitted_on).asked


def policies_for(reviews: Collection[ProgressReview]) -> Policies:
    """The settings of every school and body of some reviews."""
    return Policies(schools={r.school_id for r in reviews}, bodies={r.body_id for r in reviews})


def sides(review: ProgressReview) -> dict[str, UUID]:
    """The school that wrote a review and the body that it was sent to."""
    return {"school": review.school_id, "body": review.body_id}
