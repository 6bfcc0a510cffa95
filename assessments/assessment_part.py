"""What assessments add to a case: the deadlines they open and close, its history, and who has to do something."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from cases.models import Deadline, Induction
from cases.parts import Bundle, Entry, FallsDue, Filing, Panel, Part, Reckoned, Task, Work
from cases.picture import Happening
from cases.rules.assessing import INTERIM_ASSESSMENT, AssessmentKind
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .assessment_access import seen_assessments, visible_assessments
from .assessment_filings import filings_of
from .assessment_panel import panel_of
from .assessment_papers import bundle_of
from .assessment_waiting import to_answer, work_of
from .models import Assessment
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
        seen = seen_assessments(viewer, induction)
        return Panel("assessments/assessments_panel.html", panel_of(viewer, induction, may, seen))

    def task_url(self, deadline: Deadline) -> str:
        name = "new_interim" if deadline.kind == INTERIM_ASSESSMENT else "new_assessment"
        written = {kind.deadline for kind in AssessmentKind}
        return reverse(f"assessments:{name}", args=[deadline.induction_id]) if deadline.kind in written else ""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        if Permission.READ_ASSESSMENT not in may:
            return []
        return [
            Entry(row.held_on, f"{row} was held", reverse("assessments:assessment", args=[row.pk]))
            for row in seen_assessments(viewer, induction)
        ]

    def happenings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Happening]:
        if Permission.READ_ASSESSMENT not in may:
            return []
        sent = [(row, row.sent_on) for row in seen_assessments(viewer, induction) if row.sent_on]
        return [Happening(on, "done", f"{row} sent: {day(on)}") for row, on in sent]

    def work(self, viewer: Viewer) -> Work:
        return work_of(viewer) if viewer.may(Permission.READ_ASSESSMENT) else Work()

    def board(self, viewer: Viewer) -> Iterable[Task]:
        return to_answer(viewer) if viewer.may(Permission.READ_ASSESSMENT) else []

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return bundle_of(viewer, induction) if Permission.READ_ASSESSMENT in may else Bundle()

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return filings_of(seen_assessments(viewer, induction)) if Permission.READ_ASSESSMENT in may else []

    def on_track(self, induction: Induction, viewer: Viewer) -> tuple[bool, date] | None:
        """Whether the last assessment that the body was sent found progress satisfactory (SG 4.2)."""
        said = visible_assessments(viewer).filter(induction=induction, sent__gte=1, kind__in=ASK_PROGRESS)
        row = said.order_by("-held_on").first()
        if row is None:
            return None
        return json.loads(row.versions.get(number=row.sent).content)["satisfactory"], row.held_on
