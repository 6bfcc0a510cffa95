"""Rows for unit tests, made without the actions. Pages, the demo and e2e use the story instead."""

from .accounts import BodyFactory, MembershipFactory, SchoolFactory, TrustFactory, UserFactory, viewer
from .cases import (
    AgreementFactory,
    AppointmentFactory,
    BodyPeriodFactory,
    HandoverGrantFactory,
    InductionFactory,
    PlacementFactory,
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
    "AgreementFactory",
    "AppointmentFactory",
    "BodyFactory",
    "BodyPeriodFactory",
    "BodyResponseFactory",
    "CommentFactory",
    "HandoverGrantFactory",
    "InductionFactory",
    "MembershipFactory",
    "PlacementFactory",
    "ProgressReviewFactory",
    "RatingFactory",
    "SchoolFactory",
    "TargetFactory",
    "TeacherFactory",
    "TrustFactory",
    "UserFactory",
    "VersionFactory",
    "WorkingPatternFactory",
    "viewer",
]
