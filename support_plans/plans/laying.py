"""What the weeks of a plan are laid by: the school's calendar, the body's setting, and when the ECT is away."""

from collections.abc import Sequence
from datetime import date, timedelta

from cases.calendars import Calendars
from cases.models import Absence
from cases.policies import policy_of
from cases.rules.absence_kinds import AbsenceKind, Effect
from cases.rules.calendar import Calendar
from cases.rules.plans import Laid, Spell, away_proposal, empty_weeks, lay, lay_again

from ..models import LevelChange, Plan

AWAY = [kind.value for kind in AbsenceKind if kind.effect not in (Effect.IGNORED, Effect.CLOSES_SCHOOL)]
LATEST_START = timedelta(weeks=8)
ONE_DAY = timedelta(days=1)


def calendar_of(level: LevelChange, on: date) -> Calendar:
    """The calendar of the school whose level it is."""
    return Calendars([level.school_id]).of(level.school_id, first=level.opened_on, today=on)


def skips(level: LevelChange, on: date) -> bool:
    """Whether the body has plans pass over weeks without a school day (R75)."""
    return policy_of(school=None, body=level.body_id, on=on).skip_holiday_weeks


def laid_from(level: LevelChange, starts_on: date, weeks: int, *, on: date) -> Laid:
    """The weeks of a plan that begins on a day. Raises RuleBroken as `lay` does."""
    return lay(starts_on, weeks, calendar_of(level, on), skip=skips(level, on))


def laid_again(plan: Plan, row: int, starts_on: date, *, on: date, knows_absence: bool) -> Laid:
    """The weeks of a plan with one of them, and those after it, on other days; around the days on which the ECT is
    away, where whoever moves them may know of those.
    """
    level, away = plan.level, away_of(plan, on) if knows_absence else ()
    return lay_again(plan.laid, row, starts_on, calendar_of(level, on), skip=skips(level, on), away=away)


def proposed(plan: Plan, on: date) -> tuple[int, Laid] | None:
    """The weeks put off because the ECT was away for a whole one of them; None where they were not. For who may read
    absence (R79). One query where nobody was away.
    """
    away = away_of(plan, on)
    if not away:
        return None
    return away_proposal(plan.laid, plan.evaluated, calendar_of(plan.level, on), skip=skips(plan.level, on), away=away)


def away_of(plan: Plan, on: date) -> Sequence[Spell]:
    """The days on which the ECT is away since the plan began; of one still away, up to today."""
    rows = Absence.objects.filter(induction=plan.induction_id, withdrawn_on=None, day_fraction=1, kind__in=AWAY)
    spells = rows.exclude(ends_on__lt=plan.starts_on).values_list("starts_on", "ends_on")
    return [(first, last or on) for first, last in spells if last or first <= on]


def without_school(plan: Plan, on: date) -> tuple[int, ...]:
    """The weeks of a plan, from 1, that have no school day (R75)."""
    return empty_weeks(plan.laid, calendar_of(plan.level, on))


def term_name(level: LevelChange, starts_on: date, on: date) -> str:
    """The term in which a plan begins, or the next one where it begins between two: "Autumn term 2026/27"."""
    term = next(iter(calendar_of(level, on).terms_from(starts_on)))
    return f"{term.name.capitalize()} term {term.school_year}"
