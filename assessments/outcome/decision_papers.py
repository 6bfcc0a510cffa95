"""What there is of decisions: for the ECT to take along (R83), and for the file that the body makes of the case."""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse

from cases.models import Induction
from cases.parts import Bundle, Chapter, Filing, Paper, Section
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..models import Decision, Representation
from .access import may_read_decisions
from .decision_document import KIND


def bundle_of(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
    """The records of the decisions made, and the letters to the appropriate body."""
    letters = _letters(induction, "What you wrote to the appropriate body", "You said that it need not wait")
    return Bundle(_papers(_made(induction, viewer, may)), letters if Permission.READ_REPRESENTATIONS in may else ())


def filings_of(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
    """What the ECT wrote, the decisions made, and their records."""
    made = _made(induction, viewer, may)
    if Permission.READ_REPRESENTATIONS in may:
        letters = list(_letters(induction, "Representations of the ECT", "The appropriate body need not wait"))
    else:
        letters = []
    rows = [[day(row.made_on), row.state.label, row.by.name, row.body.name] for row in made]
    sections = [*letters, Section("Decisions", ("Made on", "Decision", "By", "Appropriate body"), rows)]
    told = [section for section in sections if section.rows]
    return [Filing(Chapter.DECISION, told, _papers(made))] if told else []


def _made(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> list[Decision]:
    found = may_read_decisions(viewer, induction, may).filter(made_on__isnull=False)
    return list(found.select_related("by", "school", "body"))


def _papers(made: Sequence[Decision]) -> list[Paper]:
    return [
        Paper(KIND, row.pk, "Decision", row.made_on, row.school.name, 1, reverse("assessments:decision", args=[row.pk]))
        for row in made
    ]


def _letters(induction: Induction, title: str, waived: str) -> Iterator[Section]:
    rows = Representation.objects.filter(induction=induction).order_by("at")
    yield Section(title, ("On", "What was written"), [[day(row.on), row.text or waived] for row in rows])
