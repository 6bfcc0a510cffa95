"""What the operator's commands do: open an organisation, and invite somebody to a first role. Repeatable."""

from collections.abc import Iterator
from datetime import date

from cases.rules.errors import RuleBroken

from . import actions
from .finding import user_at
from .models import Invitation, Membership, Organisation
from .permissions import Role
from .viewer import System


def opened(*, by: System, on: date, kind: str, name: str, identifier: str) -> tuple[Organisation, str]:
    """The organisation with this identifier, added if it is new, and what was done.

    Raises RuleBroken when the identifier is another organisation's, or wrong.
    """
    known = Organisation.objects.filter(kind=kind, identifier=identifier).first()
    if known is None:
        made = actions.add_organisation(by=by, on=on, kind=kind, name=name, identifier=identifier)
        return made, f"Added {made.name} ({identifier})."
    if known.name != name:
        raise RuleBroken(f"{identifier} is the identifier of {known.name} already", "identifier")
    return known, f"{known.name} ({identifier}) is here already."


def invited(*, by: System, on: date, organisation: Organisation, role: Role, name: str, email: str) -> str:
    """Invite somebody to a role unless they hold it or are invited; an expired invitation is sent again.

    Returns what was done. Raises RuleBroken for a role that the organisation does not have.
    """
    who = f"{email.strip().lower()} as {role.label.lower()} at {organisation.name}"
    owner = user_at(email.strip())
    if owner and Membership.objects.current(on=on).filter(user=owner, organisation=organisation, role=role).exists():
        return f"{who} has the role already. Nothing was sent."
    waiting = Invitation.objects.open().filter(organisation=organisation, role=role, email=email.strip().lower())
    found = waiting.first()
    if found is None:
        actions.invite(by=by, on=on, organisation=organisation, role=role, name=name, email=email)
        return f"Invited {who}. The mail is on its way."
    if found.works(on=on) and not found.failure:
        return f"{who} is invited already, until {found.expires_on}. Nothing was sent."
    actions.resend(by=by, on=on, invitation_id=found.pk)
    return f"Sent the invitation of {who} again."


def school_of(urn: str) -> Organisation:
    """The school with this URN. Raises RuleBroken when the register that was imported has none."""
    school = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL, identifier=urn).first()
    if school is None:
        raise RuleBroken(f"No school with the URN {urn} is here. Import the register with import_schools first", "urn")
    return school


def operators() -> Iterator[Organisation]:
    """The installation's own organisation, if it is there."""
    yield from Organisation.objects.filter(kind=Organisation.Kind.OPERATOR)
