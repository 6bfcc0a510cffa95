"""Plans on the bench: written whole for their level, started, evaluated week by week, ended."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cases.rules.escalation import Progress
from cases.rules.plans import Ending, ObjectiveRow, WeekRow, Written, fields_of
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.viewer import Viewer
from support_plans import actions
from support_plans.models import LevelChange, Plan, PlanWeek, WeekEntry
from tests.support.supporting import ON, Bench

WEEK = timedelta(weeks=1)
ROW = ObjectiveRow(
    "Calm starts", (Standard.TS7,), "Nobody waits", "Plan the first five minutes (mentor)", "A seating plan"
)
FIRST = WeekRow("Joint observation (tutor)", "One hour of PD time", "Two calm starts")
WHOLE = Written(
    starts_on=ON,
    weeks=4,
    standards=(Standard.TS7,),
    objectives="Manage behaviour: calm starts",
    reason="Lessons begin late",
    risk_reasons="TS7 is not met",
    rows=(ROW,),
    planned=(FIRST,),
)


def whole(level: SupportLevel, **given: Any) -> Written:
    """Everything that a level asks before its plan starts."""
    weeks = {SupportLevel.LIGHT_TOUCH: 3, SupportLevel.CONCERN: 6}.get(level, 4)
    asked = {name: getattr(WHOLE, name) for name in fields_of(level)} | {"weeks": weeks}
    return replace(Written(**asked), **given)


def owner(case: Bench, level: LevelChange) -> Viewer:
    """Who writes the plans of a level."""
    return case.mentor if level.owner == "mentor" else case.induction_tutor


def start(case: Bench, level: LevelChange, *, on: date = ON, by: Viewer | None = None, **given: Any) -> Plan:
    """The owner starts the plan of a level."""
    told = {"on": on, "level": level, "written": whole(level.state, **given), "version": 0}
    return actions.start_plan(by=by or owner(case, level), **told)


def week_of(plan: Plan, number: int) -> PlanWeek:
    """A week of a plan as it is stored now."""
    return PlanWeek.objects.select_related("plan__level").get(plan=plan, number=number)


def evaluate(case: Bench, plan: Plan, number: int, *, on: date, by: Viewer | None = None, **given: Any) -> WeekEntry:
    """A week is evaluated, by the owner if not told otherwise."""
    week = week_of(plan, number)
    told = {"text": f"Progress in week {number}", "version": week.plan.version} | given
    return actions.evaluate_week(by=by or owner(case, week.plan.level), on=on, week=week, **told)


def finish(
    case: Bench, plan: Plan, progress: Progress = Progress.SOME, *, by: Viewer | None = None, **given: Any
) -> Plan:
    """Every week is evaluated on its last day, and the plan ended on its own."""
    plan.refresh_from_db()
    for number in range(plan.evaluated + 1, len(plan.laid) + 1):
        evaluate(case, plan, number, on=plan.laid[number - 1] + WEEK - timedelta(days=1))
    return end(case, plan, progress, by=by, **given)


def end(case: Bench, plan: Plan, progress: Progress = Progress.SOME, *, by: Viewer | None = None, **given: Any) -> Plan:
    """The plan is ended as it stands."""
    found = Plan.objects.select_related("level").get(pk=plan.pk)
    told = {"evaluation": "Starts are calmer", "progress": progress, "next_objectives": "Calm ends", "ended_on": None}
    on = given.pop("on", found.ends_on)
    ending = Ending(**told | {"ended_on": on} | given)
    version = given.pop("version", found.version)
    return actions.finish_plan(by=by or owner(case, found.level), on=on, plan=found, ending=ending, version=version)
