"""Changes to service: working patterns, the contract, and the end of a placement."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.record import case_chain, record, snapshot

from .. import tell_changes as tell
from ..models import Appointment, Induction, Placement, WorkingPattern
from ..models.placements import DAYS
from ..reckon import reckon
from ..rules.changes import check_contract_end, check_not_a_slip, check_step_day, check_weekdays_agree
from ..rules.errors import RuleBroken
from ..rules.moving import LeavingCause
from ..rules.registration import check_pattern
from .versions import check_version, next_version


def locked_placement(placement_id: UUID) -> Placement:
    """A placement, after its case was locked."""
    placement = Placement.objects.get(pk=placement_id)
    Induction.objects.locked(placement.induction_id)
    placement.refresh_from_db()
    return placement


def check_step(
    placement: Placement,
    correcting: WorkingPattern | None,
    *,
    on: date,
    starts_on: date,
    fte: Decimal,
    days: dict[str, Decimal],
) -> None:
    """Whether a step of the working pattern may be recorded, or one corrected (R18). Raises RuleBroken otherwise."""
    check_pattern(fte=fte, days=days)
    check_weekdays_agree(fte=fte, days=days)
    check_not_a_slip(starts_on, on=on, field="starts_on")
    others = {step.pk: step.starts_on for step in placement.patterns.all()}
    was = others.pop(correcting.pk) if correcting else None
    check_step_day(
        starts_on, placed=(placement.starts_on, placement.ends_on), was=was, others=frozenset(others.values())
    )


@action
def set_pattern(
    *,
    by: Viewer | System,
    on: date,
    placement: Placement,
    starts_on: date,
    fte: Decimal,
    days: dict[str, Decimal],
    version: int | None = None,
) -> WorkingPattern:
    """Record how much a teacher works from a day on (R18; SG 2.74).

    Raises RuleBroken when the pattern is impossible, or the day lies outside the placement, over a year ahead, or has a
    step already; ChangedMeanwhile when `version` is no longer the placement's.
    """
    placement = locked_placement(placement.pk)
    check_version(placement, version)
    check_step(placement, None, on=on, starts_on=starts_on, fte=fte, days=days)
    pattern = WorkingPattern.objects.create(placement=placement, starts_on=starts_on, fte=fte, **days)
    next_version(placement)
    event = record(by, Event.PATTERN_SET, pattern, chain=case_chain(placement.induction_id), on=on, after=pattern)
    reckon(placement.induction)
    tell.changed(placement, event)
    return pattern


@action
def correct_pattern(
    *,
    by: Viewer | System,
    on: date,
    pattern: WorkingPattern,
    starts_on: date,
    fte: Decimal,
    days: dict[str, Decimal],
    version: int | None = None,
) -> WorkingPattern:
    """Put right a step of the working pattern that was recorded wrongly; the trail keeps what it was (R18).

    Raises RuleBroken as `set_pattern` does, and when nothing is different; ChangedMeanwhile likewise.
    """
    placement = locked_placement(pattern.placement_id)
    check_version(placement, version)
    pattern.refresh_from_db()
    before = snapshot(pattern)
    check_step(placement, pattern, on=on, starts_on=starts_on, fte=fte, days=days)
    pattern.starts_on, pattern.fte = starts_on, fte
    for day in DAYS:
        setattr(pattern, day, days.get(day))
    if snapshot(pattern) == before:
        raise RuleBroken("This is what is recorded already: change what was wrong", "fte")
    pattern.save()
    next_version(placement)
    chain = case_chain(placement.induction_id)
    event = record(by, Event.PATTERN_CORRECTED, pattern, chain=chain, on=on, before=before, after=pattern)
    reckon(placement.induction)
    tell.changed(placement, event)
    return pattern


@action
def end_placement(
    *,
    by: Viewer | System,
    on: date,
    placement: Placement,
    last_day: date,
    cause: LeavingCause = LeavingCause.OTHER,
    version: int | None = None,
) -> Placement:
    """End a placement, and the appointments in it, on its last day (R84). Appointments from a later day are taken back.

    Raises RuleBroken when the last day lies before the first or over a year ahead, or the placement has ended already;
    ChangedMeanwhile when `version` is no longer the placement's.
    """
    placement = locked_placement(placement.pk)
    check_version(placement, version)
    if placement.ends_on is not None:
        raise RuleBroken("This placement has ended already", "last_day")
    if last_day < placement.starts_on:
        raise RuleBroken("The last day must be on or after the first", "last_day")
    check_not_a_slip(last_day, on=on, field="last_day")
    placement.ends_on, placement.leaving_cause, placement.end_reported_on = last_day, LeavingCause(cause), on
    placement.save(update_fields=["ends_on", "leaving_cause", "end_reported_on"])
    next_version(placement)
    chain = case_chain(placement.induction_id)
    # The cause may be an illness: it stands with the placement alone, not in the trail.
    before, after = {"ends_on": None}, {"ends_on": last_day}
    event = record(by, Event.PLACEMENT_ENDED, placement, chain=chain, on=on, before=before, after=after)
    for appointment in placement.appointments.all():
        cut_short(by, on, appointment, last_day=last_day)
    reckon(placement.induction)
    tell.changed(placement, event)
    return placement


@action
def change_contract(
    *, by: Viewer | System, on: date, placement: Placement, contract_ends_on: date | None, version: int | None = None
) -> Placement:
    """Record when a contract ends, or that it has no end (SG 2.74). The placement itself goes on until it is ended.

    Raises RuleBroken for an end before the induction served in it (R3), or when nothing is different; ChangedMeanwhile
    when `version` is no longer the placement's.
    """
    placement = locked_placement(placement.pk)
    check_version(placement, version)
    check_contract_end(contract_ends_on, starts_on=placement.starts_on, ends_on=placement.ends_on)
    if contract_ends_on == placement.contract_ends_on:
        raise RuleBroken("This is what is recorded already", "contract_ends_on")
    before = {"contract_ends_on": placement.contract_ends_on}
    placement.contract_ends_on = contract_ends_on
    placement.save(update_fields=["contract_ends_on"])
    next_version(placement)
    after = {"contract_ends_on": contract_ends_on}
    chain = case_chain(placement.induction_id)
    event = record(by, Event.CONTRACT_CHANGED, placement, chain=chain, on=on, before=before, after=after)
    reckon(placement.induction)
    tell.changed(placement, event)
    return placement


def cut_short(by: Viewer | System, on: date, appointment: Appointment, *, last_day: date) -> AuditEvent | None:
    """Let an appointment end no later than a day, and record it; take it back if it would start after."""
    if appointment.ends_on is not None and appointment.ends_on <= last_day:
        return None
    chain, before, after = case_chain(appointment.induction_id), {"ends_on": appointment.ends_on}, {"ends_on": last_day}
    if appointment.starts_on > last_day:
        event = record(by, Event.APPOINTMENT_ENDED, appointment, chain=chain, on=on, before=appointment)
        appointment.delete()
        return event
    appointment.ends_on = last_day
    appointment.save(update_fields=["ends_on"])
    return record(by, Event.APPOINTMENT_ENDED, appointment, chain=chain, on=on, before=before, after=after)
