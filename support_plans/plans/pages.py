"""What the pages of a plan show to each viewer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.frame import frame
from cases.rules.escalation import PLAN_WEEKS
from cases.rules.plans import LIGHT, evaluators_of, fields_of, layers_of, week_ends, writers_of
from cases.rules.statuses import PlanStatus
from cases.service_access import holds_case, is_own_now
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..models import LevelChange, Plan, PlanObjective, PlanWeek, WeekEntry
from .content import latest, weeks_of
from .laying import proposed, without_school
from .proposing import next_step_of

COLOURS = {
    PlanStatus.WRITING: "grey", PlanStatus.GOING_ON: "blue", PlanStatus.FINISHED: "green", PlanStatus.CLOSED: "grey",
    PlanStatus.ENDED_EARLY: "grey",
}  # fmt: skip
LABELS = {
    "reason": "Reason for light touch support",
    "previous_objectives": "Previous objectives",
    "previous_evaluation": "Evaluation of progress on them",
    "objectives": "Objectives",
    "risk_reasons": "Reasons for risk of failing",
    "extension_reasons": "Possible reasons for extension to induction",
}
FOUND = {"none": "No: no progress yet", "some": "No: some progress, but concerns remain", "on_track": "Yes"}


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """A week as its plan's page shows it: `rows` what is planned and was said, `earlier` what was said before that."""

    week: PlanWeek
    title: str
    dates: str
    state: str
    rows: list[dict[str, str]]
    earlier: list[str]
    evaluate: bool = False
    comment: bool = False


@dataclass(frozen=True, slots=True)
class May:
    """What a viewer may do with a plan, by its level and their part in it (R79)."""

    write: bool = False
    evaluate: bool = False
    lay: bool = False
    comment: bool = False
    knows_absence: bool = False
    roles: frozenset[Role] = field(default_factory=frozenset)


def may_of(request: HttpRequest, plan: Plan) -> May:
    """What the viewer of a page may do with its plan."""
    viewer, level = request.viewer, plan.level.state
    own = is_own_now(viewer, plan.placement) and holds_case(viewer, plan.induction)
    may = request.permissions
    roles = frozenset(viewer.roles) if own and Permission.WRITE_PLAN in may else frozenset()
    return May(
        write=bool(roles & writers_of(level)),
        evaluate=bool(roles & evaluators_of(level)),
        lay=bool(roles & layers_of(level)),
        comment=Permission.COMMENT_ON_PLAN in may,
        knows_absence=Permission.READ_ABSENCE in may,
    )


