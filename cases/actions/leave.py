"""Statutory leave: the ECT chooses after their return whether to extend by it, and the body confirms (R29, SG 3.7)."""

from datetime import date

from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_absences as tell
from ..absences import status_of
from ..models import Absence, Induction
from ..reckon import reckon
from ..rules.absence import check_election
from ..rules.errors import RuleBroken
from ..rules.statuses import ElectionStatus
from .absence_notices import note_figures
from .versions import check_version

NOT_YET = "You can choose once you are back: your school records your return first"
NOTHING = "This absence is not statutory leave: there is nothing to choose"


@action
def choose_leave(*, by: Viewer, on: date, absence: Absence, extend: bool, version: int | None = None) -> Absence:
    """The ECT chooses to extend by a spell of leave, or not to; until the body has confirmed it, they may choose anew.

    Raises RuleBroken before the return, for other absence, for the choice that stands already, or once the body has
    confirmed; ChangedMeanwhile when `version` is no longer the absence's.
    """
    absence = _locked(absence, version)
    now = status_of(absence, on)
    if now is ElectionStatus.NOT_APPLICABLE:
        raise RuleBroken(NOTHING)
    if now is ElectionStatus.AWAITING_RETURN:
        raise RuleBroken(NOT_YET, "extend")
    to = ElectionStatus.EXTEND if extend else ElectionStatus.NOT_EXTEND
    if now is to:
        raise RuleBroken("This is what you have chosen already", "extend")
    check_election(now, to, Role.ECT, confirmed=absence.confirmed_on is not None)
    before = {"elected": absence.elected, "elected_on": absence.elected_on}
    absence.elected, absence.elected_on, absence.version = extend, on, absence.version + 1
    absence.save(update_fields=["elected", "elected_on", "version"])
    chain, after = case_chain(absence.induction_id), {"elected": extend, "elected_on": on}
    event = record(by, Event.LEAVE_CHOSEN, absence, chain=chain, on=on, before=before, after=after)
    reckon(absence.induction)
    note_figures(by=by, on=on, induction=absence.induction)
    tell.chosen(absence, once=str(event.pk))
    return absence


@action
def confirm_leave(*, by: Viewer, on: date, absence: Absence, version: int | None = None) -> Absence:
    """The body confirms the choice, which it must grant: from now on it stands.

    Raises RuleBroken where no choice has been made, or it was confirmed already; ChangedMeanwhile when `version` is no
    longer the absence's: the ECT may have chosen anew.
    """
    absence = _locked(absence, version)
    if absence.elected is None:
        raise RuleBroken("The ECT has not chosen yet, so there is nothing to confirm")
    if absence.confirmed_on:
        raise RuleBroken("This choice has been confirmed already")
    absence.confirmed_by, absence.confirmed_on, absence.version = by.user, on, absence.version + 1
    absence.save(update_fields=["confirmed_by", "confirmed_on", "version"])
    chain, after = case_chain(absence.induction_id), {"confirmed_on": on}
    event = record(by, Event.LEAVE_CONFIRMED, absence, chain=chain, on=on, after=after)
    tell.confirmed(absence, once=str(event.pk))
    return absence


def _locked(absence: Absence, version: int | None) -> Absence:
    """The absence, after its case was locked. Raises RuleBroken when it was withdrawn, ChangedMeanwhile."""
    Induction.objects.locked(absence.induction_id)
    found = Absence.objects.select_related("placement", "induction__teacher__user").get(pk=absence.pk)
    check_version(found, version)
    if found.withdrawn_on:
        raise RuleBroken("This absence has been withdrawn since")
    return found
