"""The section of the case page on the decision: for the ECT what they may write, for an officer the way to decide."""

from typing import Any

from cases.models import Induction
from cases.rules.deadlines import due_on
from cases.rules.statuses import RecommendationStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..assessment_access import visible_assessments
from ..models import Decision
from .access import is_recommended, seen_decisions
from .letters import status_of
from .received import OF_ASSESSMENT, received

OWN_PANEL = "assessments/outcome/panel.html"


def panel_of(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> dict[str, Any] | None:
    """What the section shows; None while there is nothing of it that this viewer may know."""
    if not is_recommended(induction):
        return None
    decisions = seen_decisions(viewer, induction, may)
    told: dict[str, Any] = {"induction": induction, "decides": Permission.DECIDE in may, "rows": decisions}
    if Permission.READ_REPRESENTATIONS in may:
        told |= _letters(induction, viewer, may)
    if not decisions and Permission.READ_DECISION not in may:
        told["made"] = Decision.objects.filter(induction=induction, made_on__isnull=False).exists()
    return told if any(told[key] for key in ("rows", "decides")) or told.get("made") or told.get("waits") else None


def _letters(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> dict[str, Any]:
    """The recommendation that is not decided yet, and where the ECT's right to write about it stands."""
    seen = visible_assessments(viewer).filter(induction=induction)
    row = received().filter(status=RecommendationStatus.SENT, **{f"{OF_ASSESSMENT}__in": seen}).first()
    if row is None:
        return {}
    status = status_of(row, list(row.representations.all()), viewer)
    writes = Permission.MAKE_REPRESENTATIONS in may
    return {"waits": row, "status": status, "closes_on": due_on("D10", row.received_on), "writes": writes}
