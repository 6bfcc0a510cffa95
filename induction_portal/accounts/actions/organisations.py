"""What is done to people and organisations. Each action writes, records and commits as one."""

import re
import uuid
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from cases.rules.errors import RuleBroken

from ...audit.acting import action
from ...audit.events import Event
from ...audit.record import INSTALLATION, organisation_chain, record
from .. import hooks
from ..finding import user_at
from ..giving import MANAGING, check_may_give
from ..models import Membership, Organisation, User
from ..permissions import Role
from ..viewer import System, Viewer

URN = re.compile(r"[0-9]{5,6}")
ROLES_OF = {
    Organisation.Kind.SCHOOL: {
        Role.MENTOR, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN, Role.GOVERNOR,
    },
    Organisation.Kind.TRUST: {Role.TRUST_OFFICER},
    Organisation.Kind.BODY: {Role.BODY_OFFICER, Role.BODY_CONTACT, Role.BODY_ADMIN},
    Organisation.Kind.OPERATOR: {Role.OPERATOR},
}  # fmt: skip


@action
def add_organisation(
    *, by: Viewer | System, on: date, kind: str, name: str, identifier: str, trust: Organisation | None = None
) -> Organisation:
    """Add a school, trust, appropriate body or the operator's own organisation.

    Raises RuleBroken for a missing name, an identifier that is wrong or taken, or a trust where there is none.
    """
    _check_organisation(kind, name, identifier, trust)
    organisation = Organisation.objects.create(kind=kind, name=name, identifier=identifier, trust=trust)
    record(by, Event.ORGANISATION_CREATED, organisation, chain=INSTALLATION, on=on, after=organisation)
    return organisation


def _check_organisation(kind: str, name: str, identifier: str, trust: Organisation | None) -> None:
    if kind not in Organisation.Kind.values:
        raise RuleBroken("Choose what kind of organisation it is", "kind")
    if not name.strip():
        raise RuleBroken("Enter the name", "name")
    if kind == Organisation.Kind.SCHOOL and not URN.fullmatch(identifier):
        raise RuleBroken("Enter the URN: 5 or 6 digits", "identifier")
    if not identifier.strip():
        raise RuleBroken("Enter an identifier", "identifier")
    if trust and (kind, trust.kind) != (Organisation.Kind.SCHOOL, Organisation.Kind.TRUST):
        raise RuleBroken("Only a school belongs to a trust", "trust")
    if Organisation.objects.filter(kind=kind, identifier=identifier).exists():
        raise RuleBroken("An organisation with this identifier is here already", "identifier")


@action
def add_user(*, by: Viewer | System, on: date, email: str, name: str, password_hash: str = "") -> User:
    """Create somebody's sign-in. Without a password's hash they set a password by the link of a password reset.

    Raises RuleBroken when the e-mail address already has a sign-in.
    """
    if user_at(email):
        raise RuleBroken("This e-mail address already has a sign-in", "email")
    user = User.objects.create(email=email.lower(), name=name, password=password_hash or make_password(None))
    record(by, Event.USER_CREATED, user, chain=INSTALLATION, on=on, after={"id": user.pk})
    return user


@action
def grant_membership(
    *, by: Viewer | System, on: date, user: User, organisation: Organisation, role: Role, starts_on: date | None = None
) -> Membership:
    """Give somebody a role at an organisation from a day on.

    Raises RuleBroken when that kind of organisation has no such role, the viewer may not give it, or the person holds
    it already.
    """
    if role not in ROLES_OF[Organisation.Kind(organisation.kind)]:
        raise RuleBroken(f"{organisation.name} has no role of {role.label.lower()}", "role")
    if isinstance(by, Viewer):
        check_may_give(by.roles, role)
    starts_on = starts_on or on
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = Membership.objects.filter(user=user, organisation=organisation, role=role)
    if held.exclude(ends_on__lt=starts_on).exists():
        raise RuleBroken(f"{user.name} is already {role.label.lower()} at {organisation.name}", "role")
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=starts_on)
    chain = organisation_chain(organisation.pk)
    record(by, Event.MEMBERSHIP_GRANTED, membership, chain=chain, on=on, after=membership)
    return membership


@action
def end_membership(*, by: Viewer | System, on: date, membership_id: uuid.UUID, last_day: date) -> Membership:
    """End somebody's role after a last day. They lose what it opened on the day after (R79).

    What hangs on the role ends with it (`hooks.on_ending`). Raises RuleBroken when the viewer may not end it, the last
    day lies before the first, the role ends no later already, or nobody would be left to look after the organisation's
    people.
    """
    known = Membership.objects.get(pk=membership_id)
    Organisation.objects.select_for_update().get(pk=known.organisation_id)
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    _check_ending(by, membership, last_day)
    hooks.ending(by, on, membership, last_day)
    before = {"ends_on": membership.ends_on}
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
    chain = organisation_chain(membership.organisation_id)
    record(by, Event.MEMBERSHIP_ENDED, membership, chain=chain, on=on, before=before, after={"ends_on": last_day})
    return membership


def _check_ending(by: Viewer | System, membership: Membership, last_day: date) -> None:
    if isinstance(by, Viewer):
        check_may_give(by.roles, Role(membership.role))
    if last_day < membership.starts_on:
        raise RuleBroken("The last day must be on or after the first", "last_day")
    if membership.ends_on is not None and membership.ends_on <= last_day:
        raise RuleBroken("This role ends no later already", "last_day")
    if membership.role in MANAGING and not _others_manage(membership, last_day + timedelta(days=1)):
        raise RuleBroken("Nobody else could invite people or end roles after that day. Give somebody else a role first")


def _others_manage(membership: Membership, on: date) -> bool:
    same = Membership.objects.current(on=on).filter(organisation=membership.organisation_id, role__in=MANAGING)
    return same.filter(user__is_active=True).exclude(pk=membership.pk).exists()
