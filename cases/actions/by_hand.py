"""Recording that a step was done which no fact of the portal closes (R90)."""

from datetime import date

from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..agreeing import main_placement
from ..models import Deadline, HandRecord, Induction
from ..people import check_responsible
from ..reckon import reckon
from ..rules.by_hand import check_done
from ..rules.errors import RuleBroken


@action
def record_done(*, by: Viewer, on: date, induction: Induction, what: tuple[str, int], done_on: date) -> HandRecord:
    """Record, or correct, the day on which the responsible body did a step: its deadline's code and number (R90).

    Raises RuleBroken for a body that is not responsible, for a step that is not there to be recorded or was another
    body's, for a day that has not come or lies before the step opened, and for the day recorded already.
    """
    induction = Induction.objects.locked(induction.pk)
    period = check_responsible(by, induction, on=on)
    code, number = what
    deadline = Deadline.objects.filter(induction=induction, code=code, number=number).first()
    known = HandRecord.objects.filter(induction=induction, code=code, number=number).first()
    if deadline is None or (known and known.body_id != period.body_id):
        raise RuleBroken("This step is not yours to record any more", "what")
    check_done(done_on, today=on, opened_on=deadline.opened_on)
    if known and known.done_on == done_on:
        raise RuleBroken("This is the day that is recorded already", "done_on")
    before = {"done_on": known.done_on} if known else None
    if known is None:
        placement = main_placement(induction, on)
        origin = {"placement": placement, "school_id": placement.school_id, "body_id": period.body_id}
        known = HandRecord(induction=induction, code=code, number=number, **origin)
    known.done_on, known.recorded_by, known.recorded_on = done_on, by.user, on
    known.save()
    after = {"code": code, "done_on": done_on}
    record(by, Event.STEP_DONE, known, chain=case_chain(induction.pk), on=on, before=before, after=after)
    reckon(induction)
    return known
