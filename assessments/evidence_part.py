"""What observations and mentor meetings add to a case: a section of its page, lines of its timeline, tasks."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from cases.models import Induction
from cases.parts import Chapter, Dated, Entry, Filing, Panel, Part, Section, Task
from cases.rules.assessing import AssessmentKind
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .assessment_access import seen_assessments
from .evidence_access import visible_observations
from .evidence_dates import dates_of
from .evidence_pages import COLOURS, own_goes_on
from .evidence_tasks import tasks_of
from .models import Observation
from .third_parties import to_arrange, wanted_of

SHOWN = 4
COLUMNS = ("Held on", "Observer", "Lesson and focus", "Where it stands", "Strengths", "To develop")
LEFT_OUT = (
    ("Mentor meetings", "Their notes are between the mentor and the ECT, and are no part of assessment (SG 2.57)."),
    ("How the ECT rates themself", "It is shared with the induction tutor alone, before a review."),
)


class EvidencePart(Part):
    """Observations and mentor meetings on the case page."""

    is_evidence = True

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        held = [each for each in _seen(viewer, induction, may) if each.is_recorded]
        return [Entry(each.observed_on, f"Observed by {each.by}", _page(each)) for each in held]

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        if not {Permission.READ_OBSERVATION, Permission.READ_MEETING} & may:
            return None
        context: dict[str, Any] = {"induction": induction, "observes": Permission.READ_OBSERVATION in may}
        seen = [each for each in _seen(viewer, induction, may) if each.status != "cancelled"]
        context["rows"] = [{"observation": each, "colour": COLOURS[each.state]} for each in seen[:SHOWN]]
        context["wanted"] = wanted_of(viewer, induction, may) if _at_risk(viewer, induction, may) else None
        context["arranges"] = (
            context["wanted"] and Permission.WRITE_OBSERVATION in may and own_goes_on(induction, viewer)
        )
        context["meets"] = Permission.READ_MEETING in may
        context["rates"] = Permission.RATE_THEMSELF in may
        return Panel("assessments/evidence_panel.html", context)

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        told = [each for each in _seen(viewer, induction, may) if each.is_recorded or each.status == "cancelled"]
        rows = [[day(o.observed_on), o.by, o.focus, o.state.label, o.strengths, o.development] for o in reversed(told)]
        return [Filing(Chapter.OBSERVATIONS, (Section("Observations", COLUMNS, rows),), left_out=LEFT_OUT)]

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        return [*tasks_of(viewer), *to_arrange(viewer)]

    def dates(self, viewer: Viewer) -> Iterable[Dated]:
        return dates_of(viewer)


def _at_risk(viewer: Viewer, induction: Induction, may: frozenset[Permission]) -> bool:
    """Whether a headteacher's letter, which alone asks for a third party, came with the first assessment (SG 5.4)."""
    seen = seen_assessments(viewer, induction) if Permission.READ_ASSESSMENT in may else []
    return any(row.has_letter for row in seen if row.which is AssessmentKind.FIRST)


def _page(observation: Observation) -> str:
    return reverse("assessments:observation", args=[observation.pk])


def _seen(viewer: Viewer, induction: Induction, may: frozenset[Permission]) -> list[Observation]:
    """The observations of a case that this viewer may read; a page that asks several times reads them once."""
    return _fetched(viewer, induction) if Permission.READ_OBSERVATION in may else []


def _fetched(viewer: Viewer, induction: Induction) -> list[Observation]:
    if not hasattr(induction, "seen_observations"):
        induction.seen_observations = list(visible_observations(viewer).filter(induction=induction))
    return induction.seen_observations


def seen_observations(viewer: Viewer, induction: Induction) -> list[Observation]:
    """Those of a case that this viewer may know of, and of which there is a record."""
    return [each for each in _fetched(viewer, induction) if each.is_recorded]
