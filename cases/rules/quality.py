"""An appropriate body assures the quality of induction at its schools (SG 2.28, 5.11; R81): what it asks, who may look,
and what follows from what was found.

The guidance says what a body has to be assured of, not how it finds out: the questions below are a beginning [P], and
each body words its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .dates import say
from .errors import RuleBroken

MOST_AHEAD = timedelta(days=366)  # a visit further off, or a follow-up, is a slip of the pen [P]


class AskedOf(StrEnum):
    """Whose answer a question is: the school's, or the ECT's own, which is given in confidence."""

    SCHOOL = "school"
    ECT = "ect"


class Audience(StrEnum):
    """Who reads a row once the visit is shared: the body alone, or the school as well."""

    BODY = "body"
    SCHOOL = "school"


class FindingKind(StrEnum):
    """What a finding is: something done well, something that somebody has to do, or a note of the body for itself."""

    GOOD = "good"
    ACTION = "action"
    NOTE = "note"

    @property
    def audience(self) -> Audience:
        """Who reads it: a note stays with the body."""
        return Audience.BODY if self is FindingKind.NOTE else Audience.SCHOOL


class FindingState(StrEnum):
    """Where an action stands. Good practice and notes need no answer: they are `noted`."""

    NOTED = "noted"
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a body's list. `code` tells it from the others for good, however it is worded later."""

    code: str
    text: str
    asked_of: AskedOf = AskedOf.SCHOOL
    source: str = ""


DEFAULTS = (
    Question("mentor_time", "Is the mentor given adequate time, in timetabled hours?", source="SG 2.43-2.44"),
    Question("tutor_time", "Is the induction tutor trained, and given sufficient time?", source="SG 2.42"),
    Question("timetable", "Is the timetable reduced on top of planning time, and used for induction?",
             source="SG 2.20"),
    Question("programme", "Is the training programme followed as it was registered?", source="SG 2.33"),
    Question("evidence", "Do reviews and assessments rest on evidence against the Standards?", source="SG 2.50-2.61"),
    Question("observation", "Is the ECT observed regularly, with prompt written feedback?", source="SG 2.46-2.47"),
    Question("fair_access", "Are support and chances to learn the same for every ECT, whatever their hours or needs?",
             source="Equality Act 2010"),
    Question("suitable_post", "Is the post suitable: one age range, the same classes, no undue demands?",
             source="SG 2.18"),
    Question("supported", "Does the ECT say that they are given enough support?", AskedOf.ECT, "SG 2.64"),
    Question("voice", "Does the ECT know whom to turn to, in the school and at the appropriate body?", AskedOf.ECT,
             "SG 2.64"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worded:
    """How a body words a question from a day on, or that it no longer asks it."""

    code: str
    starts_on: date
    text: str
    asked_of: AskedOf
    is_asked: bool


def questions_on(day: date, worded: Iterable[Worded]) -> tuple[Question, ...]:
    """What a body asks on a day: the defaults, each as the latest row begun by then words it, then its own by code."""
    latest: dict[str, Worded] = {}
    for row in sorted(worded, key=lambda row: row.starts_on):
        if row.starts_on <= day:
            latest[row.code] = row
    known = [_as_worded(default, latest.pop(default.code, None)) for default in DEFAULTS]
    own = [_as_worded(None, latest[code]) for code in sorted(latest)]
    return tuple(question for question in (*known, *own) if question is not None)


def _as_worded(default: Question | None, row: Worded | None) -> Question | None:
    if row is None:
        return default
    return Question(row.code, row.text, row.asked_of, default.source if default else "") if row.is_asked else None


@dataclass(frozen=True, slots=True)
class Tied:
    """Who stands too near to an ECT to judge the provision for them: the named contact, and whoever works at the
    school or supports the ECT. Keys are those of people; `name` is the ECT's, as the officer is told it.
    """

    name: str
    contact: str | None
    of_school: frozenset[str]


def conflicts(officer: str, cases: Iterable[Tied]) -> tuple[str, ...]:
    """R81 (SG 2.28): why somebody may not assure the quality of these ECTs' induction, one sentence each; empty when
    nothing stands against it. The named contact neither monitors nor decides; whoever works at the school that employs
    the ECT would judge their own.
    """
    found = []
    for case in cases:
        if case.contact == officer:
            found.append(f"They are the named contact of {case.name}, and so may not monitor this induction")
        if officer in case.of_school:
            found.append(f"They work at the school that employs {case.name}")
    return tuple(dict.fromkeys(found))


def check_independent(names: Mapping[str, str], cases: Sequence[Tied], field: str | None = None) -> None:
    """R81: raises RuleBroken, naming the first of these people (name by key) who stands too near, and why."""
    for key, name in names.items():
        if found := conflicts(key, cases):
            raise RuleBroken(f"{name} may not do this quality assurance. {found[0]}", field)


def check_visit_day(day: date, *, on: date) -> None:
    """A visit is planned for a day to come or recorded of one that was, within a year. Raises RuleBroken."""
    if abs(day - on) > MOST_AHEAD:
        raise RuleBroken("The date of the visit must be within a year of today", "visited_on")


def check_recorded(day: date, *, on: date) -> None:
    """A visit is recorded once it has taken place. Raises RuleBroken."""
    check_visit_day(day, on=on)
    if day > on:
        raise RuleBroken(f"The visit is on {say(day)}: record it once it has taken place", "visited_on")


def check_finding(kind: FindingKind, text: str, due_on: date | None, *, visited_on: date, owner: str, row: str) -> None:
    """What an action needs: somebody who does it, by a day after the visit. `row` is the row's name in its form.

    Raises RuleBroken, naming the field within the row.
    """
    if not text.strip():
        raise RuleBroken("Say what you found", f"{row}-text")
    if kind is not FindingKind.ACTION:
        return
    if not owner:
        raise RuleBroken("Say who has to do this", f"{row}-owner")
    if due_on is None:
        raise RuleBroken("Enter the day by which this has to be done", f"{row}-due_on")
    if not visited_on < due_on <= visited_on + MOST_AHEAD:
        raise RuleBroken("The day must be after the visit, and within a year of it", f"{row}-due_on")


def audience_of(asked_of: AskedOf, wanted: Audience) -> Audience:
    """Who reads an answer: an ECT's own words are given in confidence, whatever was wanted (SG 2.64)."""
    return Audience.BODY if asked_of is AskedOf.ECT else wanted


def answerers(owner: str) -> frozenset[str]:
    """The roles that answer an action: the headteacher any, as theirs are the duties (SG 5.4; R82); an induction tutor
    or lead what is theirs to do.
    """
    tutors = {"induction_tutor", "induction_lead"} if owner == "induction_tutor" else set[str]()
    return frozenset({"headteacher"} | tutors)


def next_state(now: FindingState, step: str) -> FindingState:
    """Where an action stands after a step: `answered` by the school, `closed` or `reopened` by the body.

    Raises RuleBroken for a step that does not follow: somebody else was first.
    """
    follows = {
        (FindingState.OPEN, "answered"): FindingState.ANSWERED,
        (FindingState.ANSWERED, "answered"): FindingState.ANSWERED,
        (FindingState.OPEN, "closed"): FindingState.CLOSED,
        (FindingState.ANSWERED, "closed"): FindingState.CLOSED,
        (FindingState.ANSWERED, "reopened"): FindingState.OPEN,
        (FindingState.CLOSED, "reopened"): FindingState.OPEN,
    }
    if (now, step) not in follows:
        raise RuleBroken(f"This cannot be {step} any more: somebody else was first. Look at it again")
    return follows[now, step]
