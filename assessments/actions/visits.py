"""The ECT notes having observed an experienced colleague, and puts the note right (SG 2.18)."""

from datetime import date
from typing import Any

from cases.models import Induction, Placement
from cases.rules.errors import RuleBroken
from cases.rules.observations import check_visit
from cases.rules.standards import Standard
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import Visit
from ..serving import check_seen, origin, refuse, served_on, span


@action
def note_visit(
    *, by: Viewer, on: date, induction: Induction, observed_on: date, colleague: str, learned: str,
    standards: tuple[Standard, ...] = (),
) -> Visit:  # fmt: skip
    """Note a lesson of a colleague that the ECT observed.

    Raises RuleBroken for a day to come, one on which the ECT served nowhere, or a note that says nothing.
    """
    induction = Induction.objects.locked(induction.pk)
    columns = _columns(observed_on, colleague, learned, standards)
    placement = served_on(induction, by, min(observed_on, on), "observed_on")
    _check(columns, placement, on)
    visit = Visit.objects.create(noted_by=by.user, noted_on=on, **columns, **origin(placement, on=on))
    chain = case_chain(induction.pk)
    record(by, Event.VISIT_NOTED, visit, chain=chain, on=on, after={"observed_on": observed_on})
    return visit


@action
def change_visit(
    *, by: Viewer, on: date, visit: Visit, observed_on: date, colleague: str, learned: str,
    standards: tuple[Standard, ...] = (), version: int | None = None,
) -> Visit:  # fmt: skip
    """Put a note right. Raises RuleBroken as `note_visit` does, ChangedMeanwhile when another page was first."""
    Induction.objects.locked(visit.induction_id)
    visit = Visit.objects.select_related("placement").get(pk=visit.pk)
    check_seen(visit, version)
    columns = _columns(observed_on, colleague, learned, standards)
    _check(columns, visit.placement, on)
    before = {"observed_on": visit.observed_on}
    for name, value in (columns | {"noted_on": on, "version": visit.version + 1}).items():
        setattr(visit, name, value)
    visit.save()
    chain, after = case_chain(visit.induction_id), {"observed_on": observed_on}
    record(by, Event.VISIT_CHANGED, visit, chain=chain, on=on, before=before, after=after)
    return visit


def _columns(observed_on: date, colleague: str, learned: str, standards: tuple[Standard, ...]) -> dict[str, Any]:
    codes = [standard.value for standard in Standard if standard in standards]
    words = {"colleague": colleague.strip(), "learned": learned.strip()}
    return {"observed_on": observed_on, "standards": codes, **words}


def _check(columns: dict[str, Any], placement: Placement, on: date) -> None:
    refuse(check_visit(columns["observed_on"], today=on, served=span(placement)))
    if not columns["colleague"]:
        raise RuleBroken("Enter whom you observed", "colleague")
    if not columns["learned"]:
        raise RuleBroken("Enter what you take from it", "learned")
