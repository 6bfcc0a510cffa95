"""A decision as a document: rendered once, from what was sealed when it was made."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch

from ..models import Decision
from ..tasks import render_decision_later
from .reading import reading_of

KIND = "decision"
TEMPLATE = "pdf/decision.html"


def rows() -> QuerySet[Decision]:
    """Decisions with what their document names."""
    return Decision.objects.select_related("induction__teacher", "body", "school")


def without_document(limit: int = 200) -> QuerySet:
    """Ids of decisions that were made and whose document has not been issued."""
    made = Decision.objects.filter(made_on__isnull=False)
    missing = made.filter(~Exists(IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef("pk"))))
    return missing.order_by("pk").values_list("pk", flat=True)[:limit]


def issued(decision: Decision) -> IssuedDocument | None:
    """The document of a decision, if the worker has made it."""
    return fetch(subject_id=decision.pk, kind=KIND, version=1)


def ask_again(decision: Decision) -> None:
    """Ask the worker for a document that somebody is waiting for."""
    render_decision_later(decision)


def context(decision: Decision) -> dict[str, Any]:
    """What the PDF's template is given: the sealed content alone."""
    return {
        "title": "Decision on statutory induction",
        "organisation": decision.body.name,
        "reading": reading_of(json.loads(decision.content)),
        "fingerprint": decision.sha256,
    }


def filename(decision: Decision) -> str:
    """A name that files itself, and says nothing of what was decided."""
    name = "-".join(decision.induction.teacher.sort_name.split())
    return f"induction-decision-{name}.pdf"
