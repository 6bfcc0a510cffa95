"""A case's plans in words: lines of its history, and sections of the file and of the copy that an ECT takes along."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from cases.models import Induction
from cases.parts import Entry, Section
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..access import readable
from ..models import LevelChange, Plan, PlanWeek, WeekEntry
from .content import latest
from .pages import FOUND, facts, objective_rows, outcome, said_words

PLAN_COLUMNS = ("Plan", "What", "As written")
WEEK_COLUMNS = ("Plan", "Week", "Action to be taken, and by whom", "Resources required", "Success criteria",
                "Evaluation of progress", "ECT’s comment on progress")  # fmt: skip


def plan_entries(rows: Sequence[LevelChange]) -> Iterator[Entry]:
    """When the plans of some levels started and ended. Asks the database nothing."""
    for level in rows:
        plan: Plan | None = getattr(level, "plan", None)
        if plan is None or plan.starts_on is None or not plan.laid:
            continue
        url = reverse("support_plans:plan", args=[plan.pk])
        yield Entry(plan.laid[0], f"The plan of {level} started", url)
        if plan.ended_on and plan.progress:
            yield Entry(plan.ended_on, f"The plan of {level} ended. On track? {FOUND[plan.progress]}", url)


def plan_sections(induction: Induction, viewer: Viewer) -> list[Section]:
    """Every plan of a case that this viewer may know of. Five queries at most, however many plans."""
    plans = readable(viewer, Plan.objects.filter(induction=induction))
    beside = ("level", "school", "written_by", "started_by", "finished_by")
    found = list(plans.select_related(*beside).prefetch_related("rows", "layings"))
    if not found:
        return []
    weeks = PlanWeek.objects.filter(plan__in=found).order_by("plan__level__number", "number")
    known = {plan.pk: plan for plan in found}
    told = [_week(known[week.plan_id], week) for week in weeks.prefetch_related("entries__by")]
    said = [row for plan in found for row in _plan(plan)]
    return [Section("Support plans", PLAN_COLUMNS, said), Section("Support plans week by week", WEEK_COLUMNS, told)]


def _plan(plan: Plan) -> Iterator[list[str]]:
    for row in [*facts(plan), *outcome(plan)]:
        yield [_name(plan), row["key"], row["value"]]
    for objective in plan.rows.all():
        yield [_name(plan), f"Objective {objective.place}", objective.objective]
        for row in objective_rows(objective):
            yield [_name(plan), f"Objective {objective.place}: {row['key'].lower()}", row["value"]]


def _week(plan: Plan, week: PlanWeek) -> list[str]:
    week.plan = plan
    begins = f", from {day(week.starts_on)}" if week.starts_on else ""
    said = [said_words(latest(week, kind)) for kind in (WeekEntry.Kind.EVALUATION, WeekEntry.Kind.COMMENT)]
    return [_name(plan), f"{week.number}{begins}", week.actions, week.resources, week.success_criteria, *said]


def _name(plan: Plan) -> str:
    return plan.level.state.label
