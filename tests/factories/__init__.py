"""Rows for unit tests, made without the actions. Pages, the demo and e2e use the story instead."""

from .accounts import BodyFactory, MembershipFactory, SchoolFactory, TrustFactory, UserFactory, viewer
from .cases import (
    AppointmentFactory,
    BodyPeriodFactory,
    BodyPolicyFactory,
    HandoverGrantFactory,
    InductionFactory,
    PlacementFactory,
    SchoolPolicyFactory,
    TeacherFactory,
    WorkingPatternFactory,
)
from .reviews import (
    AcknowledgementFactory,
    BodyResponseFactory,
    CommentFactory,
    ProgressReviewFactory,
    RatingFactory,
    TargetFactory,
    VersionFactory,
)

__all__ = [
    "AcknowledgementFactory",
    "AppointmentFactory",
    "BodyFactory",
    "BodyPeriodFactory",
    "BodyPolicyFactory",
    "BodyResponseFactory",
    "CommentFactory",
    "HandoverGrantFactory",
    "InductionFactory",
    "MembershipFactory",
    "PlacementFactory",
    "ProgressReviewFactory",
    "RatingFactory",
    "SchoolFactory",
    "SchoolPolicyFactory",
    "TargetFactory",
    "TeacherFactory",
    "TrustFactory",
    "UserFactory",
    "VersionFactory",
    "WorkingPatternFactory",
    "viewer",
]
