"""Absence reaches a figure: it is noted once, told at once, and answered by the school or the body (R38, SG 5.4)."""

from datetime import date
from uuid import UUID

from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_absences as tell
from ..agreeing import main_placement
from ..deadlines import ABSENCE_NOTICE, ABSENCE_WARNING
from ..models import AbsenceNotice, Deadline, Induction
from ..querysets import in_force
from ..reckon import reckon
from ..rules.absence_figures import NUMBERED
from ..rules.errors import RuleBroken

KINDS = (ABSENCE_WARNING, ABSENCE_NOTICE)
MAIL = System("mail delivery")
GONE = "A correction has taken the absence below this figure since: nothing is left to do here"


@action
def note_figures(*, by: Viewer | System, on: date, induction: Induction) -> list[AbsenceNotice]:
    """Note the figures that the case, reckoned and locked, has reached and that were not noted, and tell of those that
    are not past; take back those that it is below again. The new ones.
    """
    reached = {row.number: row for row in Deadline.objects.filter(induction=induction, kind__in=KINDS)}
    standing = AbsenceNotice.objects.filter(induction=induction, withdrawn_on=None)
    known = {each.part * NUMBERED + each.figure: each for each in standing}
    for number in sorted(known.keys() - reached.keys()):
        _take_back(by, on, known[number])
    return [_note(by, on, induction, reached[number]) for number in sorted(reached.keys() - known.keys())]


def _note(by: Viewer | System, on: date, induction: Induction, due: Deadline) -> AbsenceNotice:
    part, figure = divmod(due.number, NUMBERED)
    placement = main_placement(induction, due.opened_on)
    period = induction.body_periods.filter(in_force("", on=on)).first()
    notice = AbsenceNotice.objects.create(
        induction=induction,
        placement=placement,
        school_id=placement.school_id,
        body_id=period.body_id if period else placement.reported_body_id,
        part=part,
        figure=figure,
        reached_on=due.opened_on,
        raised_on=on,
    )
    record(by, Event.ABSENCE_FIGURE_REACHED, notice, chain=case_chain(induction.pk), on=on, after=notice)
    if due.is_open:
        tell.figure_reached(notice)
    return notice


def _take_back(by: Viewer | System, on: date, notice: AbsenceNotice) -> None:
    notice.withdrawn_on = on
    notice.save(update_fields=["withdrawn_on"])
    chain, after = case_chain(notice.induction_id), {"withdrawn_on": on}
    record(by, Event.ABSENCE_FIGURE_WITHDRAWN, notice, chain=chain, on=on, after=after)
    if notice.is_to_body:
        tell.notice_taken_back(notice)


@action
def settle_notice(*, by: Viewer, on: date, notice: AbsenceNotice) -> AbsenceNotice:
    """Record for the school that a warning has been seen or, at 30 days, that the body has been told otherwise than by
    the portal. Raises RuleBroken when that is recorded already, or the figure no longer stands.
    """
    notice = _locked(notice)
    if notice.settled_on:
        raise RuleBroken("This is recorded already: go back to the page of absences")
    notice.settled_by, notice.settled_on = by.user, on
    notice.save(update_fields=["settled_by", "settled_on"])
    _record(by, Event.ABSENCE_NOTICE_SETTLED, notice, on, {"settled_on": on})
    return notice


@action
def acknowledge_notice(*, by: Viewer, on: date, notice: AbsenceNotice) -> AbsenceNotice:
    """Record for the body that it knows of the 30 days (SG 5.4). Raises RuleBroken when it has said so already, the
    figure no longer stands, or it is a warning, which is the school's own.
    """
    notice = _locked(notice)
    if not notice.is_to_body:
        raise RuleBroken("A warning is for the school: there is nothing to acknowledge")
    if notice.acknowledged_on:
        raise RuleBroken("This notice has been acknowledged already")
    notice.acknowledged_by, notice.acknowledged_on = by.user, on
    notice.save(update_fields=["acknowledged_by", "acknowledged_on"])
    _record(by, Event.ABSENCE_NOTICE_ACKNOWLEDGED, notice, on, {"acknowledged_on": on})
    return notice


@action
def notice_sent(*, by: System = MAIL, on: date, notice_id: UUID) -> None:
    """The mail server took the notice to the body's officer: the headteacher's duty is done (D19). Once is enough."""
    found = AbsenceNotice.objects.filter(pk=notice_id).first()
    if found is None:
        return
    Induction.objects.locked(found.induction_id)
    found.refresh_from_db()
    if found.sent_on is None and found.withdrawn_on is None:
        found.sent_on = on
        found.save(update_fields=["sent_on"])
        _record(by, Event.ABSENCE_NOTICE_SENT, found, on, {"sent_on": on})


def _locked(notice: AbsenceNotice) -> AbsenceNotice:
    """The notice, after its case was locked. Raises RuleBroken when it no longer stands."""
    Induction.objects.locked(notice.induction_id)
    found = AbsenceNotice.objects.select_related("induction").get(pk=notice.pk)
    if found.withdrawn_on:
        raise RuleBroken(GONE)
    return found


def _record(by: Viewer | System, event: Event, notice: AbsenceNotice, on: date, after: dict[str, date]) -> None:
    record(by, event, notice, chain=case_chain(notice.induction_id), on=on, after=after)
    reckon(notice.induction)
