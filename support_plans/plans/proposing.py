"""The next step that the portal proposes at the end of a plan: a person decides (R72)."""

from datetime import date

from cases.rules.next_step import Ended, NextStep, next_step
from cases.rules.statuses import PlanStatus

from ..ladder import every_level, part_on, standing
from ..models import LevelChange, Plan


def next_step_of(plan: Plan, on: date, rows: list[LevelChange] | None = None) -> NextStep | None:
    """What is proposed after a plan that is finished, while nobody has decided; None otherwise. `rows` are all levels
    of the case, where they are at hand.
    """
    if plan.state is not PlanStatus.FINISHED or plan.found is None:
        return None
    spell = standing(every_level(plan.induction) if rows is None else rows, on)
    if not spell or spell[-1].pk != plan.level_id:
        return None
    level, induction = plan.level.state, plan.induction
    clock = getattr(induction, "clock", None)
    ends_on = clock.ends_on if clock else None
    return next_step(
        Ended(
            level=level,
            progress=plan.found,
            part=part_on(induction, on),
            weeks_left=max((ends_on - on).days // 7, 0) if ends_on else None,
            times=_in_a_row(spell),
        )
    )


def proposed_for(level: LevelChange | None, on: date, rows: list[LevelChange] | None = None) -> NextStep | None:
    """The same for an open level, whose plan may be none."""
    plan = getattr(level, "plan", None)
    if level is None or plan is None or plan.state is not PlanStatus.FINISHED:
        return None
    plan.level, plan.induction = level, level.induction
    return next_step_of(plan, on, rows)


def _in_a_row(spell: list[LevelChange]) -> int:
    """How often the level that is open was held, one time after the other."""
    last, times = spell[-1].state, 0
    for row in reversed(spell):
        if row.state is not last:
            break
        times += 1
    return times
