"""Observations of the ECT's teaching: who may observe, what is arranged in advance, what the record holds (R56), and
when somebody from outside the ECT's support team has to observe (R69).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import Calendar, Term, school_year_of
from .dates import say
from .explained import Reason
from .reviews import Objection
from .standards import Standard
from .working_days import wd_excl

TERMS_A_YEAR = 3
RECORD_WITHIN = 5
THIRD_PARTY_WITHIN = 20
AT_RISK = (4, 5)
PLAN_AHEAD = timedelta(days=366)
NO_QTS = "An observer must hold qualified teacher status: choose somebody who does"
SUPPORTS = "A third party is somebody outside the ECT’s support team: not the mentor or the induction tutor"
NO_PLACE = "Enter where the observer works: a third party comes from outside the ECT’s support team"
OBSERVES_THEMSELF = "The ECT cannot observe their own teaching: choose somebody else"
Served = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Arranged:
    """R56: what is arranged in advance: the day, the meeting after it, and who observes.

    ``third_party`` says that it is the observation which SG 5.4 asks for; its observer comes from somewhere else
    (``observer_from``) and is not the ECT's mentor or tutor (``observer_supports``).
    """

    observed_on: date
    meeting_on: date
    observer: str
    observer_has_qts: bool
    observer_is_ect: bool = False
    observer_from: str = ""
    observer_supports: bool = False
    third_party: bool = False


def check_plan(plan: Arranged, *, today: date, served: Served) -> list[Objection]:
    """Everything that keeps an observation from being planned, in the order of the form (SG 2.46, 2.47)."""
    return [*_ahead(plan.observed_on, today), *_arranged(plan, served)]


def check_record(
    plan: Arranged, *, today: date, served: Served, standards: Collection[Standard], strengths: str, development: str
) -> list[Objection]:
    """Everything that keeps the record of an observation from being shared, in the order of the form.

    The record is brief, and says where development is needed (SG 2.47); it is linked to a Standard, since the evidence
    is judged against the Standards (SG 2.46).
    """
    return [*_past(plan.observed_on, today), *_arranged(plan, served), *_written(standards, strengths, development)]


def check_visit(observed_on: date, *, today: date, served: Served) -> list[Objection]:
    """What keeps the ECT from noting that they observed an experienced colleague (SG 2.18)."""
    return [*_past(observed_on, today), *_within(observed_on, served)]


def record_due(observed_on: date) -> date:
    """The last day for the record to be prompt: 5 working days after the lesson. No source has a number (SG 2.47)."""
    return wd_excl(observed_on, RECORD_WITHIN)


@dataclass(frozen=True, slots=True)
class Outside:
    """R69: that somebody from outside the support team has to observe an ECT at risk, since when and until when."""

    since: date
    due_on: date
    why: Reason


def third_party_due(
    *, unsatisfactory_on: date | None = None, level: int | None = None, level_on: date | None = None
) -> Outside | None:
    """R69, SG 5.4: whether the headteacher has to see to an observation by a third party.

    It is so once the first formal assessment is unsatisfactory, from the day the headteacher signed that
    (``unsatisfactory_on``), and at support level 4 or 5, from the day it began (``level_on``); the earlier day counts.
    By when, no source says: 20 working days leave time to arrange it and are well before the next review.
    """
    causes: list[tuple[date, str]] = []
    if unsatisfactory_on is not None:
        says = f"The headteacher signed on {say(unsatisfactory_on)} that progress was not satisfactory"
        causes.append((unsatisfactory_on, says))
    if level in AT_RISK and level_on is not None:
        causes.append((level_on, f"The ECT has been at support level {level} since {say(level_on)}"))
    if not causes:
        return None
    since, says = min(causes)
    due = wd_excl(since, THIRD_PARTY_WITHIN)
    does = f"somebody from outside the ECT’s support team observes a lesson, by {say(due)}"
    return Outside(since, due, Reason("R69", "SG 5.4", f"{says}: {does}."))


@dataclass(frozen=True, slots=True)
class Counted:
    """R56: observations of a school year beside the school's own minimum, which only warns.

    ``held`` were shared or at least took place; ``ended`` is how many terms of the year the ECT has served here from
    their first day to their last. ``since`` is the last day of the latest of them.
    """

    held: int
    minimum: int
    ended: int
    since: date | None = None

    @property
    def expected(self) -> int:
        """How many should have been held by now: the minimum, spread evenly over the three terms."""
        return self.minimum * min(self.ended, TERMS_A_YEAR) // TERMS_A_YEAR

    @property
    def behind(self) -> int:
        """How many are missing by now."""
        return max(self.expected - self.held, 0)

    @property
    def warning(self) -> str:
        """What to say where any are missing."""
        were = "1 was" if self.expected == 1 else f"{self.expected} were"
        return f"{were} expected by the end of the last term. This is a reminder only: plan the next one."


def counted(
    days: Collection[date], *, calendar: Calendar, minimum: int, served_from: date, today: date
) -> Counted:  # fmt: skip
    """R56: the observations on these days in the school year of today. A term that was joined midway asks for none."""
    year = school_year_of(today)
    ended = [term for term in _terms_of(calendar, year) if served_from <= term.start and term.end < today]
    held = sum(school_year_of(day) == year and day <= today for day in days)
    return Counted(held, minimum, len(ended), ended[-1].end if ended else None)


def _terms_of(calendar: Calendar, year: str) -> Iterator[Term]:
    for term in calendar.terms_from(date(int(year[:4]), 8, 1)):
        if term.school_year != year:
            return
        yield term


def _ahead(day: date, today: date) -> Iterator[Objection]:
    if day < today:
        says = "The date of the observation must be today or in the future. Record it if it has taken place already"
        yield Objection("observed_on", says)
    elif day > today + PLAN_AHEAD:
        yield Objection("observed_on", "The date of the observation must be within a year from today")


def _past(day: date, today: date) -> Iterator[Objection]:
    if day > today:
        yield Objection("observed_on", "The date of the observation must be today or in the past")


def _within(day: date, served: Served) -> Iterator[Objection]:
    first, last = served
    if day < first:
        says = f"The date of the observation must be on or after {say(first)}, when the placement started"
        yield Objection("observed_on", says)
    elif last is not None and day > last:
        says = f"The date of the observation must be on or before {say(last)}, when the placement ends"
        yield Objection("observed_on", says)


def _arranged(plan: Arranged, served: Served) -> Iterator[Objection]:
    yield from _within(plan.observed_on, served)
    if plan.meeting_on < plan.observed_on:
        says = "The meeting after the observation must be on the day of the observation or later"
        yield Objection("meeting_on", says)
    elif plan.meeting_on > plan.observed_on + PLAN_AHEAD:
        yield Objection("meeting_on", "The meeting must follow soon: within a year of the observation at the latest")
    if not plan.observer.strip():
        yield Objection("observer_name", "Enter the name of the observer")
    elif plan.observer_is_ect:
        yield Objection("observer", OBSERVES_THEMSELF)
    yield from _third_party(plan)
    if not plan.observer_has_qts:
        yield Objection("observer_has_qts", NO_QTS)


def _third_party(plan: Arranged) -> Iterator[Objection]:
    """SG 5.4."""
    if plan.third_party and plan.observer_supports:
        yield Objection("observer_name", SUPPORTS)
    elif plan.third_party and not plan.observer_from.strip():
        yield Objection("observer_from", NO_PLACE)


def _written(standards: Collection[Standard], strengths: str, development: str) -> Iterator[Objection]:
    if not standards:
        yield Objection("standards", "Select at least one Standard that the observation tells of")
    if not strengths.strip():
        yield Objection("strengths", "Enter what went well")
    if not development.strip():
        yield Objection("development", "Enter what to develop, or that no need was seen")
