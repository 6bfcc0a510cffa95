"""A plan as canonical plain data, names included: what is sealed, signed and printed of it (R76)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cases.models import Appointment
from cases.querysets import in_force
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Role

from ..models import Plan, PlanLaying, PlanObjective, PlanWeek, WeekEntry

TEXTS = ("objectives", "reason", "previous_objectives", "previous_evaluation", "risk_reasons", "extension_reasons",
         "evaluation", "next_objectives", "early_reason")  # fmt: skip
DAYS = ("met_on", "starts_on", "ends_on", "ended_on")


def plan_content(plan: Plan) -> dict[str, Any]:
    """Everything that is written of a plan and said of its weeks, as it stands: strings, numbers, lists and mappings
    alone, so that the same plan gives the same bytes. A day is ISO text, empty for none; a Standard its code.

    Mentor and tutor are those of the day it was finished, else started, else last written on.
    """
    level = plan.level
    return {
        "level": level.level,
        "level_name": level.state.label,
        "ect": plan.induction.teacher.name,
        "school": plan.school.name,
        "body": plan.body.name,
        **_people(plan),
        "term": plan.term,
        "weeks": plan.weeks or 0,
        "standards": _codes(plan.touches),
        **{name: getattr(plan, name) for name in TEXTS},
        **{name: iso(getattr(plan, name)) for name in DAYS},
        "rows": [_objective(row) for row in plan.rows.all()],
        "by_week": [_week(plan, week) for week in weeks_of(plan)],
        "laid_anew": [_laying(row) for row in plan.layings.select_related("by")],
        "progress": plan.progress,
        "on_track": plan.on_track,
    }


def weeks_of(plan: Plan) -> list[PlanWeek]:
    """Its weeks in order, each with what was said of it, the earliest first, and who said it. Two queries."""
    rows = list(PlanWeek.objects.filter(plan=plan).prefetch_related("entries__by"))
    for row in rows:
        row.plan = plan
    return rows


def latest(week: PlanWeek, kind: str) -> WeekEntry | None:
    """What holds of a week: the last evaluation, or the ECT's last comment."""
    said = [entry for entry in week.entries.all() if entry.kind == kind]
    return said[-1] if said else None


def _people(plan: Plan) -> dict[str, str]:
    on = plan.finished_on or plan.started_on or plan.written_on
    held = Appointment.objects.filter(in_force("", on=on), placement=plan.placement_id).select_related("user")
    names: dict[str, list[str]] = {Role.MENTOR.value: [], Role.INDUCTION_TUTOR.value: []}
    for appointment in held.order_by("user__name"):
        names.setdefault(appointment.kind, []).append(appointment.user.name)
    return {"mentor": ", ".join(names[Role.MENTOR.value]), "tutor": ", ".join(names[Role.INDUCTION_TUTOR.value])}


def _objective(row: PlanObjective) -> dict[str, Any]:
    names = ("objective", "success_criteria", "actions", "resources", "outcome")
    return {"place": row.place, "standards": _codes(row.touches), **{name: getattr(row, name) for name in names}}


def _week(plan: Plan, week: PlanWeek) -> dict[str, Any]:
    names = ("actions", "resources", "success_criteria")
    return {
        "number": week.number,
        "starts_on": iso(week.starts_on),
        "ends_on": iso(week.ends_on),
        **{name: getattr(week, name) for name in names},
        "evaluation": _said(latest(week, WeekEntry.Kind.EVALUATION)),
        "comment": _said(latest(week, WeekEntry.Kind.COMMENT)),
    }


def _said(entry: WeekEntry | None) -> dict[str, str]:
    if entry is None:
        return {"text": "", "by": "", "as": "", "on": ""}
    return {"text": entry.text, "by": entry.by.name, "as": entry.said_as, "on": iso(entry.on)}


def _laying(row: PlanLaying) -> dict[str, Any]:
    moved = {"was": [iso(each) for each in row.was], "became": [iso(each) for each in row.became]}
    return {"row": row.row, **moved, "reason": row.reason, "by": row.by.name, "as": row.laid_as, "on": iso(row.on)}


def _codes(standards: Iterable[Standard]) -> list[str]:
    return [standard.value for standard in standards]


def iso(day: date | None) -> str:
    """A day as text; empty for none."""
    return day.isoformat() if day else ""
