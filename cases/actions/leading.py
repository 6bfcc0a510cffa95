"""Several schools at once: which of them leads."""

from datetime import date

from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import Placement
from ..people import check_responsible
from ..reckon import reckon
from ..rules.errors import RuleBroken
from .service import locked_placement


@action
def lead(*, by: Viewer, on: date, placement: Placement) -> Placement:
    """Let one of several schools at once lead: its headteacher records and recommends (R20; Reg 10(2)).

    The others that serve at the same time no longer do. Raises RuleBroken for a body that is not responsible, a
    placement that is over, or one that leads already.
    """
    placement = locked_placement(placement.pk)
    check_responsible(by, placement.induction, on=on)
    if placement.ends_on and placement.ends_on < on:
        raise RuleBroken("This placement is over: choose a school where the ECT serves", "placement")
    if placement.is_lead:
        raise RuleBroken("This school leads already", "placement")
    meanwhile = placement.induction.placements.exclude(ends_on__lt=placement.starts_on)
    if placement.ends_on:
        meanwhile = meanwhile.filter(starts_on__lte=placement.ends_on)
    led = list(meanwhile.filter(is_lead=True).order_by("starts_on"))
    meanwhile.filter(is_lead=True).update(is_lead=False)
    placement.is_lead = True
    placement.save(update_fields=["is_lead"])
    before = {"led_by": [other.pk for other in led]}
    record(
        by, Event.PLACEMENT_LED, placement, chain=case_chain(placement.induction_id), on=on, before=before,
        after=placement,
    )  # fmt: skip
    reckon(placement.induction)
    return placement
