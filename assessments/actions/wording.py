"""A body words its letters of decision, where they may differ."""

from collections.abc import Mapping
from datetime import date

from cases.rules.errors import RuleBroken
from cases.rules.wording import PARAGRAPHS, check_wording
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record

from ..models import LetterWording
from ..outcome.wording import standard


@action
def set_wording(*, by: Viewer, on: date, starts_on: date, texts: Mapping[str, str]) -> LetterWording:
    """Set the wording of the viewer's body from a day on, today or later; what held until then is kept. A paragraph
    that is empty, or says what the portal says, is the portal's.

    Raises RuleBroken for a day that has passed and for a placeholder that is none.
    """
    if by.organisation is None:
        raise RuleBroken("Only an appropriate body words its letters")
    if starts_on < on:
        raise RuleBroken("The day from which the wording holds must be today or in the future", "starts_on")
    own = {name: _own(name, texts.get(name, "")) for name in PARAGRAPHS}
    Organisation.objects.select_for_update().get(pk=by.organisation.pk)
    known = LetterWording.objects.filter(organisation=by.organisation, starts_on=starts_on).first()
    before = {name: getattr(known, name) for name in PARAGRAPHS} if known else None
    row = known or LetterWording(organisation=by.organisation, starts_on=starts_on)
    for name, text in own.items():
        setattr(row, name, text)
    row.by, row.on = by.user, on
    row.save()
    chain = organisation_chain(by.organisation.pk)
    record(by, Event.WORDING_SET, row, chain=chain, on=on, before=before, after=own | {"starts_on": starts_on})
    return row


def _own(name: str, text: str) -> str:
    text = text.strip()
    check_wording(name, text)
    return "" if text == standard(name) else text
