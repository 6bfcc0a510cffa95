"""The doors to plans: who reads one, and who does what with it, by its level (R79)."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.http import Http404

from cases import access as cases_access
from cases.rules.escalation import PLAN_WEEKS
from cases.rules.plans import evaluators_of, layers_of, writers_of
from cases.rules.statuses import SupportLevel
from cases.service_access import NOBODY, holds_case, is_own_now
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from ..access import readable, record
from ..models import LevelChange, Plan, PlanWeek

Whose = Callable[[SupportLevel], frozenset[str]]
BESIDE = ("level", "induction__teacher", "placement", "school", "body", "started_by", "finished_by", "written_by")


def plan(viewer: Viewer, plan_id: UUID) -> Found:
    """A plan by its id. Raises Http404 for one that the viewer may not know of."""
    found = record(viewer, Plan.objects.select_related(*BESIDE), plan_id)
    found.subject.level.induction = found.subject.induction
    return found


def plan_to_write(viewer: Viewer, plan_id: UUID) -> Found:
    """A plan for whoever writes, changes and ends plans of its level, while the ECT is at their school."""
    return _of(viewer, plan(viewer, plan_id), writers_of)


def plan_to_lay(viewer: Viewer, plan_id: UUID) -> Found:
    """A plan for whoever may lay its weeks anew."""
    return _of(viewer, plan(viewer, plan_id), layers_of)


def level_to_plan(viewer: Viewer, level_id: UUID) -> Found:
    """A level with plans, for whoever writes them, whether there is one yet or not."""
    rows = LevelChange.objects.select_related("induction__teacher", "placement", "school", "body", "plan__written_by")
    found = record(viewer, rows.filter(level__in=[level.value for level in PLAN_WEEKS]), level_id)
    return _of(viewer, found, writers_of)


def week_to_evaluate(viewer: Viewer, week_id: UUID) -> Found:
    """A week of a plan, for whoever evaluates it."""
    week, found = _week(viewer, week_id)
    return Found(week, _of(viewer, found, evaluators_of).roles)


def week_to_comment(viewer: Viewer, week_id: UUID) -> Found:
    """A week of a plan, for the ECT."""
    week, found = _week(viewer, week_id)
    return Found(week, found.roles & {Role.ECT})


def _week(viewer: Viewer, week_id: UUID) -> tuple[PlanWeek, Found]:
    week = PlanWeek.objects.filter(pk=week_id).first()
    if week is None:
        raise Http404
    found = plan(viewer, week.plan_id)
    week.plan = found.subject
    return week, found


def _of(viewer: Viewer, found: Found, whose: Whose) -> Found:
    """Those roles of a viewer whose this is by the level, while the ECT is at their school."""
    row: Plan | LevelChange = found.subject
    level = row.level.state if isinstance(row, Plan) else row.state
    own = is_own_now(viewer, row.placement) and holds_case(viewer, row.induction)
    roles = frozenset(role for role in found.roles if role in whose(level))
    return Found(row, roles if own else NOBODY)


def may_see_plan(user: User, plan_id: UUID) -> bool:
    """Whether a user may read a plan today: asked before a message is delivered."""
    return cases_access.may_read(user, plan_id, find=plan, needs=Permission.READ_LEVELS)


def whose_plans(viewer: Viewer, ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these plans that the viewer may know of."""
    return readable(viewer, Plan.objects.filter(pk__in=ids)).values_list("pk", "induction__teacher__name")
