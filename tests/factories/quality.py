"""A body's quality assurance: a question, a round, a draw, a visit, and what was found and said."""

from datetime import date

from factory import SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from cases.models import (
    FindingStep,
    QualityAnswer,
    QualityCheck,
    QualityDraw,
    QualityFinding,
    QualityPick,
    QualityQuestion,
    QualityRound,
    QualityVisit,
    RoundQuestion,
)

from .accounts import BodyFactory, SchoolFactory, UserFactory
from .cases import InductionFactory

PLANNED, VISITED, DUE = date(2026, 1, 12), date(2026, 2, 2), date(2026, 3, 2)


class QualityQuestionFactory(DjangoModelFactory):
    class Meta:
        model = QualityQuestion

    body = SubFactory(BodyFactory)
    code = "mentor_time"
    starts_on = PLANNED
    text = "Do mentors meet their ECTs each week?"
    asked_of = "school"
    is_asked = True
    set_on = PLANNED


class QualityRoundFactory(DjangoModelFactory):
    class Meta:
        model = QualityRound

    body = SubFactory(BodyFactory)
    first_year = 2025
    term = "spring"
    draws = "ects"
    aims = "Mentor time in the first year"
    set_on = PLANNED


class RoundQuestionFactory(DjangoModelFactory):
    class Meta:
        model = RoundQuestion

    round = SubFactory(QualityRoundFactory)
    position = 1
    code = "mentor_time"
    text = "Is the mentor given adequate time?"
    asked_of = "school"


class QualityDrawFactory(DjangoModelFactory):
    class Meta:
        model = QualityDraw

    round = SubFactory(QualityRoundFactory)
    method = "random"
    seed = "round-1"
    size = 1
    population = "{}"
    sha256 = "0" * 64
    drawn_by = SubFactory(UserFactory)
    drawn_on = PLANNED


class QualityPickFactory(DjangoModelFactory):
    class Meta:
        model = QualityPick

    draw = SubFactory(QualityDrawFactory)
    round = SelfAttribute("draw.round")
    school = SubFactory(SchoolFactory)
    induction = SubFactory(InductionFactory)


class QualityVisitFactory(DjangoModelFactory):
    """Recorded, and the body's alone."""

    class Meta:
        model = QualityVisit

    round = SubFactory(QualityRoundFactory)
    body = SelfAttribute("round.body")
    school = SubFactory(SchoolFactory)
    kind = "in_person"
    visited_on = VISITED
    officer = SubFactory(UserFactory)
    met = "The headteacher"
    state = "recorded"
    planned_by = SelfAttribute("officer")
    planned_on = PLANNED
    recorded_by = SelfAttribute("officer")
    recorded_on = VISITED


class QualityAnswerFactory(DjangoModelFactory):
    class Meta:
        model = QualityAnswer

    visit = SubFactory(QualityVisitFactory)
    question = SubFactory(RoundQuestionFactory, round=SelfAttribute("..visit.round"))
    judgement = "met"
    audience = "body"


class QualityCheckFactory(DjangoModelFactory):
    class Meta:
        model = QualityCheck

    visit = SubFactory(QualityVisitFactory)
    fidelity = "met"
    timetable = "partly"


class QualityFindingFactory(DjangoModelFactory):
    """An action of the headteacher's."""

    class Meta:
        model = QualityFinding

    visit = SubFactory(QualityVisitFactory)
    position = 1
    kind = "action"
    text = "Give mentors an hour a week"
    audience = "school"
    owner = "headteacher"
    due_on = DUE
    state = "open"


class FindingStepFactory(DjangoModelFactory):
    class Meta:
        model = FindingStep

    finding = SubFactory(QualityFindingFactory)
    kind = "answered"
    text = "They have it from Monday on"
    by = SubFactory(UserFactory)
    on = DUE
