"""Observations and mentor meetings, without the actions."""

from datetime import date

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import (
    InputAnswer,
    InputRequest,
    MentorMeeting,
    Observation,
    ObservationComment,
    SelfRating,
    SelfStatement,
    Visit,
)

from .accounts import UserFactory
from .cases import PlacementFactory

DAY = date(2025, 11, 12)


class ObservationFactory(DjangoModelFactory):
    """One that is planned, with somebody from outside."""

    class Meta:
        model = Observation

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    status = "planned"
    observed_on = DAY
    meeting_on = DAY
    focus = "Year 8 English"
    observer_name = "Amy Lowe"
    observer_has_qts = True
    planned_by = SubFactory(UserFactory)
    planned_on = date(2025, 11, 1)


class SharedObservationFactory(ObservationFactory):
    """One with its record."""

    status = "shared"
    standards = ["TS4"]
    strengths = "Clear models"
    development = "Wait longer for answers"
    shared_by = SubFactory(UserFactory)
    shared_on = date(2025, 11, 14)


class ObservationCommentFactory(DjangoModelFactory):
    class Meta:
        model = ObservationComment

    observation = SubFactory(SharedObservationFactory)
    author = SubFactory(UserFactory)
    text = "It was fair"
    on = date(2025, 11, 15)


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = Visit

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    observed_on = DAY
    colleague = "Ms Ford, Year 9 history"
    learned = "How to cold call kindly"
    noted_by = SubFactory(UserFactory)
    noted_on = SelfAttribute("observed_on")


class MentorMeetingFactory(DjangoModelFactory):
    class Meta:
        model = MentorMeeting

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    held_on = DAY
    focus = "Entry routine"
    noted_by = SubFactory(UserFactory)
    noted_on = SelfAttribute("held_on")


class SelfRatingFactory(DjangoModelFactory):
    class Meta:
        model = SelfRating

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    number = 1
    shared_on = DAY


class SelfStatementFactory(DjangoModelFactory):
    class Meta:
        model = SelfStatement

    self_rating = SubFactory(SelfRatingFactory)
    standard = "TS7"
    words = "Better than in September"


class InputRequestFactory(DjangoModelFactory):
    """A colleague who has been asked and has not answered."""

    class Meta:
        model = InputRequest

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    email = "marcus@school.example"
    name = "Marcus Bell"
    post = "Head of English"
    standards = ["TS4", "TS7"]
    question = "How does the start of a lesson go?"
    answer_by = date(2025, 11, 26)
    expires_on = date(2025, 12, 3)
    asked_by = SubFactory(UserFactory)
    asked_on = DAY


class InputAnswerFactory(DjangoModelFactory):
    class Meta:
        model = InputAnswer

    request = SubFactory(InputRequestFactory, answered_on=date(2025, 11, 20))
    standard = "TS7"
    words = "Calm and quick"
