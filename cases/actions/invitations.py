"""An ECT's invitation to their own record, and appointments that end with a role."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from induction_portal.accounts.actions import invite, resend, withdraw
from induction_portal.accounts.finding import user_at
from induction_portal.accounts.models import Invitation, Membership, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action

from ..models import Appointment, Induction, Placement
from ..rules.errors import RuleBroken
from .appointments import KINDS
from .registration import link_record
from .service import cut_short


@action
def invite_ect(*, by: Viewer | System, on: date, induction_id: UUID, email: str, name: str) -> Invitation:
    """Invite an ECT, by mail, to open their own record; accepting links it to their sign-in, for life.

    The mail names who invites: the viewer's organisation, or the ECT's latest school. Raises RuleBroken when the record
    has its ECT already, or an invitation to it is open (`accounts.actions.resend` sends that one again).
    """
    induction = Induction.objects.locked(induction_id)
    if induction.teacher.user_id:
        raise RuleBroken("This ECT can open their record already", "email")
    latest = Placement.objects.filter(induction=induction).select_related("school").order_by("-starts_on").first()
    sender = by.organisation or (latest.school if latest else None)
    return invite(by=by, on=on, role=Role.ECT, email=email, name=name, subject_id=induction.pk, sender=sender)


@action
def invite_ect_at(*, by: Viewer | System, on: date, induction_id: UUID, email: str) -> Invitation:
    """Invite an ECT at an address; an open invitation to another address is withdrawn with it.

    Raises RuleBroken as `invite_ect` does, when the invitation that is open went to this very address, and for the
    address of somebody who is or was mentor or induction tutor in the case (R10).
    """
    induction = Induction.objects.locked(induction_id)
    owner = user_at(email.strip())
    if owner and induction.appointments.filter(user=owner).exists():
        raise RuleBroken(
            f"This is the address of {owner.name}, who mentors or reviews this ECT: enter another", "email"
        )
    if induction.teacher.user_id is None and (earlier := invitation_to(induction_id)):
        if earlier.email == email.strip().lower():
            raise RuleBroken("This is the address that was invited. Send that invitation again instead", "email")
        withdraw(by=by, on=on, invitation_id=earlier.pk)
    return invite_ect(by=by, on=on, induction_id=induction_id, email=email, name=induction.teacher.name)


@action
def resend_to_ect(*, by: Viewer | System, on: date, induction_id: UUID) -> Invitation:
    """Send an ECT's invitation again. Raises RuleBroken when none is open, or the record has its ECT already."""
    return resend(by=by, on=on, invitation_id=_open(induction_id).pk)


@action
def withdraw_from_ect(*, by: Viewer | System, on: date, induction_id: UUID) -> Invitation:
    """Take an ECT's invitation back. Raises RuleBroken when none is open, or the record has its ECT already."""
    return withdraw(by=by, on=on, invitation_id=_open(induction_id).pk)


def invitation_to(induction_id: UUID) -> Invitation | None:
    """The invitation to a record that was neither accepted nor withdrawn."""
    return Invitation.objects.open().filter(subject_id=induction_id).first()


def _open(induction_id: UUID) -> Invitation:
    """The open invitation to a record, its case locked."""
    if Induction.objects.locked(induction_id).teacher.user_id:
        raise RuleBroken("This ECT can open their record already")
    if (invitation := invitation_to(induction_id)) is None:
        raise RuleBroken("No invitation is open. Enter the ECT’s address to send one")
    return invitation


def open_record(by: Viewer, on: date, invitation: Invitation, user: User) -> None:
    """Complete an ECT's invitation: link the record, in the transaction that accepts it."""
    link_record(by=by, on=on, induction=Induction.objects.get(pk=invitation.record_id), user=user)


def end_with_role(by: Viewer | System, on: date, membership: Membership, last_day: date) -> None:
    """End the appointments that rest on a role which ends, on its last day, in the transaction that ends it.

    Whoever left sees no case by an appointment left behind, and the gap shows as a task (`cases.gaps`). An appointment
    that another of their roles at the school still bears goes on.
    """
    held = Membership.objects.current(on=last_day + timedelta(days=1)).filter(
        user=membership.user_id, organisation=membership.organisation_id
    )
    left = set(held.exclude(pk=membership.pk).values_list("role", flat=True))
    resting = [kind for kind, (_, roles) in KINDS.items() if membership.role in roles and not roles & left]
    longer = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=last_day),
        school=membership.organisation_id,
        user=membership.user_id,
        kind__in=resting,
    )
    for induction_id in longer.order_by("induction_id").values_list("induction_id", flat=True).distinct():
        Induction.objects.locked(induction_id)
    for appointment in longer.order_by("induction_id", "pk"):
        cut_short(by, on, appointment, last_day=last_day)
