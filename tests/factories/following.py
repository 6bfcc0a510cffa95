"""Meetings about support, updates and what a body did, without the actions."""

from datetime import date

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from support_plans.models import BodyRecord, BodyUpdate, PlanAnswer, PlanMeeting, PlanMeetingEntry

from .accounts import UserFactory
from .support import RAISED, LevelChangeFactory, OfACase, PlanFactory


class _OfALevel(OfACase):
    class Meta:
        abstract = True

    level = SubFactory(LevelChangeFactory)
    placement = SelfAttribute("level.placement")


class PlanMeetingFactory(_OfALevel):
    """One that was held and recorded."""

    class Meta:
        model = PlanMeeting

    number = 1
    about = "1"
    on = RAISED
    present = ("mentor", "ect")
    names = ("Ros Whitcombe", "Jo Bloggs")
    outline = "The starts of lessons"
    outcome = "A plan of three weeks"
    recorded_by = SubFactory(UserFactory)
    recorded_as = "mentor"
    settled_on = RAISED


class PlanMeetingEntryFactory(DjangoModelFactory):
    class Meta:
        model = PlanMeetingEntry

    meeting = SubFactory(PlanMeetingFactory)
    text = "We also spoke of Year 9"
    by = SubFactory(UserFactory)
    said_as = "mentor"
    on = RAISED


class BodyUpdateFactory(_OfALevel):
    """One that the body has not read yet."""

    class Meta:
        model = BodyUpdate

    number = 1
    due_on = date(2026, 10, 12)
    progress = "Two lessons began calmly"
    sent_by = SubFactory(UserFactory)
    sent_as = "mentor"
    sent_on = RAISED


class BodyRecordFactory(_OfALevel):
    """A contact with the ECT."""

    class Meta:
        model = BodyRecord

    did = "ect"
    on = RAISED
    how = "call"
    clear = True
    content = True
    text = "They know why"
    by = SubFactory(UserFactory)
    recorded_on = RAISED


class PlanAnswerFactory(OfACase):
    """An approval."""

    class Meta:
        model = PlanAnswer

    plan = SubFactory(PlanFactory, started=True)
    placement = SelfAttribute("plan.placement")
    approves = True
    ends_on = date(2026, 10, 25)
    by = SubFactory(UserFactory)
    on = RAISED
