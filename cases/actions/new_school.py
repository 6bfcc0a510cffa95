"""An extension that goes on at another school: how much of it is served there (R37)."""

from datetime import date
from decimal import Decimal

from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, snapshot

from ..models import Induction, NewSchoolMinimum
from ..moving.new_school import new_school_of
from ..people import check_responsible
from ..rules.errors import RuleBroken
from ..rules.moves import check_new_school


@action
def set_new_school_minimum(
    *, by: Viewer, on: date, induction: Induction, version: int | None, terms: Decimal, reason: str = ""
) -> NewSchoolMinimum:
    """Decide, or decide anew, how many FTE terms of an extension are served at the school that the ECT moved to.

    `version` is that of the decision that was read, 0 where there was none. Raises RuleBroken for a body that is not
    responsible, where no extension was carried to a new school, for less than a term without a reason, and when
    somebody else has decided meanwhile.
    """
    induction = Induction.objects.locked(induction.pk)
    period = check_responsible(by, induction, on=on)
    known = new_school_of(induction, by)
    if known is None:
        raise RuleBroken("This ECT has not come to a new school in the course of an extension")
    check_new_school(terms, least=known.least, reason=reason)
    decided = known.decided
    if (decided.version if decided else 0) != (version or 0):
        raise RuleBroken("Somebody else decided this while you were typing: open this page again first")
    before = snapshot(decided)
    here = known.placement
    row = decided or NewSchoolMinimum(
        induction=induction, placement=here, school_id=here.school_id, body_id=period.body_id, version=0
    )
    row.left, row.terms, row.version = str(known.left), terms, row.version + 1
    row.reason = reason.strip() if terms < known.least else ""
    row.decided_by, row.decided_on = by.user, on
    row.save()
    chain = case_chain(induction.pk)
    record(by, Event.NEW_SCHOOL_MINIMUM_SET, row, chain=chain, on=on, before=before, after=row)
    return row
