"""The time to appeal against a decision, and an appeal from the day it is made to its outcome (R66-R68).

An officer of the body that decided records what the Agency and the ECT did; what the body itself answers is in
`appeal_steps`.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from cases.models import DecisionExtension, Induction
from cases.reckon import reckon
from cases.rules.appeals import (
    ENDINGS,
    check_appealable,
    check_copy,
    check_day,
    check_lodged,
    check_longer,
    check_outcome,
    closes_on,
    has_passed,
)
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import AppealOutcome
from cases.rules.statuses import AppealStatus, DecisionStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import Appeal, AppealGround, AppealTime, Decision
from ..outcome import tell_appeals
from ..outcome.appeal_standing import Standing, is_appealable, standing_of
from ..outcome.standing import is_contact

BODY = Role.BODY_OFFICER
SYSTEM = "system"
OURS_ALONE = "Only the appropriate body that made the decision records an appeal against it"


class AppealConflict(Exception):  # noqa: N818 - nothing is wrong: somebody else was first
    """Somebody else has recorded something of this appeal since the officer looked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@action
def allow_more_time(*, by: Viewer, on: date, decision: Decision, until: date, allowed_on: date) -> AppealTime:
    """The Agency gives more time to appeal, before the last day or after it. A window that had closed is open again:
    nobody has failed, and no employment has to end. Raises RuleBroken for days that cannot be.
    """
    seen = _begin(by, decision)
    check_longer(until, allowed_on, seen.time, decided_on=seen.decided_on, today=on)
    status = seen.status(on)
    if status is not AppealStatus.WINDOW_OPEN:
        check_move(status, AppealStatus.WINDOW_OPEN, BODY)
    undone = seen.dismissal_from is not None
    row = seen.row or _time(seen.decision)
    row.until, row.allowed_on, row.closed_on = until, allowed_on, None
    row.save()
    _record(by, Event.APPEAL_TIME_LENGTHENED, row, on, until=until, allowed_on=allowed_on)
    _after(seen.decision, f"until {until}", by=by, undone=undone)
    return row


@action
def renounce_appeal(*, by: Viewer, on: date, decision: Decision, renounced_on: date) -> AppealTime:
    """The ECT has said in writing that they will not appeal (Reg 12(4)(a)). Raises RuleBroken once the time is over."""
    seen = _begin(by, decision)
    check_move(seen.status(on), AppealStatus.NOT_APPEALING, BODY)
    _check_since_decision(renounced_on, seen, on, "renounced_on")
    row = seen.row or _time(seen.decision)
    row.renounced_on = renounced_on
    row.save()
    _record(by, Event.APPEAL_RENOUNCED, row, on, renounced_on=renounced_on)
    _after(seen.decision, "renounced", by=by)
    return row


@action
def end_time_to_appeal(*, by: System, on: date, decision_id: UUID) -> bool:
    """Note that the time to appeal against a fail has passed, and tell everybody: from the day after its last one the
    teacher has failed. Said twice, or while it runs, it does nothing; whether it did.
    """
    seen = _locked(decision_id)
    return seen.decision.state is DecisionStatus.FAILED and _close(by, on, seen)


@action
def lodge_appeal(
    *, by: Viewer, on: date, decision: Decision, made_on: date, learned: str, grounds: str,
    copy_on: date | None = None, permitted_on: date | None = None, representative: str = "",
    wants_hearing: bool | None = None,
) -> Appeal:  # fmt: skip
    """Record that the ECT appealed: in time, or late with the Agency's permission. `grounds` are parted by empty lines.

    Raises AppealConflict for an appeal that somebody recorded meanwhile, RuleBroken for days that cannot be.
    """
    seen = _begin(by, decision)
    if seen.appeal:
        name = seen.appeal.by.name
        raise AppealConflict(f"{name} recorded this appeal while you had this page open. Nothing was changed")
    check_lodged(made_on, permitted_on, seen.time, decided_on=seen.decided_on, today=on)
    check_move(seen.status(on), AppealStatus.MADE, BODY)
    _check_copy(learned, copy_on, made_on, on)
    undone = seen.dismissal_from is not None
    known: dict[str, Any] = {"made_on": made_on, "learned": learned, "copy_on": copy_on, "permitted_on": permitted_on}
    written = {"representative": representative.strip(), "wants_hearing": wants_hearing}
    made = {"decision": seen.decision, "status": "made", "by": by.user, "on": on} | seen.decision.origin
    appeal = Appeal.objects.create(**made, **known, **written)
    said = [text.strip() for text in grounds.split("\n\n") if text.strip()]
    rows = [AppealGround(appeal=appeal, number=number, text=text) for number, text in enumerate(said, 1)]
    AppealGround.objects.bulk_create(rows)
    _record(by, Event.APPEAL_LODGED, appeal, on, grounds=len(rows), **known)
    _after(seen.decision, "made", by=by, undone=undone)
    return appeal


