"""What one ECT's induction is like: when it began, how much they work, whether they moved. No rows, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from cases.calendars import usual_calendar
from cases.rules.calendar import Term
from cases.rules.facts import CaseFacts, PatternStep, Placement
from cases.rules.schedule import Event
from cases.rules.timeline import timeline

from .places import Place

PART_TIME, MOVERS, STRUGGLING = 0.10, 0.10, 0.03
CHANGES_PATTERN = 0.2
WEIGHTS = {"autumn": 8, "spring": 2, "summer": 1}
YEARS_BACK = 5


class Pattern(NamedTuple):
    """A share of full time, and the weights of Monday to Friday where they were said."""

    fte: Decimal
    days: tuple[Decimal, ...] | None = None


def _days(*weights: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, weights))


FULL_TIME = Pattern(Decimal(1))
PART_TIMES = (
    Pattern(Decimal("0.8"), _days("1", "1", "1", "1", "0")),
    Pattern(Decimal("0.6"), _days("1", "1", "1", "0", "0")),
    Pattern(Decimal("0.6"), _days("0", "0", "1", "1", "1")),
    Pattern(Decimal("0.5"), _days("1", "1", "0.5", "0", "0")),
    Pattern(Decimal("0.4"), _days("0", "1", "1", "0", "0")),
)


class Step(NamedTuple):
    """A working pattern from a day on."""

    starts_on: date
    pattern: Pattern


class Stay(NamedTuple):
    """Service at one school; without an end it goes on."""

    school: Place
    starts_on: date
    ends_on: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One induction: its stays in their order, and whether its reviews give cause for concern."""

    stays: tuple[Stay, ...]
    struggling: bool

    @property
    def starts_on(self) -> date:
        return self.stays[0].starts_on

    def stay_on(self, day: date) -> Stay:
        """Where the ECT served on a day, or was to go on serving."""
        return next((stay for stay in self.stays if stay.ends_on is None or day <= stay.ends_on), self.stays[-1])


class Teller:
    """Tells as many stories as are wanted, in the proportions of England."""

    def __init__(self, random: Random, today: date, schools: Sequence[Place]) -> None:
        self._random, self._today = random, today
        self._calendar = usual_calendar(first=date(today.year - YEARS_BACK, 9, 1), today=today)
        begun = [term for term in self._calendar.terms if term.start <= today]
        self._begun: list[Term] = begun
        sizes = [random.expovariate(1) + 0.1 for _ in schools]
        self._schools, self._sizes = schools, sizes
        self._events: dict[object, tuple[Event, ...]] = {}

    def stories(self, count: int) -> list[Story]:
        """Stories at schools of very different sizes."""
        return [self._story(school) for school in self._random.choices(self._schools, self._sizes, k=count)]

    def _story(self, school: Place) -> Story:
        part_time = self._random.random() < PART_TIME
        pattern = self._random.choice(PART_TIMES) if part_time else FULL_TIME
        start = self._start(pattern)
        steps = (Step(start.start, pattern), *self._later(start, part_time))
        return Story(self._stays(school, start, steps), self._random.random() < STRUGGLING)

    def _start(self, pattern: Pattern) -> Term:
        """A term of the last two years, or for part-timers of as many as they need."""
        terms = self._begun[-int(6 / pattern.fte) - 1 :]
        return self._random.choices(terms, [WEIGHTS[term.name] for term in terms])[0]

    def _later(self, start: Term, part_time: bool) -> list[Step]:
        after = [term for term in self._begun if term.start > start.start]
        if not part_time or not after or self._random.random() >= CHANGES_PATTERN:
            return []
        return [Step(self._random.choice(after).start, self._random.choice(PART_TIMES))]

    def _stays(self, school: Place, start: Term, steps: tuple[Step, ...]) -> tuple[Stay, ...]:
        later = [term for term in self._begun if term.start > start.start]
        if not later or self._random.random() >= MOVERS * 1.15:  # those who began this term cannot have moved yet
            return (Stay(school, start.start, None, steps),)
        there = self._random.choice(later)
        left = max(term.end for term in self._begun if term.end < there.start)
        kept = tuple(step for step in steps if step.starts_on <= left)
        arriving = Step(there.start, [step for step in steps if step.starts_on <= there.start][-1].pattern)
        moved = (arriving, *(step for step in steps if step.starts_on > there.start))
        return Stay(school, start.start, left, kept), Stay(self._other(school), there.start, None, moved)

    def _other(self, school: Place) -> Place:
        """A school of another body, where there is one."""
        for _ in range(5):
            other = self._random.choice(self._schools)
            if other.body is not school.body:
                return other
        return other if other is not school else self._schools[self._schools.index(school) - 1]

    def events(self, story: Story) -> tuple[Event, ...]:
        """When reviews and assessments fall due, by the rules."""
        key = tuple((stay.starts_on, stay.ends_on, stay.steps) for stay in story.stays)
        if key not in self._events:
            self._events[key] = timeline(self._facts(story)).events
        return self._events[key]

    def _facts(self, story: Story) -> CaseFacts:
        placements = tuple(
            Placement(str(place), stay.starts_on, stay.ends_on, tuple(_rule_step(step) for step in stay.steps))
            for place, stay in enumerate(story.stays)
        )
        calendars = {placement.school: self._calendar for placement in placements}
        return CaseFacts(self._today, calendars, placements)

    def school_day(self, day: date) -> date:
        """The day itself, or the Friday before a weekend."""
        return day - timedelta(days=max(0, day.weekday() - 4))


def _rule_step(step: Step) -> PatternStep:
    days = step.pattern.days
    weights = None if days is None else tuple(map(Fraction, days))
    return PatternStep(step.starts_on, Fraction(step.pattern.fte), weights)  # type: ignore[arg-type]  # five of them
