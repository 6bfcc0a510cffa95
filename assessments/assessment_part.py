"""What assessments add to a case: the deadlines they open and close, its history, and who has to do something."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from cases.models import Deadline, Induction
from cases.parts import Bundle, Entry, FallsDue, Filing, Panel, Part, Reckoned, Task
from cases.picture import Happening
from cases.rules.assessing import INTERIM_ASSESSMENT, AssessmentKind
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .assessment_access import visible_assessments
from .assessment_filings import filings_of
from .assessment_panel import panel_of
from .assessment_papers import bundle_of
from .assessment_waiting import awaited, to_answer, waiting
from .models import Assessment, Sending
from .paperwork import SAID, Paperwork

ASK_PROGRESS = [kind for kind in AssessmentKind if kind.asks_progress]


class AssessmentsPart(Part):
    """Formal assessments in a case. One that was held closes its deadline; its paperwork has deadlines of its own."""

    is_evidence = True

    def closed(self, case_ids: Collection[UUID]) -> Mapping[tuple[UUID, str, int], date]:
        rows = Assessment.objects.filter(induction__in=case_ids).exclude(kind=AssessmentKind.INTERIM)
        told = rows.values_list("induction", "kind", "number", "held_on")
        return {(case_id, AssessmentKind(kind).deadline, number): on for case_id, kind, number, on in told}

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        paperwork = Paperwork([each.induction.pk for each in cases])
        for each in cases:
            yield from paperwork.deadlines(each)

    def label(self, deadline: Deadline) -> str:
        return SAID.get(deadline.kind, "")

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        if Permission.READ_ASSESSMENT not in may:
            return None
        return Panel("assessments/assessments_panel.html", panel_of(viewer, induction, may, _seen(viewer, induction)))

    def task_url(self, deadline: Deadline) -> str:
        name = "new_interim" if deadline.kind == INTERIM_ASSESSMENT else "new_assessment"
        written = {kind.deadline for kind in AssessmentKind}
        return reverse(f"assessments:{name}", args=[deadline.induction_id]) if deadline.kind in written else ""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        if Permission.READ_ASSESSMENT not in may:
            return []
        return [
            Entry(row.held_on, f"{row} was held", reverse("assessments:assessment", args=[row.pk]))
            for row in _seen(viewer, induction)
        ]

    def happenings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Happening]:
        if Permission.READ_ASSESSMENT not in may:
            return []
        seen = {row.pk: str(row) for row in _seen(viewer, induction) if row.sent}
        if not seen:
            return []
        sent = Sending.objects.filter(version__assessment__in=seen).order_by("-at")
        first = dict(sent.values_list("version__assessment", "on"))
        return [Happening(on, "done", f"{seen[key]} sent: {day(on)}") for key, on in first.items()]

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        return waiting(viewer) if viewer.may(Permission.READ_ASSESSMENT) else []

    def waits(self, viewer: Viewer) -> Iterable[Task]:
        return awaited(viewer) if viewer.may(Permission.READ_ASSESSMENT) else []

    def board(self, viewer: Viewer) -> Iterable[Task]:
        return to_answer(viewer) if viewer.may(Permission.READ_ASSESSMENT) else []

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return bundle_of(viewer, induction) if Permission.READ_ASSESSMENT in may else Bundle()

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return filings_of(_seen(viewer, induction)) if Permission.READ_ASSESSMENT in may else []

    def on_track(self, induction: Induction, viewer: Viewer) -> tuple[bool, date] | None:
        """Whether the last assessment that the body was sent found progress satisfactory (SG 4.2)."""
        said = visible_assessments(viewer).filter(induction=induction, sent__gte=1, kind__in=ASK_PROGRESS)
        row = said.order_by("-held_on").first()
        if row is None:
            return None
        return json.loads(row.versions.get(number=row.sent).content)["satisfactory"], row.held_on


def _seen(viewer: Viewer, induction: Induction) -> list[Assessment]:
    """The assessments of a case that this viewer may know of; a page that asks several times reads them once."""
    if not hasattr(induction, "seen_assessments"):
        induction.seen_assessments = list(visible_assessments(viewer).filter(induction=induction))
    return induction.seen_assessments
