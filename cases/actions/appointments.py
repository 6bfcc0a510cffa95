"""Appointing mentors and induction tutors."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_changes as tell
from ..models import Appointment, Induction, Placement
from ..querysets import in_force
from ..rules.errors import RuleBroken
from ..rules.registration import check_appointment
from .service import cut_short, locked_placement

KINDS = {
    Appointment.Kind.MENTOR: (Event.MENTOR_APPOINTED, {Role.MENTOR}),
    Appointment.Kind.TUTOR: (Event.TUTOR_APPOINTED, {Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD}),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an appointment (R9, R46, R47): time in minutes a week."""

    minutes_a_week: int
    has_qts: bool = True
    trained_on: date | None = None
    subject: str = ""
    exception_reason: str = ""


@action
def appoint(
    *, by: Viewer | System, on: date, placement: Placement, kind: str, user: User, starts_on: date, terms: Terms
) -> Appointment:
    """Appoint a mentor or an induction tutor; whoever held the role until then ends the day before.

    Raises RuleBroken for the ECT themself, for one person in both roles without a reason (R10), for somebody without
    the role at the school, and for a start outside the placement.
    """
    placement = locked_placement(placement.pk)
    event, roles = KINDS[Appointment.Kind(kind)]
    check_appointment(
        is_the_ect=placement.induction.teacher.user_id == user.pk,
        holds_other_role=_others(placement, starts_on).filter(user=user).exclude(kind=kind).exists(),
        exception_reason=terms.exception_reason,
    )
    if starts_on < placement.starts_on or (placement.ends_on and starts_on > placement.ends_on):
        raise RuleBroken("The appointment must start on a day of the placement", "starts_on")
    held = Membership.objects.filter(in_force("", on=starts_on), organisation_id=placement.school_id, user=user)
    if not held.filter(role__in=roles).exists():
        raise RuleBroken(f"{user.name} does not have this role at the school", "user")
    _make_way(by, on, placement, kind, starts_on)
    appointment = Appointment.objects.create(
        induction_id=placement.induction_id,
        placement=placement,
        school_id=placement.school_id,
        kind=kind,
        user=user,
        starts_on=starts_on,
        ends_on=placement.ends_on,
        **{name: getattr(terms, name) for name in Terms.__slots__},
    )
    told = record(by, event, appointment, chain=case_chain(placement.induction_id), on=on, after=appointment)
    tell.changed(placement, told, also={user})
    return appointment


def _others(placement: Placement, on: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(induction=placement.induction_id, school=placement.school_id).exclude(
        ends_on__lt=on
    )


def _make_way(by: Viewer | System, on: date, placement: Placement, kind: str, starts_on: date) -> None:
    """End the appointment in force on the day before the new one; refuse to replace one that starts later."""
    day_before = date.fromordinal(starts_on.toordinal() - 1)
    for held in _others(placement, starts_on).filter(kind=kind):
        if held.starts_on >= starts_on:
            raise RuleBroken("Somebody is appointed from that day or later already", "starts_on")
        cut_short(by, on, held, last_day=day_before)


@action
def end_appointment(*, by: Viewer | System, on: date, appointment: Appointment, last_day: date) -> Appointment:
    """End an appointment on its last day; the person no longer sees the case from the day after.

    Raises RuleBroken when the last day lies before the first, or the appointment ended earlier.
    """
    Induction.objects.locked(appointment.induction_id)
    appointment.refresh_from_db()
    if appointment.ends_on is not None and appointment.ends_on <= last_day:
        raise RuleBroken("This appointment ends no later already", "last_day")
    if last_day < appointment.starts_on:
        raise RuleBroken("The last day must be on or after the first", "last_day")
    if event := cut_short(by, on, appointment, last_day=last_day):
        tell.changed(appointment.placement, event, also={appointment.user})
    return appointment
