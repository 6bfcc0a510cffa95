"""Rows for unit tests, made without the actions. Pages, the demo and e2e use the story instead."""

from .accounts import BodyFactory, MembershipFactory, SchoolFactory, TrustFactory, UserFactory, viewer
from .cases import (
    AppointmentFactory,
    BodyPeriodFactory,
    ClosureFactory,
    HandoverGrantFactory,
    InductionFactory,
    PlacementFactory,
    PriorServiceFactory,
    SchoolYearFactory,
    TeacherFactory,
    TermFactory,
    WorkingPatternFactory,
)
from .registrations import ConfirmationFactory, DeclinedFactory, InitialTargetFactory, RegistrationFactory
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
    "ClosureFactory",
    "CommentFactory",
    "ConfirmationFactory",
    "DeclinedFactory",
    "HandoverGrantFactory",
    "InductionFactory",
    "InitialTargetFactory",
    "MembershipFactory",
    "PlacementFactory",
    "PriorServiceFactory",
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
