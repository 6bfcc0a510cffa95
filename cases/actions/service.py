"""Changes to service: working patterns, and the end of a placement."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import Appointment, Induction, Placement, WorkingPattern
from ..reckon import reckon
from ..rules.errors import RuleBroken
from ..rules.registration import check_pattern


def locked_placement(placement_id: UUID) -> Placement:
    """A placement, after its case was locked."""
    placement = Placement.objects.get(pk=placement_id)
    Induction.objects.locked(placement.induction_id)
    placement.refresh_from_db()
    return placement


@action
def set_pattern(
    *, by: Viewer | System, on: date, placement: Placement, starts_on: date, fte: Decimal, days: dict[str, Decimal]
) -> WorkingPattern:
    """Record how much a teacher works from a day on (R18; SG 2.74).

    Raises RuleBroken when the pattern is impossible, or the day lies outside the placement or has a step already.
    """
    check_pattern(fte=fte, days=days)
    placement = locked_placement(placement.pk)
    if starts_on < placement.starts_on or (placement.ends_on and starts_on > placement.ends_on):
        raise RuleBroken("The working pattern must start on a day of the placement", "starts_on")
    if placement.patterns.filter(starts_on=starts_on).exists():
        raise RuleBroken("There is a working pattern from this day already", "starts_on")
    pattern = WorkingPattern.objects.create(placement=placement, starts_on=starts_on, fte=fte, **days)
    record(by, Event.PATTERN_SET, pattern, chain=case_chain(placement.induction_id), on=on, after=pattern)
    reckon(placement.induction)
    return pattern


@action
def end_placement(*, by: Viewer | System, on: date, placement: Placement, last_day: date) -> Placement:
    """End a placement, and the appointments in it, on its last day (R84). Appointments from a later day are taken back.

    Raises RuleBroken when the last day lies before the first, or the placement has ended already.
    """
    placement = locked_placement(placement.pk)
    if placement.ends_on is not None:
        raise RuleBroken("This placement has ended already", "last_day")
    if last_day < placement.starts_on:
        raise RuleBroken("The last day must be on or after the first", "last_day")
    placement.ends_on = last_day
    placement.save(update_fields=["ends_on"])
    chain = case_chain(placement.induction_id)
    record(by, Event.PLACEMENT_ENDED, placement, chain=chain, on=on, before={"ends_on": None}, after=placement)
    for appointment in placement.appointments.all():
        cut_short(by, on, appointment, last_day=last_day)
    reckon(placement.induction)
    return placement


def cut_short(by: Viewer | System, on: date, appointment: Appointment, *, last_day: date) -> None:
    """Let an appointment end no later than a day, and record it; take it back if it would start after."""
    if appointment.ends_on is not None and appointment.ends_on <= last_day:
        return
    chain, before, after = case_chain(appointment.induction_id), {"ends_on": appointment.ends_on}, {"ends_on": last_day}
    if appointment.starts_on > last_day:
        record(by, Event.APPOINTMENT_ENDED, appointment, chain=chain, on=on, before=appointment)
        appointment.delete()
        return
    appointment.ends_on = last_day
    appointment.save(update_fields=["ends_on"])
    record(by, Event.APPOINTMENT_ENDED, appointment, chain=chain, on=on, before=before, after=after)
