"""A support plan is written, started, and changed where it still lies ahead (R71, R75, R76)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from cases.actions.versions import ChangedMeanwhile
from cases.models import Induction
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.plans import (
    LIGHT,
    ObjectiveRow,
    WeekRow,
    Written,
    check_changed,
    check_kept,
    check_start,
    fields_of,
    writers_of,
)
from cases.rules.reviews import Objection
from cases.rules.statuses import PlanStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_plans as tell
from ..following import roles_in
from ..models import LevelChange, Plan, PlanObjective, PlanWeek
from ..plans.laying import LATEST_START, laid_from, term_name
from ..plans.previous import last_ended
from .concerns import tell_trail
from .plan_sealing import seal_plan

TEXTS = ("objectives", "reason", "previous_objectives", "previous_evaluation", "risk_reasons", "extension_reasons")
WEIGHT = ("induction_tutor", "induction_lead", "mentor")


@action
def write_plan(*, by: Viewer, on: date, level: LevelChange, written: Written, version: int) -> Plan:
    """Keep what is written of the plan of a level, whole or not; everybody of the case can read it.

    `version` is that of the plan which the page showed, 0 for none. Raises RuleBroken for anybody but who writes plans
    of the level, for one that was started, and for more weeks than the level has; ChangedMeanwhile when somebody else
    was first.
    """
    locked, plan = _writing(by, level, version)
    refuse(check_kept(locked.state, written))
    plan = _write(by, on, locked, plan, written)
    tell_trail(by, Event.PLAN_WRITTEN, plan, on, after={"id": plan.pk, "version": plan.version, "weeks": plan.weeks})
    return plan


@action
def start_plan(*, by: Viewer, on: date, level: LevelChange, written: Written, version: int) -> Plan:
    """Start the plan of a level as it is written: its weeks are laid, ECT, school and body are told, and what it sets
    out to do stands.

    Raises RuleBroken as `write_plan` does, and in the words of the rule for what is missing, for a length that its
    level does not have, for a skipped week, and for days that overlap with another plan; ChangedMeanwhile likewise.
    """
    locked, plan = _writing(by, level, version)
    role = role_of(by, locked.induction, writers_of(locked.state))
    check_move(PlanStatus.WRITING, PlanStatus.GOING_ON, role)
    ended = last_ended(locked)
    latest = on + LATEST_START
    refuse(check_start(locked.state, written, opened_on=locked.opened_on, last_ended=ended, latest=latest, today=on))
    plan = _write(by, on, locked, plan, written)
    laid = laid_from(locked, *_first_and_length(written), on=on)
    plan.rows_by_week.filter(number__gt=len(laid.starts)).delete()
    plan.status, plan.laid, plan.ends_on = PlanStatus.GOING_ON, list(laid.starts), laid.ends_on
    plan.term = term_name(locked, laid.starts[0], on)
    plan.starts_on = laid.starts[0]
    plan.started_by, plan.started_as, plan.started_on = by.user, role, on
    plan.save()
    after = {"id": plan.pk, "weeks": plan.weeks, "starts_on": plan.starts_on, "ends_on": plan.ends_on}
    tell_trail(by, Event.PLAN_STARTED, plan, on, after=after)
    seal_plan(by, on, plan)
    reckon(plan.induction)
    tell.started(plan, by=by)
    return plan


@action
def change_plan(
    *, by: Viewer, on: date, plan: Plan, planned: Sequence[WeekRow], rows: Sequence[ObjectiveRow], version: int
) -> Plan:
    """Tweak what still lies ahead of a plan that goes on: the weeks that were not evaluated, from the first of them on,
    or the objectives of Level 1. The ECT is told.

    Raises RuleBroken as `start_plan` does of the same rows, and for anybody but who writes plans of the level;
    ChangedMeanwhile when somebody else was first.
    """
    found = going_on(plan, version)
    role_of(by, found.induction, writers_of(found.level.state))
    done, light = found.evaluated, found.level.state is LIGHT
    left = len(found.laid) - done
    refuse(check_changed(found.level.state, left, planned=planned, rows=rows, first=done + 1))
    now = _planned_now(found, first=done + 1)
    ahead = [*planned, *(WeekRow() for _ in range(left - len(planned)))]
    if list(rows if light else ahead) == now:
        raise RuleBroken("This is what is planned already: change something, or go back")
    if light and len(rows) < len(now):
        raise RuleBroken("An objective stays once its plan has started: change it, or say in its outcome how it ended")
    if light:
        _keep_rows(found, rows)
    else:
        _keep_weeks(found, ahead, first=done + 1)
    found.version += 1
    found.save(update_fields=["version"])
    tell_trail(by, Event.PLAN_CHANGED, found, on, after={"version": found.version, "from_week": done + 1})
    tell.changed(found, by=by)
    return found


def _planned_now(plan: Plan, *, first: int) -> list[ObjectiveRow | WeekRow]:
    """What lies ahead of a plan: its objectives at Level 1, above it its weeks from a number on."""
    if plan.level.state is LIGHT:
        return [row.as_row for row in PlanObjective.objects.filter(plan=plan)]
    return [week.as_row for week in PlanWeek.objects.filter(plan=plan, number__gte=first)]


def _writing(by: Viewer, level: LevelChange, version: int) -> tuple[LevelChange, Plan | None]:
    """The level and its plan so far, after their case was locked, for somebody who may write it."""
    induction = Induction.objects.locked(level.induction_id)
    found = LevelChange.objects.select_related("placement", "school", "body", "plan").get(pk=level.pk)
    found.induction = induction
    fields_of(found.state)
    role_of(by, induction, writers_of(found.state))
    if not found.is_open:
        raise RuleBroken("This level is closed: nothing more is planned for it")
    plan = getattr(found, "plan", None)
    if plan:
        plan.level, plan.induction = found, induction
    if plan and plan.state is not PlanStatus.WRITING:
        raise RuleBroken("This plan has started since you opened the page: change it there")
    if version != (plan.version if plan else 0):
        raise ChangedMeanwhile(plan.version if plan else 0)
    return found, plan


def _write(by: Viewer, on: date, level: LevelChange, plan: Plan | None, written: Written) -> Plan:
    asked = fields_of(level.state)
    plan = plan or Plan(
        induction=level.induction, placement=level.placement, school=level.school, body=level.body,
        audience=level.audience, level=level, status=PlanStatus.WRITING, version=0,
    )  # fmt: skip
    texts = {name: getattr(written, name).strip() if name in asked else "" for name in TEXTS}
    told = {"weeks": written.weeks, "starts_on": written.starts_on, "written_by": by.user, "written_on": on}
    told["met_on"] = written.met_on if "met_on" in asked else None
    for name, value in (told | texts).items():
        setattr(plan, name, value)
    plan.standards = [standard.value for standard in written.standards]
    plan.version += 1
    plan.save()
    if "rows" in asked:
        _keep_rows(plan, written.rows)
    _keep_weeks(plan, _planned(level, written), first=1)
    return plan


def _planned(level: LevelChange, written: Written) -> Sequence[WeekRow]:
    """A row for each week, planned or not; more where more were written."""
    planned = written.planned if level.state is not LIGHT else ()
    length = max(written.weeks or level.weeks or 0, len(planned))
    return [*planned, *(WeekRow() for _ in range(length - len(planned)))]


def _keep_rows(plan: Plan, rows: Sequence[ObjectiveRow]) -> None:
    known = {row.place: row for row in PlanObjective.objects.filter(plan=plan)}
    for place, told in enumerate(rows, 1):
        columns = asdict(told) | {"standards": [standard.value for standard in told.standards]}
        row = known.pop(place, None) or PlanObjective(plan=plan, place=place)
        for name, value in columns.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.save()
    for row in known.values():
        row.delete()


def _keep_weeks(plan: Plan, planned: Sequence[WeekRow], *, first: int) -> None:
    known = {week.number: week for week in PlanWeek.objects.filter(plan=plan, number__gte=first)}
    for number, told in enumerate(planned, first):
        week = known.pop(number, None) or PlanWeek(plan=plan, number=number)
        for name, value in asdict(told).items():
            setattr(week, name, value.strip())
        week.save()
    for week in known.values():
        week.delete()


def _first_and_length(written: Written) -> tuple[date, int]:
    if written.starts_on is None or written.weeks is None:  # refused before
        raise RuleBroken("Enter the first day of the plan", "starts_on")
    return written.starts_on, written.weeks


# Shared with what is done while a plan goes on


def role_of(by: Viewer, induction: Induction, may: frozenset[str]) -> str:
    """In which of some roles somebody acts in a case. Raises RuleBroken for none of them."""
    held = roles_in(by, induction)
    role = next((role for role in WEIGHT if role in may and role in held), None)
    if role is None:
        raise RuleBroken("This plan is not yours to write: ask whoever owns its level")
    return role


def refuse(objections: Sequence[Objection]) -> None:
    """Raise RuleBroken with the first of some objections, if there is any."""
    if objections:
        raise RuleBroken(objections[0].message, objections[0].field)


def going_on(plan: Plan, version: int | None = None) -> Plan:
    """The plan, after its case was locked. Raises RuleBroken unless it goes on, ChangedMeanwhile when it is no longer
    what the page showed, where that matters.
    """
    induction = Induction.objects.locked(plan.induction_id)
    found = Plan.objects.select_related("level", "placement", "school", "body").get(pk=plan.pk)
    found.induction = found.level.induction = induction
    if found.state is PlanStatus.WRITING:
        raise RuleBroken("This plan has not started yet")
    if found.state is not PlanStatus.GOING_ON:
        raise RuleBroken("This plan has ended: nothing more is written on it")
    if version not in (None, found.version):
        raise ChangedMeanwhile(found.version)
    return found
