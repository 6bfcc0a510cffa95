"""The section of the case page on formal assessments: what is under way, and what can be written."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases.access import as_at
from cases.deadlines import Coming, next_assessment, waits_words
from cases.frame import own_placement
from cases.models import Induction
from cases.rules.assessing import INTERIM_ASSESSMENT, AssessmentKind
from cases.rules.statuses import AssessmentStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .assessing import place_of
from .models import Assessment

COLOURS = {
    AssessmentStatus.DRAFT: "grey",
    AssessmentStatus.COMMENTING: "yellow",
    AssessmentStatus.SIGNING: "yellow",
    AssessmentStatus.SIGNED: "light-blue",
    AssessmentStatus.SENT: "blue",
    AssessmentStatus.ACCEPTED: "green",
    AssessmentStatus.RETURNED: "orange",
}


def panel_of(
    viewer: Viewer, induction: Induction, may: frozenset[Permission], seen: Sequence[Assessment]
) -> dict[str, Any]:
    """What the section shows: rows, and for who writes assessments what is due."""
    rows = [{"assessment": row, "colour": COLOURS[row.state]} for row in seen]
    told = {"rows": rows, "induction": induction}
    return told | _to_write(viewer, induction) if Permission.WRITE_ASSESSMENT in may else told


def _to_write(viewer: Viewer, induction: Induction) -> dict[str, Any]:
    placement = own_placement(induction, viewer)
    if placement is None:
        return {}
    told: dict[str, Any] = {"interim": _interim(induction, placement)}
    if placement.is_lead and as_at(viewer, induction) == viewer.on:
        due = next_assessment(induction, since=getattr(induction, "since", None) or date.min)
        told |= _coming(due, viewer.on) if due else {}
    return told


def _coming(due: Coming, on: date) -> dict[str, str]:
    """The name of the assessment that may be written now, or what it waits for."""
    named = next(kind for kind in AssessmentKind if kind.deadline == due.deadline.kind).label
    if waits := waits_words(due.deadline):
        return {"waits": f"{named}: {waits[0].lower()}{waits[1:]}."}
    if on < due.opens_on:
        return {"waits": f"{named}: due on {day(due.deadline.due_on)}. You can write it from {day(due.opens_on)}."}
    return {"write": named}


def _interim(induction: Induction, placement: Any) -> date | None:
    """The day on which an interim assessment of this placement is due, while none has been sent."""
    due = {d.number: d.due_on for d in induction.deadlines.all() if d.kind == INTERIM_ASSESSMENT and d.is_open}
    begun = Assessment.objects.filter(induction=induction, kind=AssessmentKind.INTERIM, placement=placement)
    return None if not due or begun.exists() else due.get(place_of(placement))
