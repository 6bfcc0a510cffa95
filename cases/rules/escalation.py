"""The ladder of support: who owns a level, which moves are allowed, and a plan's dates (R70-R75)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .dates import ONE_DAY, say
from .errors import RuleBroken
from .explained import Explained, Reason
from .statuses import SupportLevel
from .transitions import HEAD, MENTORS, ROLE_NAMES, moves_from
from .working_days import wd_excl

# R70: the weeks a plan may take
PLAN_WEEKS = {
    SupportLevel.LIGHT_TOUCH: range(2, 5),
    SupportLevel.SUPPORT_1: range(4, 7),
    SupportLevel.SUPPORT_2: range(4, 7),
    SupportLevel.CONCERN: range(6, 7),
    SupportLevel.AT_RISK: range(1, 7),
}
WEEKLY_UPDATES = {SupportLevel.CONCERN, SupportLevel.AT_RISK}
UPDATE_WITHIN = 5
_OWNERS = {
    SupportLevel.NONE: None,
    SupportLevel.LIGHT_TOUCH: "mentor",
    SupportLevel.CAPABILITY: "headteacher",
}


class Progress(StrEnum):
    """What the plan, review or assessment before a move found."""

    NONE = "none"
    SOME = "some"
    ON_TRACK = "on_track"


@dataclass(frozen=True, slots=True)
class PlanDates:
    """A plan's last day, one row a week, who owns it, and when the appropriate body is updated."""

    ends_on: date
    rows: int
    owner: str
    body_updates_due: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A move somebody wants to make on the ladder; ``by`` is a role, ``part`` that of the induction (R15)."""

    now: SupportLevel
    to: SupportLevel
    part: int
    by: str
    progress: Progress
    reason: str = ""
    body_override: bool = False
    body_agreed: bool = False

    @property
    def has_reason(self) -> bool:
        """Whether a reason was written."""
        return bool(self.reason.strip())

    @property
    def steps(self) -> int:
        """Levels up, negative when down. Monitoring stands beside no support."""
        return _rank(self.to) - _rank(self.now)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a move is allowed; if not, a sentence that says why, else who owns the level and what is to be done."""

    message: str | None
    owner: str | None = None
    duties: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Nothing stands in the way."""
        return self.message is None


def _rank(level: SupportLevel) -> int:
    return 0 if level is SupportLevel.MONITORING else int(level)


def owner_of(level: SupportLevel) -> str | None:
    """R70: 1 the mentor, 2 to 5 and monitoring the induction tutor, 6 the headteacher, 0 nobody."""
    return _OWNERS.get(level, "induction_tutor")


def plan(level: SupportLevel, starts_on: date, weeks: int) -> Explained[PlanDates]:
    """R75: a plan's dates, in calendar weeks. Raises RuleBroken for a level without plans or weeks R70 does not allow.

    The body is updated every week at Levels 4 and 5, at Levels 1 to 3 within five working days of the start and of the
    end. Holidays are not skipped here.
    """
    allowed = PLAN_WEEKS.get(level)
    if allowed is None:
        raise RuleBroken(f"“{level.label}” has no plan. Plans belong to Levels 1 to 5.", "level")
    if weeks not in allowed:
        raise RuleBroken(f"A Level {level} plan takes {_weeks(allowed)} weeks.", "weeks")
    ends_on = starts_on + timedelta(weeks=weeks) - ONE_DAY
    if level in WEEKLY_UPDATES:
        updates = tuple(starts_on + timedelta(weeks=week) for week in range(1, weeks + 1))
    else:
        updates = (wd_excl(starts_on, UPDATE_WITHIN), wd_excl(ends_on, UPDATE_WITHIN))
    dates = PlanDates(ends_on, weeks, owner_of(level) or "", updates)
    return Explained(dates, lambda: _why_plan(level, starts_on, dates))


def _weeks(allowed: range) -> str:
    return f"{allowed[0]} to {allowed[-1]}" if len(allowed) > 1 else f"{allowed[0]}"


def _why_plan(level: SupportLevel, starts_on: date, dates: PlanDates) -> Iterator[Reason]:
    yield Reason(
        "R70", "S2", f"A Level {level} plan takes {_weeks(PLAN_WEEKS[level])} weeks and is {_name(dates.owner)}’s."
    )  # fmt: skip
    yield Reason(
        "R75", "S2", f"{dates.rows} weeks from {say(starts_on)} end on {say(dates.ends_on)}, with a row for each week."
    )  # fmt: skip
    how = "every 7 days" if level in WEEKLY_UPDATES else "within 5 working days of the start and of the end"
    yield Reason("R75", "S2", f"At Level {level} the appropriate body is updated {how}.")


def _name(role: str) -> str:
    return ROLE_NAMES[role]


def move(wanted: Move) -> Explained[Ruling]:
    """R72: whether a move on the ladder is allowed, whose the level then is, and what it brings."""
    objection = next(_objections(wanted), None)
    if objection:
        return Explained(Ruling(objection.says), lambda: [objection])
    ruling = Ruling(None, owner_of(wanted.to), tuple(_duties(wanted)))
    return Explained(ruling, lambda: _why_allowed(wanted))


def _objections(wanted: Move) -> Iterator[Reason]:
    may = moves_from(wanted.now).get(wanted.to)
    if may is None:
        yield _against(_no_such_move(wanted))
    elif wanted.by not in may:
        yield _against(f"Only {_who(may)} can make this move.")
    elif wanted.to is SupportLevel.CAPABILITY:
        yield from _needs(wanted.has_reason, "Give the reason for moving to Level 6.", "R74", "SG 4.7; S2")
    elif wanted.steps > 0:
        yield from _up(wanted)
    elif wanted.steps == 0:
        yield from _level(wanted)
    else:
        yield from _down(wanted)


def _who(may: frozenset[str]) -> str:
    if may == HEAD:
        return "the headteacher"
    return "the mentor, the induction tutor or the headteacher" if may == MENTORS else _SCHOOL_LEADERS


_SCHOOL_LEADERS = "the induction tutor or the headteacher"


def _no_such_move(wanted: Move) -> str:
    now, to = wanted.now, wanted.to
    if now is SupportLevel.CAPABILITY:
        return "From Level 6 an ECT moves to monitoring."
    if now is to:
        return f"“{now.label}” is not repeated."
    if to is SupportLevel.NONE:
        return f"From Level {now} support does not stop at once. Move to monitoring first."
    if to is SupportLevel.MONITORING:
        return "Monitoring follows Levels 4, 5 and 6 only."
    if now is SupportLevel.MONITORING:
        return "From monitoring an ECT moves to Levels 1 to 4, or Level 6, or no extra support."
    return "Support comes down one level at a time."


def _up(wanted: Move) -> Iterator[Reason]:
    now, to = wanted.now, wanted.to
    if wanted.progress is Progress.ON_TRACK:
        yield _against("An ECT who is on track does not move up.")
    if now is SupportLevel.MONITORING:
        yield from _needs(wanted.has_reason, "Give the reason for going back to a plan.")
    elif (now, to) == (SupportLevel.CONCERN, SupportLevel.AT_RISK):
        agreed = wanted.part == 2 or wanted.body_agreed
        yield from _needs(agreed, "In part 1 the appropriate body must agree to a move to Level 5.")
    elif (now, to) == (SupportLevel.SUPPORT_1, SupportLevel.CONCERN) and wanted.progress is Progress.NONE:
        agreed = wanted.part == 2 or wanted.has_reason
        yield from _needs(agreed, "In part 1 give the reason for moving from Level 2 to Level 4.")
    elif wanted.steps > 1 and (now, to) != (SupportLevel.NONE, SupportLevel.SUPPORT_1):
        yield from _needs(wanted.body_override, "Levels are skipped only when the appropriate body overrides.")
        yield from _needs(wanted.has_reason, "Give the reason for skipping a level.")


def _level(wanted: Move) -> Iterator[Reason]:
    """A plan repeated, or monitoring ended."""
    if wanted.now is SupportLevel.MONITORING:
        yield from _needs(wanted.has_reason, "Give the reason for ending monitoring.")
    elif wanted.now is SupportLevel.LIGHT_TOUCH:
        yield from _needs(wanted.has_reason, "Give the reason for repeating Level 1.")
    elif wanted.now is SupportLevel.SUPPORT_2:
        repeatable = wanted.part == 1 or wanted.has_reason
        yield from _needs(repeatable, "In part 2 give the reason for repeating Level 3.")
    else:
        yield from _needs(wanted.body_agreed, "The appropriate body must agree to repeat Level 4.")


def _down(wanted: Move) -> Iterator[Reason]:
    if wanted.to is SupportLevel.MONITORING:
        return
    if wanted.to is SupportLevel.NONE:
        on_track = wanted.progress is Progress.ON_TRACK
        yield from _needs(on_track, "Support ends when the review at the end of the plan says the ECT is on track.")
        return
    yield from _needs(wanted.progress is not Progress.NONE, "An ECT moves down when progress is improving.")
    yield from _needs(wanted.has_reason, "Give the reason for moving down a level.")


def _needs(met: bool, message: str, rule: str = "R72", source: str = "S2") -> Iterator[Reason]:
    if not met:
        yield Reason(rule, source, message)


def _against(message: str) -> Reason:
    return Reason("R72", "S2", message)


def _duties(wanted: Move) -> Iterator[str]:
    to, now = wanted.to, wanted.now
    if to in PLAN_WEEKS:
        yield f"Open a Level {to} plan of {_weeks(PLAN_WEEKS[to])} weeks, owned by {_name(owner_of(to) or '')}."
    yield from _DUTIES[to]
    if now is to is SupportLevel.LIGHT_TOUCH:
        yield "Level 1 is repeated once only."
    if wanted.body_override and wanted.steps > 1:
        yield "Record the appropriate body’s decision to skip a level."


_TELL = "Tell the appropriate body."
_DUTIES = {
    SupportLevel.NONE: ("Record the review at the end of the plan, signed by the induction tutor and the ECT.",),
    SupportLevel.LIGHT_TOUCH: (_TELL, "The mentor meets the ECT every week."),
    SupportLevel.SUPPORT_1: (
        _TELL,
        "The appropriate body contacts the ECT within 5 working days.",
        "The mentor or the induction tutor meets the ECT every week.",
    ),
    SupportLevel.SUPPORT_2: (_TELL, "Invite the appropriate body to the meeting with the ECT, as appropriate."),
    SupportLevel.CONCERN: (
        "Record the meeting of the appropriate body, induction tutor, mentor and ECT first.",
        "Update the appropriate body every week.",
    ),
    SupportLevel.AT_RISK: (
        "Record the meeting of the appropriate body, ECT, induction tutor and mentor.",
        "Update the appropriate body every week.",
        "Induction cannot be extended before it is complete; only the appropriate body’s decision at the end can.",
    ),
    SupportLevel.CAPABILITY: (
        "Tell the appropriate body that the school’s capability procedure has started.",
        "Induction continues while the ECT is employed.",
    ),
    SupportLevel.MONITORING: ("Monitor and support for at least one term, or until the next formal assessment.",),
}


def _why_allowed(wanted: Move) -> Iterator[Reason]:
    now, to = wanted.now.label, wanted.to.label
    progress = wanted.progress.replace("_", " ")
    yield Reason("R72", "S2", f"“{now}” may become “{to}” in part {wanted.part}, with progress: {progress}.")
    if (owner := owner_of(wanted.to)) is not None:
        yield Reason("R70", "S2", f"“{to}” is owned by {_name(owner)}.")
    yield Reason("R73", "Reg 8(4); SG 4.8", "No level of support changes the length of induction or its outcome.")


def weeks_without_school(starts_on: date, weeks: int, school_days: frozenset[date]) -> list[int]:
    """R75: the rows of a plan, from 1, whose week has no school day; a page warns of them."""
    days = [[starts_on + timedelta(days=7 * week + day) for day in range(7)] for week in range(weeks)]
    return [row for row, week in enumerate(days, 1) if school_days.isdisjoint(week)]
