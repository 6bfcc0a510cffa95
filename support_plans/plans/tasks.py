"""What waits for somebody of a plan: to write it, and, for the ECT, to comment on a week."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.parts import Task
from cases.reach import current_keys, reaching
from cases.rules.escalation import PLAN_WEEKS
from cases.rules.plans import writers_of
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..access import readable
from ..models import LevelChange, PlanWeek

WORKED = timedelta(days=4)  # a week can be spoken of when most of it is over


def plans_to_write(viewer: Viewer) -> QuerySet[LevelChange]:
    """The levels whose plan this viewer writes, and has not been started."""
    mine = Q(pk__in=[])
    for reach, roles in reaching(viewer).items():
        levels = [level.value for level in PLAN_WEEKS if writers_of(level) & roles]
        mine |= Q(level__in=levels, induction__in=reach(viewer))
    rows = LevelChange.objects.filter(mine, closed_on=None, school=viewer.organisation)
    rows = rows.filter(Q(plan=None) | Q(plan__status=PlanStatus.WRITING.value), induction__in=current_keys(viewer))
    return readable(viewer, rows)


def weeks_to_comment(viewer: Viewer) -> Iterator[Task]:
    """The weeks on which the ECT has not commented. One query."""
    if not viewer.may(Permission.COMMENT_ON_PLAN):
        return
    serves = Q(plan__placement__ends_on=None) | Q(plan__placement__ends_on__gte=viewer.on)
    rows = PlanWeek.objects.filter(serves, plan__status=PlanStatus.GOING_ON.value, commented_on=None)
    rows = rows.filter(plan__induction__in=current_keys(viewer)).select_related("plan__level", "plan__school")
    for week in rows.order_by("number"):
        begins = week.starts_on
        if begins and (week.evaluated_on or begins + WORKED <= viewer.on):
            yield Task(
                on=begins,
                says=f"Comment on week {week.number} of your support plan",
                about=week.plan.school.name,
                url=reverse("support_plans:comment_on_week", args=[week.pk]),
                kind="plan_comment",
                kind_says="Comments on support plans",
                case_id=week.plan.induction_id,
                is_due=False,
            )
