"""Recording what an ECT teaches (R40-R44)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, snapshot

from ..models import Placement, Timetable
from ..policies import body_of, policy_of
from ..reckon import reckon
from ..rules.changes import check_not_a_slip
from ..rules.errors import RuleBroken
from ..rules.timetable import AveragingCycle
from ..rules.timetables import check_amounts, check_cycle
from .service import locked_placement
from .versions import check_version, next_version


def check_timetable(
    placement: Placement, *, on: date, starts_on: date, cycle: str, unit: str, reference: Decimal, taught: Decimal
) -> None:
    """Whether a timetable may be recorded, too full or not (R41, R43). Raises RuleBroken otherwise."""
    check_not_a_slip(starts_on, on=on, field="starts_on")
    if starts_on < placement.starts_on or (placement.ends_on and starts_on > placement.ends_on):
        raise RuleBroken("The timetable must start on a day of the placement", "starts_on")
    check_amounts(reference=Fraction(reference), taught=Fraction(taught))
    body = body_of(placement.induction, on=on)
    longest = policy_of(school=placement.school_id, body=body, on=on).averaging_cycle
    check_cycle(AveragingCycle(cycle), AveragingCycle(longest))


@action
def record_timetable(
    *,
    by: Viewer | System,
    on: date,
    placement: Placement,
    starts_on: date,
    cycle: str,
    unit: str,
    reference: Decimal,
    taught: Decimal,
    version: int | None = None,
) -> Timetable:
    """Record what an ECT teaches from a day on, or correct what was recorded from that day (R40-R44).

    A timetable that is too full is recorded as it is: the headteacher has to reduce it. Raises RuleBroken for a day
    outside the placement or over a year ahead, amounts that cannot be, a cycle longer than the settings allow, when no
    body is responsible yet, or when nothing is different; ChangedMeanwhile when `version` is no longer the placement's.
    """
    placement = locked_placement(placement.pk)
    check_version(placement, version)
    told: dict[str, Any] = {"cycle": cycle, "unit": unit, "reference": reference, "taught": taught}
    check_timetable(placement, on=on, starts_on=starts_on, **told)
    known = Timetable.objects.filter(placement=placement, starts_on=starts_on).first()
    before = snapshot(known)
    if known and all(getattr(known, name) == value for name, value in told.items()):
        raise RuleBroken("This is what is recorded already from that day", "taught")
    row = known or _new(placement, starts_on, on)
    for name, value in told.items():
        setattr(row, name, value)
    row.recorded_by, row.recorded_on = by.user, on
    row.save()
    next_version(placement)
    chain = case_chain(placement.induction_id)
    record(by, Event.TIMETABLE_RECORDED, row, chain=chain, on=on, before=before, after=row)
    reckon(placement.induction)
    return row


def _new(placement: Placement, starts_on: date, on: date) -> Timetable:
    body = body_of(placement.induction, on=max(on, placement.starts_on))
    if body is None:
        raise RuleBroken("No appropriate body is responsible for this induction yet: record the timetable once one is")
    return Timetable(
        induction_id=placement.induction_id,
        placement=placement,
        school_id=placement.school_id,
        body_id=body,
        starts_on=starts_on,
    )
