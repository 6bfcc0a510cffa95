"""Support plans: their weeks, what they need before they start, and before they end (R71, R75, R76, R79)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import Calendar
from .dates import ONE_DAY, say
from .errors import RuleBroken
from .escalation import PLAN_WEEKS, UPDATE_WITHIN, WEEKLY_UPDATES, Progress, owner_of
from .reviews import Objection
from .standards import Standard
from .statuses import SupportLevel
from .working_days import wd_excl

MOST_ROWS = 6
WEEK = timedelta(days=7)
LAID_WITHIN = timedelta(days=366)  # of today: further ahead a year was mistyped
MOST_LEFT_OUT = 60  # weeks: a year's leave, and the holiday after it
Spell = tuple[date, date | None]
LIGHT = SupportLevel.LIGHT_TOUCH

_TUTORS = frozenset({"induction_tutor", "induction_lead"})


def writers_of(level: SupportLevel) -> frozenset[str]:
    """R79: who writes, starts and ends a plan of a level: its owner, and the induction lead where that is the tutor."""
    return frozenset({"mentor"}) if owner_of(level) == "mentor" else _TUTORS


def evaluators_of(level: SupportLevel) -> frozenset[str]:
    """R70, R79: who evaluates its weeks: the owner; above Level 1 the mentor helps."""
    return writers_of(level) | {"mentor"}


def layers_of(level: SupportLevel) -> frozenset[str]:
    """Who lays its weeks anew: the owner, and at Level 1 the induction tutor too, who alone is told of absence."""
    return writers_of(level) | _TUTORS


# The weeks


@dataclass(frozen=True, slots=True)
class Laid:
    """The weeks of a plan. ``starts`` are their first days, in order; ``empty`` the rows, from 1, whose week has no
    school day; ``left_out`` the first days of weeks that were passed over.
    """

    starts: tuple[date, ...]
    empty: tuple[int, ...] = ()
    left_out: tuple[date, ...] = ()

    @property
    def ends_on(self) -> date:
        """The last day of the last week."""
        return week_ends(self.starts[-1])


def week_ends(starts_on: date) -> date:
    """The last of the seven days that begin on a day."""
    return starts_on + WEEK - ONE_DAY


def lay(starts_on: date, weeks: int, calendar: Calendar, *, skip: bool, away: Sequence[Spell] = ()) -> Laid:
    """R75: so many weeks of seven days from a day on. Weeks in which the ECT is away on every school day are passed
    over, holidays in the middle of leave too; and, with ``skip``, weeks without a school day.

    Raises RuleBroken, at ``starts_on``, where more than a year would have to be passed over.
    """
    starts: list[date] = []
    left_out: list[date] = []
    empty: list[int] = []
    first = starts_on
    while len(starts) < weeks:
        days = _school_days(first, calendar)
        if (skip and not days) or all(_is_away(day, away) for day in days or _days(first)):
            left_out.append(first)
        else:
            starts.append(first)
            empty += [] if days else [len(starts)]
        if len(left_out) > MOST_LEFT_OUT:
            raise RuleBroken("The weeks of this plan would lie too far ahead: enter another first day", "starts_on")
        first += WEEK
    return Laid(tuple(starts), tuple(empty), tuple(left_out))


def empty_weeks(starts: Sequence[date], calendar: Calendar) -> tuple[int, ...]:
    """R75: the weeks, from 1, that have no school day: a page warns of them."""
    return tuple(number for number, first in enumerate(starts, 1) if not _school_days(first, calendar))


def _school_days(first: date, calendar: Calendar) -> list[date]:
    return [day for day in _days(first) if calendar.is_school_day(day)]


def _days(first: date) -> list[date]:
    return [first + timedelta(days=after) for after in range(7)]


def _is_away(day: date, away: Sequence[Spell]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in away)


def updates_of(level: SupportLevel, starts: Sequence[date]) -> tuple[date, ...]:
    """R75: when the body is updated of a plan whose weeks are laid: at Levels 4 and 5 at the end of every seven days of
    it, at Levels 1 to 3 within five working days of its start and of its end.
    """
    if level in WEEKLY_UPDATES:
        return tuple(first + WEEK for first in starts)
    return wd_excl(starts[0], UPDATE_WITHIN), wd_excl(week_ends(starts[-1]), UPDATE_WITHIN)


def lay_again(
    starts: Sequence[date], row: int, starts_on: date, calendar: Calendar, *, skip: bool, away: Sequence[Spell] = ()
) -> Laid:
    """The weeks of a plan when its week ``row`` begins on another day, and those after it follow."""
    kept = tuple(starts[: row - 1])
    rest = lay(starts_on, len(starts) - len(kept), calendar, skip=skip, away=away)
    return Laid(kept + rest.starts, tuple(number + len(kept) for number in rest.empty), rest.left_out)


def away_proposal(
    starts: Sequence[date], kept: int, calendar: Calendar, *, skip: bool, away: Sequence[Spell]
) -> tuple[int, Laid] | None:
    """R75: the first week after the ``kept`` ones in which the ECT was away on every school day, and the weeks of the
    plan with it put off; None where there is none, or the ECT is away for longer than a plan is put off. Somebody
    decides.
    """
    for number, first in enumerate(starts[kept:], kept + 1):
        days = _school_days(first, calendar)
        if days and all(_is_away(day, away) for day in days):
            with suppress(RuleBroken):
                return number, lay_again(starts, number, first, calendar, skip=skip, away=away)
            break
    return None


def check_laid_again(
    starts: Sequence[date], kept: int, row: int, starts_on: date, reason: str, *, began_on: date, on: date
) -> None:
    """Raise RuleBroken, at the field, unless week ``row`` may begin on another day, for a reason that is given.

    ``began_on`` is the first day that the plan was started with: no week comes before it.
    """
    if not kept < row <= len(starts):
        raise RuleBroken(f"Choose a week from {kept + 1} to {len(starts)}: a week that was evaluated stays", "row")
    if row > 1 and starts_on <= week_ends(starts[row - 2]):
        last = week_ends(starts[row - 2])
        raise RuleBroken(f"Week {row} must begin after {say(last)}, the last day of week {row - 1}", "starts_on")
    if starts_on < began_on:
        raise RuleBroken(f"Week {row} must begin on or after {say(began_on)}, the first day of the plan", "starts_on")
    if starts_on > on + LAID_WITHIN:
        raise RuleBroken(f"Week {row} must begin on or before {say(on + LAID_WITHIN)}", "starts_on")
    if starts_on == starts[row - 1]:
        raise RuleBroken(f"Week {row} begins on that day already: enter another day", "starts_on")
    if not reason.strip():
        raise RuleBroken("Enter why the weeks are moved", "reason")


# What a plan needs before it starts


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A row of the form of Level 1."""

    objective: str = ""
    standards: tuple[Standard, ...] = ()
    success_criteria: str = ""
    actions: str = ""
    resources: str = ""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """What is planned for one week of a plan of Levels 2 to 5."""

    actions: str = ""
    resources: str = ""
    success_criteria: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is planned."""
        return not (self.actions.strip() or self.resources.strip() or self.success_criteria.strip())


@dataclass(frozen=True, slots=True)
class Written:
    """R76: what is written of a plan before it starts; each level asks for its own of these."""

    starts_on: date | None = None
    weeks: int | None = None
    met_on: date | None = None
    standards: tuple[Standard, ...] = ()
    objectives: str = ""
    reason: str = ""
    previous_objectives: str = ""
    previous_evaluation: str = ""
    risk_reasons: str = ""
    extension_reasons: str = ""
    rows: tuple[ObjectiveRow, ...] = ()
    planned: tuple[WeekRow, ...] = ()


LIGHT_FIELDS = frozenset({"met_on", "reason", "previous_objectives", "previous_evaluation", "rows"})
PLAN_FIELDS = frozenset({"objectives", "planned"})
RISK_FIELDS = frozenset({"risk_reasons", "extension_reasons", "planned"})
COMMON_FIELDS = frozenset({"starts_on", "weeks", "standards"})


def fields_of(level: SupportLevel) -> frozenset[str]:
    """R76: what the form of a level asks. Raises RuleBroken for a level without plans."""
    if level not in PLAN_WEEKS:
        raise RuleBroken(f"“{level.label}” has no plan. Plans belong to Levels 1 to 5.")
    own = {LIGHT: LIGHT_FIELDS, SupportLevel.AT_RISK: RISK_FIELDS}.get(level, PLAN_FIELDS)
    return COMMON_FIELDS | own


def check_weeks(level: SupportLevel, weeks: int | None) -> Iterator[Objection]:
    """R70: how long a plan of a level takes."""
    allowed = PLAN_WEEKS[level]
    told = f"{allowed[0]} to {allowed[-1]}" if len(allowed) > 1 else f"{allowed[0]}"
    if weeks is None:
        yield Objection("weeks", f"Select how many weeks the plan takes: {told} at Level {level}")
    elif weeks not in allowed:
        yield Objection("weeks", f"A Level {level} plan takes {told} weeks")


def check_kept(level: SupportLevel, written: Written) -> list[Objection]:
    """R70: what is refused of a plan even while it is being written: more weeks than its level has."""
    return list(check_weeks(level, written.weeks)) if written.weeks is not None else []


def check_start(
    level: SupportLevel, written: Written, *, opened_on: date, last_ended: date | None, latest: date, today: date
) -> list[Objection]:
    """R70, R76: everything that keeps a plan from starting, in the order of its form.

    ``opened_on`` is the first day of its level, ``last_ended`` the last day of the plan before it, ``latest`` the last
    day on which it may begin.
    """
    return [
        *check_weeks(level, written.weeks),
        *_dates(written, opened_on, last_ended, latest),
        *_met(written, today),
        *_said(level, written),
        *check_changed(level, written.weeks or MOST_ROWS, planned=written.planned, rows=written.rows, first=1),
    ]


def check_changed(
    level: SupportLevel, weeks: int, *, planned: Sequence[WeekRow], rows: Sequence[ObjectiveRow], first: int
) -> list[Objection]:
    """R76: what keeps the rows of a plan from standing as they are: the objectives of Level 1; above it, what is
    planned from week ``first`` on, of which there are so many ``weeks``.
    """
    return list(_rows(rows) if level is LIGHT else _planned(planned, weeks, first))


def _dates(written: Written, opened_on: date, last_ended: date | None, latest: date) -> Iterator[Objection]:
    first = written.starts_on
    if first is None:
        yield Objection("starts_on", "Enter the first day of the plan")
    elif first < opened_on:
        says = f"The first day of the plan must be on or after {say(opened_on)}, when the level was opened"
        yield Objection("starts_on", says)
    elif last_ended is not None and first < last_ended:
        says = f"Plans must not overlap: the plan before this ends on {say(last_ended)}. Enter a later first day"
        yield Objection("starts_on", says)
    elif first > latest:
        yield Objection("starts_on", f"The first day of the plan must be on or before {say(latest)}")


def _met(written: Written, today: date) -> Iterator[Objection]:
    if written.met_on and written.met_on > today:
        yield Objection("met_on", "The date of the meeting must be today or in the past")


_NEEDED = {
    "reason": "Enter the reason for light touch support",
    "objectives": "Enter the objectives of the plan",
    "risk_reasons": "Enter the reasons for the risk of failing",
}


def _said(level: SupportLevel, written: Written) -> Iterator[Objection]:
    if not written.standards:
        yield Objection("standards", "Select the Teachers’ Standards that the plan is about")
    asked = fields_of(level)
    for name, says in _NEEDED.items():
        if name in asked and not getattr(written, name).strip():
            yield Objection(name, says)


def _rows(rows: Sequence[ObjectiveRow]) -> Iterator[Objection]:
    for place, row in enumerate(rows or (ObjectiveRow(),)):
        number = place + 1
        for name, says in (
            ("objective", f"Enter objective {number}"),
            ("standards", f"Select the Teachers’ Standards that objective {number} serves"),
            ("success_criteria", f"Enter how success is known for objective {number}"),
            ("actions", f"Enter what is done for objective {number}, and by whom"),
        ):
            value = getattr(row, name)
            if not (value.strip() if isinstance(value, str) else value):
                yield Objection(f"rows[{place}].{name}", says)


def _planned(planned: Sequence[WeekRow], weeks: int, first: int) -> Iterator[Objection]:
    """The first week of a plan is always planned; those after it in order, none skipped."""
    filled = [place for place, row in enumerate(planned) if not row.is_blank]
    last = max(filled, default=-1)
    needed = max(last + 1, 1 if first == 1 else 0)
    for place in range(needed):
        row, number = planned[place] if place < len(planned) else WeekRow(), place + first
        path = f"planned[{place}]"
        if place >= weeks:
            total = weeks + first - 1
            if not row.is_blank:
                says = f"A plan of {total} weeks has {total} rows: clear week {number}, or make the plan longer"
                yield Objection(f"{path}.actions", says)
        elif row.is_blank and place < last:
            yield Objection(f"{path}.actions", f"Week {number} is skipped: enter what is done in it, and by whom")
        elif not row.actions.strip():
            yield Objection(f"{path}.actions", f"Enter what is done in week {number}, and by whom")
        if place < weeks and not row.is_blank and not row.success_criteria.strip():
            yield Objection(f"{path}.success_criteria", f"Enter how success is known in week {number}")


# While it goes on, and its end


def check_evaluation(starts: Sequence[date], kept: int, row: int, text: str, *, on: date) -> None:
    """Raise RuleBroken unless a week may be evaluated: in order, none skipped, and not before it has begun (R75)."""
    if not 1 <= row <= len(starts):
        raise RuleBroken(f"This plan has {len(starts)} weeks")
    if row > kept + 1:
        raise RuleBroken(f"Evaluate week {kept + 1} first: no week is skipped")
    if on < starts[row - 1]:
        raise RuleBroken(f"Week {row} begins on {say(starts[row - 1])}: evaluate it then")
    if not text.strip():
        raise RuleBroken(f"Enter how the ECT progressed in week {row}", "text")


@dataclass(frozen=True, slots=True)
class Ending:
    """What is said at the end of a plan (R76). ``progress`` answers "on track?" as well."""

    evaluation: str
    progress: Progress | None
    next_objectives: str
    ended_on: date | None
    early_reason: str = ""


def check_finish(ending: Ending, starts: Sequence[date], kept: int, *, on: date) -> list[Objection]:
    """R75, R76: everything that keeps a plan from being ended, in the order of its form. ``kept`` are the weeks that
    were evaluated.
    """
    return [*_ended(ending, starts, kept, on), *_outcome(ending)]


def _ended(ending: Ending, starts: Sequence[date], kept: int, on: date) -> Iterator[Objection]:
    ended = ending.ended_on
    if ended is None:
        yield Objection("ended_on", "Enter the day on which the plan ended")
        return
    if on < starts[0]:
        yield Objection("ended_on", f"The plan begins on {say(starts[0])}: end it when it has begun")
        return
    if not starts[0] <= ended <= on:
        says = f"The plan began on {say(starts[0])}: enter a day from then to today"
        yield Objection("ended_on", says)
        return
    begun = sum(first <= ended for first in starts)
    if begun > kept:
        yield Objection("ended_on", f"Evaluate week {kept + 1} first: no week that has begun is skipped")
    if ended < starts[-1] and not ending.early_reason.strip():
        says = f"The last week begins on {say(starts[-1])}: enter why the plan ends before it"
        yield Objection("early_reason", says)


def _outcome(ending: Ending) -> Iterator[Objection]:
    if not ending.evaluation.strip():
        yield Objection("evaluation", "Enter the evaluation of progress over the whole plan")
    if ending.progress is None:
        yield Objection("progress", "Select whether the ECT is on track")
    elif ending.progress is not Progress.ON_TRACK and not ending.next_objectives.strip():
        yield Objection("next_objectives", "Enter the next objectives: the ECT is not on track yet")
