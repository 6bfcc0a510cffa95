"""What the pages of bundles show."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.frame import frame
from cases.models import Induction
from induction_portal.documents.store import fetch
from induction_portal.govuk.words import day, moment

from ..models import CaseBundle
from .access import visible_bundles
from .making import progress
from .printing import KIND, index_of

COLUMNS = ("Bundle", "Made for", "Asked for by", "Asked for on", "Pages")
COLOURS = {"asked": "blue", "ready": "green", "failed": "red"}
INDEX = ({"text": "What"}, {"text": "Bundle page", "numeric": True}, {"text": "Pages", "numeric": True})


def bundles_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The body's bundles of a case, the latest first, and whether one is being made."""
    found = list(visible_bundles(request.viewer).filter(induction=induction))
    rows = [
        [
            {"text": str(each), "href": reverse("assessments:bundle", args=[each.pk])},
            each.get_purpose_display(),
            each.asked_by.name,
            day(each.asked_on),
            str(each.pages) if each.pages else {"text": each.get_status_display(), "colour": COLOURS[each.status]},
        ]
        for each in found
    ]
    waiting = next((each for each in found if each.status == CaseBundle.Status.ASKED), None)
    return frame(request, induction) | {"title": "Case bundle", "columns": COLUMNS, "rows": rows, "waiting": waiting}


def bundle_context(request: HttpRequest, bundle: CaseBundle) -> dict[str, Any]:
    """One bundle: how far it is, or what is in it and where."""
    made, steps = progress(bundle)
    issued = fetch(subject_id=bundle.pk, kind=KIND)
    facts = [
        ("Made for", bundle.get_purpose_display()),
        ("Asked for by", f"{bundle.asked_by.name} on {moment(bundle.asked_at)}"),
        ("Earlier versions of documents", "In the bundle" if bundle.with_earlier else "Listed, not in the bundle"),
        ("Pages", str(bundle.pages) if bundle.pages else ""),
        ("Ready", moment(issued.issued_at) if issued else ""),
        ("SHA-256 of the file", issued.stored_id if issued else ""),
    ]
    return frame(request, bundle.induction) | {
        "title": str(bundle),
        "bundle": bundle,
        "facts": [{"key": name, "value": value} for name, value in facts if value],
        "made": made,
        "steps": steps,
        "columns": INDEX,
        "index": _index(bundle) if bundle.pages else [],
    }


def _index(bundle: CaseBundle) -> list[list[str]]:
    """What is in a bundle that is ready, with its pages."""
    pieces = list(bundle.pieces.select_related("document"))
    front = (bundle.pages or 0) - sum(piece.pages or 0 for piece in pieces)
    return [[line.title, str(line.page), str(line.pages)] for line in index_of(pieces, first=front + 1)]
