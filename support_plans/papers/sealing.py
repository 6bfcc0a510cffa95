"""What is sealed of a plan: everything that is written of it, and its meetings with the appropriate body (R76)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ..models import Plan, PlanMeeting
from ..plans.content import iso, plan_content


def sealed_content(plan: Plan) -> dict[str, Any]:
    """The content of a plan that is being sealed: strings, numbers, lists and mappings alone. Why somebody could not
    come to a meeting is no part of it.
    """
    return plan_content(plan) | {"meetings": [_meeting(row) for row in meetings_of(plan)]}


def meetings_of(plan: Plan) -> Iterable[PlanMeeting]:
    """The meetings about a plan's level that were held while it was open, and the one at which the ECT went on to it
    from the level before. Two queries.
    """
    level = plan.level
    led_here = Q(level__number=level.number - 1, about=level.level) & ~Q(level__level=level.level)
    rows = PlanMeeting.objects.filter(led_here | Q(level=level, about=level.level), induction=plan.induction_id)
    return rows.filter(recorded_by__isnull=False).order_by("on", "number").prefetch_related("entries__by")


def _meeting(row: PlanMeeting) -> dict[str, Any]:
    added = [{"text": e.text, "by": e.by.name, "as": e.said_as, "on": iso(e.on)} for e in row.entries.all()]
    told = {"on": iso(row.on), "people": row.people, "outline": row.outline, "outcome": row.outcome}
    return told | {"added": added}
