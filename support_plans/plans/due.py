"""When the weeks of a plan are to be evaluated: the weekly meeting with the ECT (D28)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from cases.deadlines import PLAN_WEEK
from cases.models import Deadline
from cases.parts import FallsDue
from cases.rules.dates import say
from cases.rules.explained import Reason
from cases.rules.plans import WEEK
from cases.rules.statuses import PlanStatus, SupportLevel

from ..due import left_behind
from ..models import Plan, PlanWeek

PLACES = 10  # a plan has six weeks at most: level 3's week 2 is number 32
WITH_CODE = (SupportLevel.LIGHT_TOUCH, SupportLevel.SUPPORT_1, SupportLevel.CONCERN)


def weeks_due(case_ids: Sequence[UUID]) -> Iterator[FallsDue]:
    """The weeks of these cases that were evaluated, and of each plan that goes on the one that comes next. One query,
    however many cases.
    """
    rows = PlanWeek.objects.filter(plan__induction__in=case_ids).exclude(plan__laid=[])
    for week in rows.select_related("plan__level", "plan__placement").order_by("plan", "number"):
        comes_next = week.plan.state is PlanStatus.GOING_ON and week.number == week.plan.evaluated + 1
        if week.evaluated_on or comes_next:
            yield _due(week.plan, week)


def _due(plan: Plan, week: PlanWeek) -> FallsDue:
    begins = week.starts_on or plan.laid[-1]
    due = begins + WEEK
    closed_on = week.evaluated_on or left_behind(plan.placement, due)
    says = f"Week {week.number} of the plan began on {say(begins)}: progress is talked over with the ECT every 7 days."
    return FallsDue(
        plan.induction_id, "D28" if plan.level.state in WITH_CODE else "", PLAN_WEEK,
        plan.level.number * PLACES + week.number, begins, due, plan.level.owner, Reason("R70", "S2", says),
        closed_on=closed_on,
    )  # fmt: skip


def week_label(deadline: Deadline) -> str:
    """A deadline of this kind in words."""
    return f"Evaluate week {deadline.number % PLACES} of the support plan"
