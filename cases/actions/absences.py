"""Absences are recorded, changed, ended by a return, or withdrawn; the dates follow at once (R26-R38)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.record import case_chain, record, snapshot

from .. import tell_absences as tell
from ..absences import check_record, status_of
from ..deadlines import TERMLY
from ..models import Absence, AbsenceReason, Deadline, Induction, Placement
from ..parts import ABSENCE_RECORDED, happened
from ..querysets import in_force
from ..reckon import reckon
from ..rules.absence_kinds import AbsenceKind, Effect
from ..rules.errors import RuleBroken
from ..rules.statuses import ElectionStatus
from .absence_notices import note_figures
from .service import locked_placement
from .versions import check_version

CONFIRMED = "The appropriate body has confirmed the ECT’s choice about this leave, so it stands: ask the body first"
WITHDRAWN = "This absence has been withdrawn already"
WHOLE_DAY = Decimal(1)


@action
def record_absence(
    *,
    by: Viewer | System,
    on: date,
    placement: Placement,
    kind: AbsenceKind,
    starts_on: date,
    ends_on: date | None,
    fraction: Decimal = WHOLE_DAY,
) -> Absence:
    """Record days away; `ends_on` None while the ECT is away. `fraction` of the day, for part of one day (R27).

    Raises RuleBroken for days outside the placement, in the future (leave the law gives may be planned), over a year,
    part of several days, or that overlap with another absence of the kind.
    """
    placement = locked_placement(placement.pk)
    check_record(placement, None, on=on, kind=kind, starts_on=starts_on, ends_on=ends_on, fraction=fraction)
    induction = placement.induction
    period = induction.body_periods.filter(in_force("", on=on)).first()
    absence = Absence.objects.create(
        induction=induction,
        placement=placement,
        school_id=placement.school_id,
        body_id=period.body_id if period else placement.reported_body_id,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        day_fraction=fraction,
        recorded_by=by.user,
        recorded_on=on,
    )
    event = record(by, Event.ABSENCE_RECORDED, absence, chain=case_chain(induction.pk), on=on, after=_told(absence))
    _follow(by, on, absence, event)
    return absence


@action
def change_absence(
    *,
    by: Viewer | System,
    on: date,
    absence: Absence,
    kind: AbsenceKind,
    starts_on: date,
    ends_on: date | None,
    fraction: Decimal = WHOLE_DAY,
    version: int | None = None,
) -> Absence:
    """Put right an absence, or record the return from it; the trail keeps what it was.

    Raises RuleBroken as `record_absence` does, when nothing is different, or when it concerns leave about which the
    body has confirmed the choice; ChangedMeanwhile when `version` is no longer the absence's. A choice made before the
    return as it is recorded now is asked for again (R29).
    """
    absence = _locked(absence, version)
    before, was = _told(absence), status_of(absence, on)
    check_record(absence.placement, absence, on=on, kind=kind, starts_on=starts_on, ends_on=ends_on, fraction=fraction)
    absence.kind, absence.starts_on, absence.ends_on, absence.day_fraction = kind, starts_on, ends_on, fraction
    if _told(absence) == before:
        raise RuleBroken("This is what is recorded already: change what was wrong, or go back", "starts_on")
    _check_choice(absence)
    absence.version += 1
    absence.save()
    chain = case_chain(absence.induction_id)
    event = record(by, Event.ABSENCE_CHANGED, absence, chain=chain, on=on, before=before, after=_told(absence))
    _follow(by, on, absence, event, was=was)
    return absence


@action
def withdraw_absence(*, by: Viewer | System, on: date, absence: Absence, version: int | None = None) -> Absence:
    """Take back an absence that was recorded wrongly: it counts for nothing and stays to be seen.

    Raises RuleBroken when it was withdrawn already or the body has confirmed the choice about it; ChangedMeanwhile when
    `version` is no longer the absence's.
    """
    absence = _locked(absence, version)
    if absence.confirmed_on:
        raise RuleBroken(CONFIRMED)
    absence.withdrawn_on = on
    absence.version += 1
    absence.save(update_fields=["withdrawn_on", "version"])
    chain, before = case_chain(absence.induction_id), {"withdrawn_on": None}
    after = {"withdrawn_on": on}
    event = record(by, Event.ABSENCE_WITHDRAWN, absence, chain=chain, on=on, before=before, after=after)
    reckon(absence.induction)
    note_figures(by=by, on=on, induction=absence.induction)
    tell.recorded(absence, actor=event.actor_id, once=str(event.pk))
    return absence


@action
def write_reason(
    *, by: Viewer | System, on: date, absence: Absence, text: str, version: int | None = None
) -> AbsenceReason:
    """Write why, or write it anew. The trail tells that it was written, never what (R79).

    Raises RuleBroken without a text, or when somebody else wrote it since `version` (0 for none) was read.
    """
    if not text.strip():
        raise RuleBroken("Enter the reason", "text")
    Induction.objects.locked(absence.induction_id)
    reason = AbsenceReason.objects.filter(absence=absence).first()
    known = reason.version if reason else 0
    if version is not None and version != known:
        raise RuleBroken("Somebody else has written the reason since you opened this page: read it first", "text")
    reason = reason or AbsenceReason(absence=absence, version=0)
    reason.text, reason.written_by, reason.written_on = text.strip(), by.user, on
    reason.version = known + 1
    reason.save()
    chain, after = case_chain(absence.induction_id), {"version": reason.version}
    record(by, Event.ABSENCE_REASON_WRITTEN, absence, chain=chain, on=on, after=after)
    return reason


def _locked(absence: Absence, version: int | None) -> Absence:
    """The absence, after its case was locked. Raises RuleBroken when it was withdrawn, ChangedMeanwhile."""
    Induction.objects.locked(absence.induction_id)
    found = Absence.objects.select_related("placement__induction", "induction__teacher__user").get(pk=absence.pk)
    check_version(found, version)
    if found.withdrawn_on:
        raise RuleBroken(WITHDRAWN)
    return found


def _check_choice(absence: Absence) -> None:
    """A choice holds for the leave it was made about. Raises RuleBroken where the body has confirmed it (R29)."""
    if absence.elected is None:
        return
    if absence.confirmed_on:
        raise RuleBroken(CONFIRMED, "starts_on")
    still_leave = absence.what.effect is Effect.STATUTORY
    since = absence.elected_on
    if not still_leave or since is None or absence.ends_on is None or absence.ends_on >= since:
        absence.elected = absence.elected_on = None


def _told(absence: Absence) -> dict[str, Any]:
    """What the trail keeps of an absence: never why."""
    names = ("kind", "starts_on", "ends_on", "elected", "elected_on", "placement_id", "school_id", "body_id")
    told = snapshot(absence) or {}
    return {name: told[name] for name in names} | {"day_fraction": str(Fraction(absence.day_fraction))}


def _follow(
    by: Viewer | System, on: date, absence: Absence, event: AuditEvent, *, was: ElectionStatus | None = None
) -> None:
    """What follows from a recorded or changed absence: dates, warnings, and who is told."""
    reckon(absence.induction)
    note_figures(by=by, on=on, induction=absence.induction)
    once = str(event.pk)
    tell.recorded(absence, actor=event.actor_id, once=once)
    now = status_of(absence, on)
    if now is ElectionStatus.AWAITING_ELECTION and now is not was:
        tell.may_choose(absence, once=once)
    happened(ABSENCE_RECORDED, absence, by=by, on=on)
    if _falls_after_report(absence, on):
        tell.falls_after_report(absence, once=once)


def _falls_after_report(absence: Absence, on: date) -> bool:
    """R38: whether a day of it lies between a report's sending and the day on which it was due."""
    last = absence.ends_on or on
    sent = Deadline.objects.filter(induction=absence.induction_id, kind__in=TERMLY, is_open=False)
    return sent.filter(closed_on__lt=last, due_on__gte=absence.starts_on).exists()
