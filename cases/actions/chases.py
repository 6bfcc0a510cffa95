"""An appropriate body asks a school for what is overdue."""

from datetime import date

from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..chasing import tell
from ..chasing.asking import overdue, people_to_ask, school_to_ask, to_ask
from ..deadlines import label
from ..models import Chase, ChasedStep, Deadline, Induction
from ..people import check_responsible
from ..rules.errors import RuleBroken

NOTHING = "Nothing is overdue any more: the school has sent what was due"
TODAY = "The school has been asked for this today: ask again tomorrow if it has still not come"
NOWHERE = "The ECT is at no school today, so there is nobody to ask"
NOBODY = "Nobody at the school can be asked here: telephone the school"


@action
def send_chase(*, by: Viewer, on: date, induction: Induction, line: str = "") -> Chase:
    """Ask the school, with a line of the officer's own, for everything that is overdue and was not asked for today.

    The message waits no longer than what it asks for is missing. Raises RuleBroken when nothing is overdue, or was not
    asked for today already; when the ECT is at no school, or the school has nobody who could be asked; and for a body
    that is not responsible.
    """
    Induction.objects.locked(induction.pk)
    period = check_responsible(by, induction, on=on)
    placement = school_to_ask(induction, on)
    if placement is None:
        raise RuleBroken(NOWHERE)
    wanted = _wanted(by, on, induction)
    people = list(people_to_ask(placement, wanted, on))
    if not people:
        raise RuleBroken(NOBODY)
    chase = Chase.objects.create(
        induction=induction, placement=placement, school_id=placement.school_id, body_id=period.body_id,
        line=line.strip(), sent_by=by.user, sent_on=on,
    )  # fmt: skip
    _write_down(chase, wanted)
    told = {"kinds": [deadline.kind for deadline in wanted], "school_id": chase.school_id, "people": len(people)}
    record(by, Event.CHASE_SENT, chase, chain=case_chain(induction.pk), on=on, after=told)
    tell.asked(chase, people)
    return chase


def _wanted(by: Viewer, on: date, induction: Induction) -> list[Deadline]:
    """What there is to ask for. Raises RuleBroken for nothing."""
    late = overdue(by, induction)
    if not late:
        raise RuleBroken(NOTHING)
    asked = set(ChasedStep.objects.filter(induction=induction, sent_on=on).values_list("kind", flat=True))
    wanted = to_ask(late, asked)
    if not wanted:
        raise RuleBroken(TODAY)
    return wanted


def _write_down(chase: Chase, wanted: list[Deadline]) -> None:
    ChasedStep.objects.bulk_create(
        ChasedStep(
            chase=chase, induction_id=chase.induction_id, kind=deadline.kind, says=label(deadline),
            due_on=deadline.due_on, sent_on=chase.sent_on,
        )
        for deadline in wanted
    )  # fmt: skip