@action
def withdraw_appeal(*, by: Viewer, on: date, appeal: Appeal, version: int, ended_on: date) -> Appeal:
    """The ECT has withdrawn the appeal: the decision stands. Raises AppealConflict and RuleBroken as other steps do."""
    appeal = open_appeal(by, appeal, version)
    check_move(appeal.state, AppealStatus.WITHDRAWN, BODY)
    _check_since_made(ended_on, appeal, on)
    appeal.status, appeal.ended_on = AppealStatus.WITHDRAWN, ended_on
    recorded(by, Event.APPEAL_WITHDRAWN, appeal, on, ended_on=ended_on)
    seen = standing_of(appeal.decision)
    if seen.decision.state is DecisionStatus.FAILED:
        _close(by, on, seen)
    return appeal


@action
def decide_appeal(
    *, by: Viewer, on: date, appeal: Appeal, version: int, outcome: AppealOutcome, ended_on: date, told_on: date,
    terms: Decimal | None = None, note: str = "",
) -> Appeal:  # fmt: skip
    """Record how the Agency decided, and let it take effect on the clock and the teacher's status (Reg 14(3)-(4)).

    `told_on` is when school and body had written notice of it. Raises as other steps do, and RuleBroken for an outcome
    that an appeal against this decision cannot have.
    """
    appeal = open_appeal(by, appeal, version)
    decision, ends = appeal.decision, ENDINGS[outcome]
    ordered = Fraction(terms) if terms is not None else None
    check_outcome(outcome, ordered, decision.decides, before=Fraction(decision.terms))
    if appeal.state is AppealStatus.MADE and ends is not AppealStatus.ALLOWED:
        raise RuleBroken("Record your reply first: without one, an appeal is allowed", "outcome")
    check_move(appeal.state, ends, BODY)
    _check_since_made(ended_on, appeal, on)
    what, since = "The day of the notice of it", "when the Agency decided"
    check_day(told_on, today=on, field="told_on", what=what, since=ended_on, since_what=since)
    appeal.status, appeal.ended_on, appeal.told_on, appeal.note = ends, ended_on, told_on, note.strip()
    appeal.terms = terms or Decimal(0)
    if ends is not AppealStatus.DISMISSED:
        _change(decision, outcome, appeal)
    told = {"outcome": outcome.value, "terms": appeal.terms, "ended_on": ended_on, "told_on": told_on}
    recorded(by, Event.APPEAL_DECIDED, appeal, on, was=decision.terms, **told)
    return appeal


def open_appeal(by: Viewer, appeal: Appeal, version: int) -> Appeal:
    """The appeal, its case locked. Raises AppealConflict when it moved on since the officer looked, or has ended, and
    RuleBroken for who may not record it.
    """
    seen = _begin(by, appeal.decision)
    if seen.appeal is None:
        raise RuleBroken("There is no appeal against this decision")
    found = seen.appeal
    found.decision, found.induction = seen.decision, seen.decision.induction
    found.school, found.body = seen.decision.school, seen.decision.body
    if found.version != version:
        raise AppealConflict(
            f"Somebody else recorded something of this appeal while you had this page open: it is now "
            f"“{found.state.label.lower()}”. Nothing was changed"
        )
    if not found.made.is_open:
        raise RuleBroken("This appeal has ended, so nothing more is recorded of it")
    return found


