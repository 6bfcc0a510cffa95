"""Rows for unit tests, made without the actions. Pages, the demo and e2e use the story instead."""

from .accounts import (
    BodyFactory,
    InvitationFactory,
    MembershipFactory,
    PersonalEmailFactory,
    SchoolFactory,
    TrustFactory,
    UserFactory,
    viewer,
)
from .cases import (
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
    "AppointmentFactory",
    "BodyFactory",
    "BodyPeriodFactory",
    "BodyResponseFactory",
    "CommentFactory",
    "HandoverGrantFactory",
    "InductionFactory",
    "InvitationFactory",
    "MembershipFactory",
    "PersonalEmailFactory",
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
