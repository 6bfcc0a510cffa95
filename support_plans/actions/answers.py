"""An appropriate body approves a plan, or comments on it."""

from datetime import date

from cases.models import Induction
from cases.people import check_responsible
from cases.rules.errors import RuleBroken
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_following as tell
from ..models import Plan, PlanAnswer
from .concerns import origin, tell_trail

NOT_GOING_ON = "This plan is not going on: there is nothing to approve"
APPROVED = "Your body has approved this plan as it stands"


@action
def answer_plan(*, by: Viewer, on: date, plan: Plan, approves: bool, text: str) -> PlanAnswer:
    """Approve a plan as it stands, or comment on it; the tutor and the ECT are told. What was said stands.

    Raises RuleBroken for a body that is not responsible, a plan that is not going on, a comment without words, and one
    that was approved with its weeks as they are.
    """
    locked = Induction.objects.locked(plan.induction_id)
    check_responsible(by, locked, on=on)
    found = Plan.objects.select_related("placement").get(pk=plan.pk)
    if found.state is not PlanStatus.GOING_ON or found.ends_on is None:
        raise RuleBroken(NOT_GOING_ON)
    if not approves and not text.strip():
        raise RuleBroken("Enter your comment", "text")
    if approves and found.answers.filter(approves=True, ends_on=found.ends_on).exists():
        raise RuleBroken(APPROVED, "approves")
    answer = PlanAnswer.objects.create(
        **origin(locked, found.placement, on),
        audience=found.audience,
        plan=found,
        approves=approves,
        text=text.strip(),
        ends_on=found.ends_on,
        by=by.user,
        on=on,
    )
    tell_trail(by, Event.PLAN_ANSWERED, answer, on, after={"plan": found.pk, "approves": approves})
    tell.plan_answered(answer, by=by)
    return answer
