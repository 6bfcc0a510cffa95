"""Concerns and levels of support, without the actions."""

import uuid
from datetime import date

from factory import LazyFunction, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from support_plans.models import (
    Concern,
    LevelAgreement,
    LevelChange,
    OwnConcern,
    OwnConcernEntry,
    Plan,
    PlanLaying,
    PlanObjective,
    PlanSignature,
    PlanVersion,
    PlanVersionRead,
    PlanWeek,
    Proposal,
    WeekEntry,
)

from .accounts import UserFactory
from .cases import PlacementFactory

RAISED = date(2026, 10, 5)


class OfACase(DjangoModelFactory):
    class Meta:
        abstract = True

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    audience = "case"


class ProposalFactory(OfACase):
    """One that waits for the tutor."""

    class Meta:
        model = Proposal

    audience = "assessed"
    source_id = LazyFunction(uuid.uuid4)
    title = "Progress review 1"
    url = "/reviews/"
    standards = ("TS7",)
    on_track = True
    found_on = RAISED


class ConcernFactory(OfACase):
    class Meta:
        model = Concern

    standards = ("TS7",)
    seen = "Three lessons began late"
    tried = "A seating plan"
    raised_by = SubFactory(UserFactory)
    raised_as = "mentor"
    raised_on = RAISED


class LevelChangeFactory(OfACase):
    """Level 1, open, with a plan of three weeks."""

    class Meta:
        model = LevelChange

    number = 1
    level = "1"
    part = 1
    owner = "mentor"
    weeks = 3
    opened_by = SubFactory(UserFactory)
    opened_as = "mentor"
    opened_on = RAISED
    found = "none"
    reason = "TS7 is not met yet"
    aim = "Calm starts"
    steps_down = "Two calm weeks"
    review_due = date(2026, 10, 25)


class LevelAgreementFactory(OfACase):
    class Meta:
        model = LevelAgreement

    state = 0
    level = "4"
    reason = "The school has shown why"
    by = SubFactory(UserFactory)
    on = RAISED


class OwnConcernFactory(OfACase):
    """In confidence."""

    class Meta:
        model = OwnConcern

    audience = "contact"
    status = "with_body"
    subject = "My timetable"
    text = "I teach 23 lessons"
    raised_on = RAISED


class OwnConcernEntryFactory(DjangoModelFactory):
    class Meta:
        model = OwnConcernEntry

    concern = SubFactory(OwnConcernFactory)
    text = "I will ask"
    by = SubFactory(UserFactory)
    said_as = "body_contact"
    on = RAISED


class PlanFactory(OfACase):
    """Being written."""

    class Meta:
        model = Plan

    class Params:
        started = Trait(
            status="going_on",
            weeks=3,
            standards=["TS7"],
            starts_on=RAISED,
            started_by=SubFactory(UserFactory),
            started_as="mentor",
            started_on=RAISED,
            laid=[RAISED, date(2026, 10, 12), date(2026, 10, 19)],
            ends_on=date(2026, 10, 25),
        )
        finished = Trait(
            started=True,
            status="finished",
            evaluation="Starts are calmer",
            progress="some",
            next_objectives="Calm ends",
            ended_on=date(2026, 10, 25),
            finished_by=SubFactory(UserFactory),
            finished_as="mentor",
            finished_on=date(2026, 10, 25),
        )

    level = SubFactory(LevelChangeFactory, placement=SelfAttribute("..placement"))
    status = "writing"
    written_by = SubFactory(UserFactory)
    written_on = RAISED


class PlanObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = PlanObjective

    plan = SubFactory(PlanFactory)
    place = 1
    objective = "Calm starts"


class PlanWeekFactory(DjangoModelFactory):
    class Meta:
        model = PlanWeek

    plan = SubFactory(PlanFactory)
    number = 1


class WeekEntryFactory(DjangoModelFactory):
    class Meta:
        model = WeekEntry

    week = SubFactory(PlanWeekFactory)
    kind = "evaluation"
    text = "Two calm starts"
    by = SubFactory(UserFactory)
    said_as = "mentor"
    on = RAISED


class PlanLayingFactory(DjangoModelFactory):
    class Meta:
        model = PlanLaying

    plan = SubFactory(PlanFactory, started=True)
    row = 1
    was = (RAISED,)
    became = (date(2026, 10, 12),)
    reason = "The week was lost"
    by = SubFactory(UserFactory)
    laid_as = "mentor"
    on = RAISED


class PlanVersionFactory(DjangoModelFactory):
    """Of a plan that was finished and sealed."""

    class Meta:
        model = PlanVersion

    plan = SubFactory(PlanFactory, finished=True)
    number = 1
    stage = "finished"
    content = "{}"
    sha256 = "a" * 64
    sealed_by = SubFactory(UserFactory)
    sealed_on = date(2026, 10, 25)


class PlanVersionReadFactory(DjangoModelFactory):
    class Meta:
        model = PlanVersionRead

    version = SubFactory(PlanVersionFactory)
    by = SubFactory(UserFactory)
    on = date(2026, 10, 26)


class PlanSignatureFactory(DjangoModelFactory):
    """Of the tutor."""

    class Meta:
        model = PlanSignature

    version = SubFactory(PlanVersionFactory)
    role = "induction_tutor"
    status = "signed"
    sha256 = "a" * 64
    by = SubFactory(UserFactory)
    on = date(2026, 10, 26)
