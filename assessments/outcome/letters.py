"""What the page of representations shows: what was recommended, until when the ECT may write, and what they wrote."""

from typing import Any

from django.http import HttpRequest

from cases.frame import frame
from cases.rules.deadlines import due_on
from cases.rules.deciding import may_still_write, representations_status
from cases.rules.statuses import RecommendationStatus, RepresentationsStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..models import Recommendation, Representation

COLOURS = {
    RepresentationsStatus.OPEN: "yellow",
    RepresentationsStatus.MADE: "blue",
    RepresentationsStatus.WAIVED: "grey",
    RepresentationsStatus.CLOSED: "grey",
}


def letters_context(request: HttpRequest, recommendation: Recommendation) -> dict[str, Any]:
    """Everything of the page for the ECT, or for the body that reads what they wrote."""
    letters = list(recommendation.representations.select_related("by"))
    status = status_of(recommendation, letters, request.viewer)
    return frame(request, recommendation.assessment.induction) | {
        "title": "Representations",
        "recommendation": recommendation,
        "letters": letters,
        "status": status,
        "colour": COLOURS[status],
        "closes_on": due_on("D10", recommendation.received_on),
        "is_ect": Permission.MAKE_REPRESENTATIONS in request.permissions,
        "may_write": may_write(request.viewer, recommendation, letters),
        "decides": Permission.DECIDE in request.permissions,
    }


def status_of(recommendation: Recommendation, letters: list[Representation], viewer: Viewer) -> RepresentationsStatus:
    """Where the ECT's right to write stands today."""
    decided = recommendation.state is RecommendationStatus.DECIDED
    waives = [letter.waives for letter in letters]
    return representations_status(waives, received_on=recommendation.received_on, today=viewer.on, decided=decided)


def may_write(viewer: Viewer, recommendation: Recommendation, letters: list[Representation] | None = None) -> bool:
    """Whether the ECT may still write about a recommendation."""
    if recommendation.state is RecommendationStatus.DECIDED:
        return False
    known = list(recommendation.representations.all()) if letters is None else letters
    status = status_of(recommendation, known, viewer)
    return may_still_write(status, received_on=recommendation.received_on, today=viewer.on)