def plan_context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The page of a plan: what it sets out to do, its weeks, and what comes next."""
    viewer, may = request.viewer, may_of(request, plan)
    goes_on = plan.state is PlanStatus.GOING_ON
    return frame(request, plan.induction) | {
        "title": str(plan),
        "plan": plan,
        "colour": COLOURS[plan.state],
        "own": viewer.organisation is None,
        "facts": facts(plan),
        "objectives": [(row, objective_rows(row)) for row in plan.rows.all()] if plan.level.state is LIGHT else [],
        "weeks": shown_weeks(plan, may, viewer.on),
        "outcome": outcome(plan),
        "layings": [_laying(row) for row in plan.layings.select_related("by")],
        "warning": _warning(plan, viewer.on) if goes_on else "",
        "proposed": _proposed(plan, may, viewer.on) if goes_on else None,
        "step": next_step_of(plan, viewer.on),
        "may": may,
        "goes_on": goes_on,
        "writing": plan.state is PlanStatus.WRITING,
        "may_move": Permission.MOVE_LEVEL in request.permissions and plan.state is PlanStatus.FINISHED,
    }


def facts(plan: Plan) -> list[dict[str, str]]:
    """What the head of its form says."""
    asked = fields_of(plan.level.state)
    told = [
        ("School", plan.school.name),
        ("Dates", _dates(plan)),
        ("Term", plan.term),
        ("Date of the meeting of mentor and ECT", day(plan.met_on) if plan.met_on else ""),
        ("Teachers’ Standards", "; ".join(standard.label for standard in plan.touches)),
        *((LABELS[name], getattr(plan, name)) for name in LABELS if name in asked),
        ("Started by", _who(plan.started_by, plan.started_as, plan.started_on) if plan.started_by else ""),
        ("Written on last by", f"{plan.written_by.name}, {day(plan.written_on)}" if not plan.started_by else ""),
    ]
    return _listed(told)


def _dates(plan: Plan) -> str:
    if plan.laid:
        weeks = f"{len(plan.laid)} week{'s' if len(plan.laid) > 1 else ''}"
        return f"{day(plan.laid[0])} to {day(plan.ended_on or plan.ends_on)}, {weeks}"
    return f"From {day(plan.starts_on)}" if plan.starts_on else ""


def _who(user: Any, role: str, on: date | None) -> str:
    return f"{user.name}, {Role(role).label.lower()}, {day(on)}"


def _listed(told: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": name, "value": value} for name, value in told if value]


def objective_rows(row: PlanObjective) -> list[dict[str, str]]:
    """An objective of Level 1, by the columns of its form."""
    return _listed(
        [
            ("Teachers’ Standards", "; ".join(standard.label for standard in row.touches)),
            ("Success criteria", row.success_criteria),
            ("Actions to be taken, and by whom", row.actions),
            ("Resources and support required", row.resources),
            ("Outcome from observation", row.outcome),
        ]
    )


def shown_weeks(plan: Plan, may: May, on: date) -> list[ShownWeek]:
    """The weeks of a plan in order, each with what was said of it and what the viewer may say. Two queries."""
    goes_on = plan.state is PlanStatus.GOING_ON
    return [_shown(plan, week, may, on, goes_on=goes_on) for week in weeks_of(plan)]


def _shown(plan: Plan, week: PlanWeek, may: May, on: date, *, goes_on: bool) -> ShownWeek:
    said, comment = latest(week, WeekEntry.Kind.EVALUATION), latest(week, WeekEntry.Kind.COMMENT)
    begins = week.starts_on
    begun = goes_on and begins is not None and begins <= on
    rows = _listed(
        [
            ("Action to be taken, and by whom", week.actions),
            ("Resources required", week.resources),
            ("Success criteria", week.success_criteria),
            ("Evaluation of progress", said_words(said)),
            ("ECT’s comment on progress", said_words(comment)),
        ]
    )
    return ShownWeek(
        week=week,
        title=f"Week {week.number}",
        dates=f"{day(begins)} to {day(week_ends(begins))}" if begins else "",
        state=_state(plan, week, on),
        rows=rows,
        earlier=[f"{each.get_kind_display()}: {said_words(each)}" for each in week.entries.all()
                 if each not in (said, comment)],
        evaluate=begun and may.evaluate and week.number <= plan.evaluated + 1,
        comment=begun and may.comment,
    )  # fmt: skip


def said_words(entry: WeekEntry | None) -> str:
    """What was said, by whom and when; empty where nothing was."""
    if entry is None:
        return ""
    return f"{entry.text}\n({entry.by.name}, {Role(entry.said_as).label.lower()}, {day(entry.on)})"


def _state(plan: Plan, week: PlanWeek, on: date) -> str:
    if week.evaluated_on:
        return "Evaluated"
    begins = week.starts_on
    if begins is None or plan.state is not PlanStatus.GOING_ON:
        return ""
    return "Now" if begins <= on <= week_ends(begins) else "To be evaluated" if begins <= on else "Ahead"


def outcome(plan: Plan) -> list[dict[str, str]]:
    """How it ended, once it has."""
    if not plan.progress:
        return []
    return _listed(
        [
            ("End of the plan", day(plan.ended_on)),
            ("Why it ended before its last week", plan.early_reason),
            ("Evaluation of progress", plan.evaluation),
            ("On track at the end?", FOUND[plan.progress]),
            ("Next objectives", plan.next_objectives),
            ("Ended by", _who(plan.finished_by, plan.finished_as, plan.finished_on)),
        ]
    )


def _laying(row: Any) -> str:
    return (
        f"{day(row.on)}: week {row.row} moved from {day(row.was[row.row - 1])} to {day(row.became[row.row - 1])}, "
        f"the end from {day(week_ends(row.was[-1]))} to {day(week_ends(row.became[-1]))}. {row.reason} "
        f"({row.by.name}, {Role(row.laid_as).label.lower()})"
    )


def _warning(plan: Plan, on: date) -> str:
    rows = without_school(plan, on)
    if not rows:
        return ""
    weeks = " and ".join(f"week {number}" for number in rows)
    return f"There is no school day in {weeks} of this plan. Move the weeks, or plan for it."


def _proposed(plan: Plan, may: May, on: date) -> dict[str, Any] | None:
    """That the ECT was away for a whole week, for who may know of it (R79)."""
    found = proposed(plan, on) if may.lay and may.knows_absence else None
    if found is None:
        return None
    row, laid = found
    return {"row": row, "starts_on": laid.starts[row - 1], "ends_on": laid.ends_on}


def plan_section(viewer: Viewer, level: LevelChange | None, may: frozenset[Permission]) -> dict[str, Any] | None:
    """The plan of the level that is open, for the page of the ladder: where it is, or who has to write it."""
    if level is None or level.state not in PLAN_WEEKS:
        return None
    plan: Plan | None = getattr(level, "plan", None)
    mine = Permission.WRITE_PLAN in may and bool(set(viewer.roles) & writers_of(level.state))
    return {
        "plan": plan,
        "colour": COLOURS[plan.state] if plan else "",
        "says": plan_words(plan, viewer.on) if plan else "",
        "url": reverse("support_plans:plan", args=[plan.pk]) if plan else "",
        "write": mine and (plan is None or plan.state is PlanStatus.WRITING),
        "level": level,
    }


def plan_words(plan: Plan, on: date) -> str:
    """Where a plan is, in a line: "Week 3 of 6, until 13 December 2026"."""
    if plan.state is not PlanStatus.GOING_ON or plan.ends_on is None:
        return ""
    begun = sum(first <= on for first in plan.laid)
    if not begun:
        return f"Begins on {day(plan.laid[0])}"
    return f"Week {begun} of {len(plan.laid)}, until {day(plan.ends_on)}"


def week_context(week: PlanWeek) -> list[dict[str, str]]:
    """What is planned for a week and was said of it so far, beside the form in which something is said of it."""
    weeks = {each.pk: each for each in weeks_of(week.plan)}
    found = weeks.get(week.pk, week)
    shown = _shown(week.plan, found, May(), week.plan.written_on, goes_on=False)
    objectives = [(f"Objective {row.place}", row.objective) for row in week.plan.rows.all()]
    return [*_listed([("Dates", shown.dates), *objectives]), *shown.rows]
