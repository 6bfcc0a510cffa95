"""What there is of decisions for the ECT to take along (R83): their documents, and what the ECT wrote."""

from collections.abc import Iterator

from django.urls import reverse

from cases.models import Induction
from cases.parts import Bundle, Paper, Section
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..models import Representation
from .access import may_read_decisions
from .decision_document import KIND


def bundle_of(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
    """The records of the decisions made, and the letters to the appropriate body."""
    made = may_read_decisions(viewer, induction, may).filter(made_on__isnull=False)
    papers = [
        Paper(KIND, row.pk, "Decision", row.made_on, row.school.name, 1, reverse("assessments:decision", args=[row.pk]))
        for row in made
    ]
    return Bundle(papers, _letters(induction) if Permission.READ_REPRESENTATIONS in may else ())


def _letters(induction: Induction) -> Iterator[Section]:
    rows = Representation.objects.filter(induction=induction).order_by("at")
    cells = [[day(row.on), row.text or "You said that the appropriate body need not wait"] for row in rows]
    yield Section("What you wrote to the appropriate body", ("On", "What you wrote"), cells)
