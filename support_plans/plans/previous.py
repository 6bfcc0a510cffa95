"""What a new plan takes over from the one before it, and what an existing one was filled in with (R76)."""

from datetime import date
from typing import Any

from cases.rules.plans import LIGHT, MOST_ROWS
from cases.rules.statuses import SupportLevel

from ..models import LevelChange, Plan


def filled_in(level: LevelChange, plan: Plan | None) -> dict[str, Any]:
    """The form of a level's plan as it was left, or as it begins. At most four queries."""
    return _as_typed(plan) if plan else _begun(level, plan_before(level))


def plan_before(level: LevelChange) -> Plan | None:
    """The last plan of the case that was finished before this level's."""
    rows = Plan.objects.filter(induction=level.induction_id, level__number__lt=level.number).exclude(progress="")
    return rows.select_related("level").order_by("-level__number").first()


def last_ended(level: LevelChange) -> date | None:
    """The last day of the plans of the case that were started before this level's; None without any."""
    others = Plan.objects.filter(induction=level.induction_id).exclude(started_on=None).exclude(level=level.pk)
    return max((plan.ended_on or plan.ends_on or plan.written_on for plan in others), default=None)


def objectives_of(plan: Plan) -> str:
    """What a plan set out to do, in one text: its objectives, those of its rows, or the reasons for the risk."""
    said = plan.objectives or plan.risk_reasons
    return said or "\n".join(row.objective for row in plan.rows.all() if row.objective)


def _begun(level: LevelChange, before: Plan | None) -> dict[str, Any]:
    """Its length as foreseen; from the plan before it Standards, objectives and what was said of them."""
    first = {"weeks": level.weeks, "starts_on": level.opened_on}
    aims = before.next_objectives if before else ""
    told: dict[str, Any] = {"standards": before.standards if before else []}
    if level.state is LIGHT:
        told |= {"reason": level.reason, "rows": [{"objective": aims or level.aim}]}
        told["previous_objectives"] = objectives_of(before) if before else ""
        told["previous_evaluation"] = before.evaluation if before else ""
    elif level.state is SupportLevel.AT_RISK:
        told["risk_reasons"] = level.reason
    else:
        told["objectives"] = aims or level.aim
    return first | told


def _as_typed(plan: Plan) -> dict[str, Any]:
    names = ("starts_on", "weeks", "met_on", "standards", "objectives", "reason", "previous_objectives",
             "previous_evaluation", "risk_reasons", "extension_reasons")  # fmt: skip
    return {name: getattr(plan, name) for name in names} | rows_as_typed(plan)


def rows_as_typed(plan: Plan, first: int = 1) -> dict[str, Any]:
    """The rows of a plan as a form has them, weeks from a number on. One query."""
    if plan.level.state is LIGHT:
        columns = ("objective", "standards", "success_criteria", "actions", "resources")
        return {"rows": list(plan.rows.values(*columns))}
    weeks = plan.rows_by_week.filter(number__gte=first, number__lte=MOST_ROWS)
    columns = ("number", "actions", "resources", "success_criteria")
    return {"planned": {str(row.pop("number")): row for row in weeks.values(*columns)}}
