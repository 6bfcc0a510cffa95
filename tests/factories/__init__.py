"""Rows for unit tests, made without the actions. Pages, the demo and e2e use the story instead."""

from .accounts import BodyFactory, MembershipFactory, SchoolFactory, TrustFactory, UserFactory, viewer
from .cases import (
    AppointmentFactory,
    BodyPeriodFactory,
    HandoverGrantFactory,
    InductionFactory,
    PlacementFactory,
    TeacherFactory,
    WorkingPatternFactory,
)

__all__ = [
    "AppointmentFactory",
    "BodyFactory",
    "BodyPeriodFactory",
    "HandoverGrantFactory",
    "InductionFactory",
    "MembershipFactory",
    "PlacementFactory",
    "SchoolFactory",
    "TeacherFactory",
    "TrustFactory",
    "UserFactory",
    "WorkingPatternFactory",
    "viewer",
]
