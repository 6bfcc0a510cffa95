"""Handing records of a case over to another organisation."""

from datetime import date

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import HandoverGrant, Induction
from ..rules.errors import RuleBroken


@action
def hand_over(*, by: Viewer, on: date, induction: Induction, to: Organisation, reason: str) -> HandoverGrant:
    """Let another organisation read what was recorded while the viewer's own was responsible (R85).

    Raises RuleBroken without a reason, to itself, or a second time.
    """
    induction = Induction.objects.locked(induction.pk)
    if not reason.strip():
        raise RuleBroken("Say why the records are handed over", "reason")
    if by.organisation is None or by.organisation == to:
        raise RuleBroken("Choose another organisation", "to")
    if HandoverGrant.objects.filter(induction=induction, to=to, given_by=by.organisation).exists():
        raise RuleBroken("The records have been handed over to this organisation already", "to")
    grant = HandoverGrant.objects.create(
        induction=induction, to=to, given_by=by.organisation, reason=reason.strip(), granted_by=by.user, granted_on=on
    )
    record(by, Event.HANDED_OVER, grant, chain=case_chain(induction.pk), on=on, after={"to": to.pk})
    return grant
