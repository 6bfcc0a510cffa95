"""While a plan goes on its weeks are evaluated, commented on by the ECT, and laid anew (R70, R75, R76)."""

from collections.abc import Mapping
from datetime import date

from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.plans import check_evaluation, check_laid_again, evaluators_of, layers_of
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_plans as tell
from ..models import Plan, PlanLaying, PlanObjective, PlanWeek, WeekEntry
from ..plans.laying import laid_again
from .concerns import tell_trail
from .plans import going_on, role_of

# Whose laying goes around absence: what a mentor moves must not tell them of leave to come (R79).
KNOWS_ABSENCE = frozenset({Role.INDUCTION_TUTOR.value, Role.INDUCTION_LEAD.value})


@action
def evaluate_week(
    *, by: Viewer, on: date, week: PlanWeek, text: str, version: int, outcomes: Mapping[int, str] | None = None
) -> WeekEntry:
    """Say how the ECT progressed in a week of a plan that goes on; the ECT is told. Said again, the last word holds and
    the earlier ones are kept. `outcomes` are what observations showed, by the place of the objective (Level 1).

    Raises RuleBroken for anybody but the level's owner and the mentor, for a week that has not begun or would skip one
    before it, and without a word; ChangedMeanwhile when somebody else was first.
    """
    plan = going_on(week.plan, version)
    role = role_of(by, plan.induction, evaluators_of(plan.level.state))
    check_evaluation(plan.laid, plan.evaluated, week.number, text, on=on)
    found = PlanWeek.objects.get(pk=week.pk)
    entry = _say(by, on, found, WeekEntry.Kind.EVALUATION, text, role)
    if found.evaluated_on is None:
        found.evaluated_on = on
        found.save(update_fields=["evaluated_on"])
        plan.evaluated = found.number
    _keep_outcomes(plan, outcomes or {})
    plan.version += 1
    plan.save(update_fields=["version", "evaluated"])
    after = {"number": found.number, "entry": entry.pk, "version": plan.version}
    tell_trail(by, Event.PLAN_WEEK_EVALUATED, plan, on, after=after)
    reckon(plan.induction)
    tell.evaluated(plan, entry, by=by)
    return entry


@action
def comment_on_week(*, by: Viewer, on: date, week: PlanWeek, text: str) -> WeekEntry:
    """The ECT says how they see their progress in a week of a plan that goes on; whoever evaluates it is told. Said
    again, the last word holds and the earlier ones are kept.

    Raises RuleBroken for anybody but the ECT, before the week has begun, once the plan has ended, and without a word.
    """
    plan = going_on(week.plan)
    if by.organisation is not None or by.user.pk != plan.induction.teacher.user_id:
        raise RuleBroken("Only the ECT comments on a week")
    starts_on = plan.week_begins(week.number)
    if starts_on is None or on < starts_on:
        raise RuleBroken(f"Week {week.number} has not begun yet: comment when it has", "text")
    if not text.strip():
        raise RuleBroken("Enter your comment", "text")
    found = PlanWeek.objects.get(pk=week.pk)
    entry = _say(by, on, found, WeekEntry.Kind.COMMENT, text, Role.ECT.value)
    if found.commented_on is None:
        found.commented_on = on
        found.save(update_fields=["commented_on"])
    after = {"number": found.number, "entry": entry.pk}
    tell_trail(by, Event.PLAN_WEEK_COMMENTED, plan, on, after=after)
    tell.commented(plan, entry, by=by)
    return entry


@action
def lay_plan_again(
    *, by: Viewer, on: date, plan: Plan, row: int, starts_on: date, reason: str, version: int
) -> PlanLaying:
    """Have a week of a plan begin on another day, with those after it following, around the days on which the ECT is
    away where it is the tutor who moves them; ECT, school and body are told. What the weeks were, and why, is kept.

    Raises RuleBroken for a week that was evaluated, a day that is not after the week before, without a reason, and for
    anybody but the level's owner and the induction tutor; ChangedMeanwhile when somebody else was first.
    """
    found = going_on(plan, version)
    role = role_of(by, found.induction, layers_of(found.level.state))
    began_on = found.starts_on or found.laid[0]
    check_laid_again(found.laid, found.evaluated, row, starts_on, reason, began_on=began_on, on=on)
    laid = laid_again(found, row, starts_on, on=on, knows_absence=role in KNOWS_ABSENCE)
    if list(laid.starts) == found.laid:
        raise RuleBroken("The weeks lie like this already: enter another day", "starts_on")
    kept = {"row": row, "was": found.laid, "became": list(laid.starts), "reason": reason.strip()}
    laying = PlanLaying.objects.create(plan=found, by=by.user, laid_as=role, on=on, **kept)
    before = {"laid": found.laid, "ends_on": found.ends_on}
    found.laid, found.ends_on, found.version = list(laid.starts), laid.ends_on, found.version + 1
    found.save(update_fields=["laid", "ends_on", "version"])
    after = {"laid": found.laid, "ends_on": found.ends_on, "laying": laying.pk}
    tell_trail(by, Event.PLAN_LAID_ANEW, found, on, before=before, after=after)
    reckon(found.induction)
    tell.laid_anew(found, laying, by=by)
    return laying


def _say(by: Viewer, on: date, week: PlanWeek, kind: str, text: str, role: str) -> WeekEntry:
    return WeekEntry.objects.create(week=week, kind=kind, text=text.strip(), by=by.user, said_as=role, on=on)


def _keep_outcomes(plan: Plan, outcomes: Mapping[int, str]) -> None:
    for row in PlanObjective.objects.filter(plan=plan, place__in=list(outcomes)):
        row.outcome = outcomes[row.place].strip()
        row.save(update_fields=["outcome"])
