"""Rows for unit tests, made without the actions. Pages, the demo and e2e use the story instead."""

from .accounts import BodyFactory, MembershipFactory, SchoolFactory, TrustFactory, UserFactory, viewer
from .cases import (
    AppointmentFactory,
    BodyPeriodFactory,
    BodyPolicyFactory,
    ClosureFactory,
    HandoverGrantFactory,
    InductionFactory,
    PlacementFactory,
    SchoolPolicyFactory,
    SchoolYearFactory,
    TeacherFactory,
    TermFactory,
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
    "ClosureFactory",
    "CommentFactory",
    "HandoverGrantFactory",
    "InductionFactory",
    "MembershipFactory",
    "PlacementFactory",
    "ProgressReviewFactory",
    "RatingFactory",
    "SchoolFactory",
    "SchoolPolicyFactory",
    "SchoolYearFactory",
    "TargetFactory",
    "TeacherFactory",
    "TermFactory",
    "TrustFactory",
    "UserFactory",
    "VersionFactory",
    "WorkingPatternFactory",
    "viewer",
]
