"""Concerns and levels of support, without the actions."""

import uuid
from datetime import date

from factory import LazyFunction, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from support_plans.models import (
    BodyRecord,
    BodyUpdate,
    Concern,
    LevelAgreement,
    LevelChange,
    OwnConcern,
    OwnConcernEntry,
    PlanMeeting,
    PlanMeetingEntry,
    Proposal,
)

from .accounts import UserFactory
from .cases import PlacementFactory

RAISED = date(2026, 10, 5)


class _OfACase(DjangoModelFactory):
    class Meta:
        abstract = True

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    audience = "case"


class ProposalFactory(_OfACase):
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


class ConcernFactory(_OfACase):
    class Meta:
        model = Concern

    standards = ("TS7",)
    seen = "Three lessons began late"
    tried = "A seating plan"
    raised_by = SubFactory(UserFactory)
    raised_as = "mentor"
    raised_on = RAISED


class LevelChangeFactory(_OfACase):
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


class LevelAgreementFactory(_OfACase):
    class Meta:
        model = LevelAgreement

    state = 0
    level = "4"
    reason = "The school has shown why"
    by = SubFactory(UserFactory)
    on = RAISED


class OwnConcernFactory(_OfACase):
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


class _OfALevel(_OfACase):
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
