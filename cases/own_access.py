"""Whether an ECT can open their own record, for who invites them: since when, or how their invitation stands."""

from dataclasses import dataclass
from datetime import date

from induction_portal.accounts.models import Invitation
from induction_portal.accounts.people import state_of
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.record import case_chain
from induction_portal.govuk.words import day

from .actions.invitations import invitation_to
from .models import Induction


@dataclass(frozen=True, slots=True)
class OwnAccess:
    """One sentence, and a tag with its colour; the invitation while one is open."""

    says: str
    state: str
    colour: str
    has_access: bool = False
    invitation: Invitation | None = None


def own_access_of(induction: Induction, on: date) -> OwnAccess:
    """How the ECT's own access stands on a day."""
    if induction.teacher.user_id:
        linked = AuditEvent.objects.filter(chain=case_chain(induction.pk), event=Event.RECORD_LINKED).last()
        says = f"{induction.teacher.name} can open this record since {day(linked.on)}" if linked else "Can open it"
        return OwnAccess(says, "Has access", "green", has_access=True)
    invitation = invitation_to(induction.pk)
    if invitation is None:
        return OwnAccess(f"{induction.teacher.name} has no invitation to this record", "Not invited", "grey")
    says = f"{induction.teacher.name} was invited on {day(invitation.invited_on)} at {invitation.email}"
    return OwnAccess(says, *state_of(invitation, on), invitation=invitation)
