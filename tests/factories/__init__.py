"""Rows for unit tests, made without the actions. Pages, the demo and e2e use the story instead."""

from .accounts import BodyFactory, MembershipFactory, SchoolFactory, TrustFactory, UserFactory, viewer
from .cases import (
    AgreementFactory,
    AppointmentFactory,
    BodyPeriodFactory,
    ClosureFactory,
    HandoverGrantFactory,
    InductionFactory,
    PlacementFactory,
    SchoolYearFactory,
    TeacherFactory,
    TermFactory,
    WorkingPatternFactory,
)
from .registrations import InitialTargetFactory, RegistrationFactory
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
    "ClosureFactory",
    "CommentFactory",
    "HandoverGrantFactory",
    "InductionFactory",
    "InitialTargetFactory",
    "MembershipFactory",
    "PlacementFactory",
    "ProgressReviewFactory",
    "RatingFactory",
    "RegistrationFactory",
    "SchoolFactory",
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
