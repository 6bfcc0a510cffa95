"""Inviting people, and accepting. A link works once, for fourteen days; sending it again ends the earlier one."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.functions import Now

from cases.rules.errors import RuleBroken

from ... import clock
from ...audit.acting import action
from ...audit.events import Event
from ...audit.record import organisation_chain, record
from .. import hooks
from ..finding import user_at
from ..giving import check_may_give
from ..links import wake_after_commit
from ..models import Invitation, Membership, Organisation, User
from ..permissions import Role
from ..viewer import System, Viewer
from .organisations import ROLES_OF, add_user, grant_membership

VALID = timedelta(days=14)
PORTAL = System("accept_invitation")


@action
def invite(
    *,
    by: Viewer | System,
    on: date,
    role: Role,
    email: str,
    name: str,
    organisation: Organisation | None = None,
    subject_id: UUID | None = None,
    sender: Organisation | None = None,
) -> Invitation:
    """Invite somebody by mail to a role at an organisation or, as an ECT, to their own record (`subject_id`).

    `sender` is named in the mail: by default who is acted for, else the organisation. Whether the address has a sign-in
    makes no difference here. Raises RuleBroken for a missing name, a role that the organisation does not have or the
    viewer may not give, somebody who holds it already, or an invitation that is open already.
    """
    email = email.strip().lower()
    if not name.strip():
        raise RuleBroken("Enter their full name", "name")
    if organisation is not None:
        _check_role(by, on, organisation, role, email)
    _check_none_open(organisation, role, email, subject_id)
    return _invited(
        by,
        on,
        organisation=organisation,
        sender=sender or by.organisation or organisation,
        role=role,
        subject_id=subject_id,
        email=email,
        name=name.strip(),
    )


def _invited(by: Viewer | System, on: date, **offered: Any) -> Invitation:
    invitation = Invitation.objects.create(invited_by=by.user, invited_on=on, expires_on=on + VALID, **offered)
    _record(by, on, Event.PERSON_INVITED, invitation)
    wake_after_commit()
    return invitation


def _check_role(by: Viewer | System, on: date, organisation: Organisation, role: Role, email: str) -> None:
    """Locks the organisation, so that one person is not invited twice at the same moment."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if role not in ROLES_OF[Organisation.Kind(organisation.kind)]:
        raise RuleBroken(f"{organisation.name} has no role of {role.label.lower()}", "role")
    if isinstance(by, Viewer):
        check_may_give(by.roles, role)
    held = Membership.objects.current(on=on).filter(organisation=organisation, role=role, user__email=email)
    if held.exists():
        raise RuleBroken(f"This person is already {role.label.lower()} at {organisation.name}", "email")


def _check_none_open(organisation: Organisation | None, role: Role, email: str, subject_id: UUID | None) -> None:
    if subject_id is not None:
        _one_at_a_time(str(subject_id))
        found = Invitation.objects.open().filter(subject_id=subject_id)
    else:
        found = Invitation.objects.open().filter(organisation=organisation, role=role, email=email)
    if found.exists():
        raise RuleBroken("They have been invited already. You can send the invitation again, or withdraw it", "email")


@action
def resend(*, by: Viewer | System, on: date, invitation_id: UUID) -> Invitation:
    """Send an invitation again, with a new link for another fourteen days. The earlier link is dead at once.

    Raises RuleBroken when it was accepted or withdrawn.
    """
    invitation = _locked(by, invitation_id)
    before = {"expires_on": invitation.expires_on}
    invitation.link_digest, invitation.sent_at, invitation.failure, invitation.attempts = "", None, "", 0
    invitation.expires_on, invitation.next_attempt_at = on + VALID, Now()
    invitation.save()
    _record(by, on, Event.INVITATION_RESENT, invitation, before=before, after={"expires_on": invitation.expires_on})
    wake_after_commit()
    return invitation


@action
def withdraw(*, by: Viewer | System, on: date, invitation_id: UUID) -> Invitation:
    """Take an invitation back; its link is dead at once.

    Raises RuleBroken when it was accepted or withdrawn.
    """
    invitation = _locked(by, invitation_id)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    _record(by, on, Event.INVITATION_WITHDRAWN, invitation, after={"withdrawn_at": invitation.withdrawn_at})
    return invitation


def _locked(by: Viewer | System, invitation_id: UUID) -> Invitation:
    """An open invitation that they may deal with, after what it leads to was locked."""
    known = Invitation.objects.get(pk=invitation_id)
    _lock_what_it_leads_to(known)
    if known.organisation_id and isinstance(by, Viewer):
        check_may_give(by.roles, Role(known.role))
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    if invitation.accepted_at:
        raise RuleBroken("This invitation has been accepted already")
    if invitation.withdrawn_at:
        raise RuleBroken("This invitation was withdrawn. Invite the person again")
    return invitation


def _lock_what_it_leads_to(invitation: Invitation) -> None:
    """The organisation or the record: always before the invitation, so that nobody waits for each other."""
    if invitation.organisation_id:
        Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    else:
        hooks.records(Role(invitation.role)).lock(invitation.record_id)


@action
def accept_invitation(
    *, on: date, invitation_id: UUID, user: User | None = None, name: str = "", password_hash: str = ""
) -> User:
    """Accept, as a user who is signed in, or as a new person with a name and the hash of a password.

    What was offered is given in the same transaction: a membership from today, or what an app registered for the role
    (`hooks.on_accepted`). Raises RuleBroken when the invitation does not work any more, is another person's, or its
    address has a sign-in and nobody is signed in.
    """
    offered = Invitation.objects.select_related("organisation").get(pk=invitation_id)
    _one_at_a_time(offered.email)
    _lock_what_it_leads_to(offered)
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    if not invitation.works(on=on):
        raise RuleBroken("This invitation does not work any more. Ask for it to be sent again")
    owner = user_at(invitation.email)
    if owner != user:
        raise RuleBroken("This invitation is for another sign-in. Sign in with the address it was sent to")
    user = owner or add_user(by=PORTAL, on=on, email=invitation.email, name=name, password_hash=password_hash)
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    by = Viewer(user, invitation.organisation, frozenset(), on)
    _complete(by, on, invitation, user)
    _record(by, on, Event.INVITATION_ACCEPTED, invitation, after={"accepted_by_id": user.pk})
    return user


def _complete(by: Viewer, on: date, invitation: Invitation, user: User) -> None:
    """Give what was offered. A role that they were given meanwhile is theirs already."""
    role, organisation = Role(invitation.role), invitation.organisation
    if complete := hooks.accepted(role):
        complete(by, on, invitation, user)
    elif organisation is not None:
        held = Membership.objects.filter(user=user, organisation=organisation, role=role)
        if not held.exclude(ends_on__lt=on).exists():
            grant_membership(by=PORTAL, on=on, user=user, organisation=organisation, role=role)


def _one_at_a_time(key: str) -> None:
    """Two people (or one twice) who do the same at the same moment are served one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [key])


def _record(
    by: Viewer | System,
    on: date,
    event: Event,
    invitation: Invitation,
    *,
    before: dict[str, date] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """In the chain of the organisation, or of the record that an ECT is invited to; never an address or a name."""
    if invitation.organisation_id:
        chain = organisation_chain(invitation.organisation_id)
    else:
        chain = hooks.records(Role(invitation.role)).chain(invitation.record_id)
    role, organisation, subject = invitation.role, invitation.organisation_id, invitation.subject_id
    offered = {"role": role, "organisation_id": organisation, "subject_id": subject}
    record(by, event, invitation, chain=chain, on=on, before=before, after=after or offered)
