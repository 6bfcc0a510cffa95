"""A plan is finished with its outcome, and closed when somebody has decided what comes next (R72, R76)."""

from datetime import date

from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.plans import Ending, check_finish, writers_of
from cases.rules.statuses import PlanStatus, SupportLevel
from cases.rules.transitions import check_move
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_plans as tell
from ..models import LevelChange, Plan
from .concerns import tell_trail
from .plan_sealing import seal_plan
from .plans import going_on, refuse, role_of

FINISH_FIRST = "The plan of this level goes on: finish it with its outcome first, then decide what comes next"


@action
def finish_plan(*, by: Viewer, on: date, plan: Plan, ending: Ending, version: int) -> Plan:
    """End a plan with what it brought; school and body are told, tutor and ECT asked to sign. What comes next a person
    decides, by a move.

    Raises RuleBroken, in the words of the rule, without an evaluation, an answer to "on track?" or next objectives for
    an ECT who is not, while a week that has begun was not evaluated, for an early end without a reason, and for anybody
    but who writes plans of the level; ChangedMeanwhile when somebody else was first.
    """
    found = going_on(plan, version)
    role = role_of(by, found.induction, writers_of(found.level.state))
    refuse(check_finish(ending, found.laid, found.evaluated, on=on))
    check_move(found.state, PlanStatus.FINISHED, role)
    early = ending.ended_on is not None and ending.ended_on < found.laid[-1]
    found.status, found.version = PlanStatus.FINISHED, found.version + 1
    found.evaluation, found.next_objectives = ending.evaluation.strip(), ending.next_objectives.strip()
    found.progress, found.ended_on = Progress(ending.progress or "").value, ending.ended_on
    found.early_reason = ending.early_reason.strip() if early else ""
    found.finished_by, found.finished_as, found.finished_on = by.user, role, on
    found.save()
    after = {"progress": found.progress, "ended_on": found.ended_on}
    tell_trail(by, Event.PLAN_FINISHED, found, on, after=after)
    seal_plan(by, on, found)
    reckon(found.induction)
    tell.finished(found, by=by)
    return found


def answer_of(level: LevelChange, to: SupportLevel, found: Progress, *, left: bool) -> Progress:
    """What a move may say that the support before it brought: of a level whose plan is finished, what the plan says.

    Raises RuleBroken while its plan goes on, unless the ECT goes to Level 6 or has left.
    """
    plan: Plan | None = getattr(level, "plan", None)
    if plan is None or left or to is SupportLevel.CAPABILITY:
        return found
    if plan.state is PlanStatus.GOING_ON:
        raise RuleBroken(FINISH_FIRST, "to")
    return plan.found or found


def close_with_level(by: Viewer, on: date, level: LevelChange, *, ended_on: date) -> None:
    """Close the plan of a level that is being closed: as finished, or without an outcome, on the day on which the level
    ended. Part of the move.
    """
    plan: Plan | None = getattr(level, "plan", None)
    if plan is None:
        return
    finished = plan.state is PlanStatus.FINISHED
    to = PlanStatus.CLOSED if finished else PlanStatus.ENDED_EARLY
    check_move(plan.state, to)
    if plan.state is PlanStatus.GOING_ON:
        plan.ended_on = max(ended_on, plan.starts_on or ended_on)
    plan.status, plan.closed_on, plan.version = to, on, plan.version + 1
    plan.save(update_fields=["status", "closed_on", "ended_on", "version"])
    event = Event.PLAN_CLOSED if finished else Event.PLAN_ENDED_EARLY
    tell_trail(by, event, plan, on, after={"status": to.value, "ended_on": plan.ended_on})