def recorded(by: Viewer, event: Event, appeal: Appeal, on: date, **told: Any) -> None:
    """A step of an appeal was taken: its row is saved, the trail has it, the dates move and people are told."""
    appeal.version += 1
    appeal.save()
    _record(by, event, appeal, on, status=appeal.status, **told)
    _after(appeal.decision, f"{event}-{appeal.version}", by=by)


def _begin(by: Viewer, decision: Decision) -> Standing:
    """Where the appeal stands, the case locked. Raises RuleBroken for who may not record anything of it."""
    seen = _locked(decision.pk)
    if by.organisation is None or by.organisation.pk != seen.decision.body_id or not is_appealable(seen.decision):
        raise RuleBroken(OURS_ALONE)
    check_appealable(seen.decision.decides, is_contact=is_contact(seen.decision.induction, by.user))
    return seen


def _locked(decision_id: UUID) -> Standing:
    rows = Decision.objects.select_related("school", "body", "placement", "assessment", "extension")
    induction = Induction.objects.locked(Decision.objects.values_list("induction", flat=True).get(pk=decision_id))
    decision = rows.get(pk=decision_id)
    decision.induction = induction
    return standing_of(decision)


def _close(by: Viewer | System, on: date, seen: Standing) -> bool:
    """Note that the time has passed, if it has, and was not noted yet."""
    time = seen.time
    if time.until is None or time.closed_on or not has_passed(time, seen.made, today=on):
        return False
    row = seen.row or _time(seen.decision)
    row.closed_on = closes_on(time.until)
    row.save()
    _record(by, Event.APPEAL_TIME_CLOSED, row, on, closed_on=row.closed_on)
    reckon(seen.decision.induction)
    tell_appeals.time_ended(seen.decision, f"until {time.until}")
    return True


def _change(decision: Decision, outcome: AppealOutcome, appeal: Appeal) -> None:
    """The Agency's order takes the place of the decision: an extension goes, lasts otherwise, or comes instead."""
    check_move(decision.state, DecisionStatus.VARIED, BODY)
    decision.status, extension = DecisionStatus.VARIED, decision.extension
    decision.save(update_fields=["status"])
    if outcome is AppealOutcome.EXTENDED:
        number = decision.induction.decision_extensions.count() + 1
        given = {"number": number, "terms": appeal.terms, "decided_on": appeal.ended_on}
        DecisionExtension.objects.create(induction=decision.induction, **given)
    elif extension and outcome is AppealOutcome.OTHER_PERIOD:
        extension.terms = appeal.terms
        extension.save(update_fields=["terms"])
    elif extension:
        extension.set_aside_on = appeal.ended_on
        extension.save(update_fields=["set_aside_on"])


def _check_copy(learned: str, copy_on: date | None, made_on: date, on: date) -> None:
    if learned == Appeal.Learned.COPY and copy_on is None:
        raise RuleBroken(
            "Enter the day on which the Agency’s copy reached you: your time to reply runs from it", "copy_on"
        )
    if copy_on:
        check_copy(copy_on, made_on=made_on, today=on)


def _check_since_decision(day: date, seen: Standing, on: date, field: str) -> None:
    what, since = "The day of the ECT’s letter", "when you decided"
    check_day(day, today=on, field=field, what=what, since=seen.decided_on, since_what=since)


def _check_since_made(day: date, appeal: Appeal, on: date) -> None:
    what, since = "The day on which it ended", "when the appeal was made"
    check_day(day, today=on, field="ended_on", what=what, since=appeal.made_on, since_what=since)


def _time(decision: Decision) -> AppealTime:
    return AppealTime(decision=decision, **decision.origin)


def _after(decision: Decision, step: str, *, by: Viewer, undone: bool = False) -> None:
    """The dates move, and people are told; a headteacher whom a day was named also that it no longer stands."""
    reckon(decision.induction)
    tell_appeals.moved(decision, step, by=by.user)
    if undone:
        tell_appeals.dismissal_undone(decision, step)


def _record(by: Viewer | System, event: Event, row: Appeal | AppealTime, on: date, **told: Any) -> None:
    """What was written stays in the rows: the trail keeps days, status and numbers."""
    record(by, event, row, chain=case_chain(row.induction_id), on=on, after=told)
