"""What appeals add to a case: their days, its history, a section of its page, and who has to do something."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from cases.models import Deadline, Induction
from cases.parts import Bundle, Entry, FallsDue, Filing, Panel, Part, Reckoned, Task
from cases.rules.appeals import Time, status_of
from cases.rules.notices import APPEALABLE
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..models import Decision
from .access import seen_decisions
from .appeal_deadlines import APPEAL, DISMISSAL, SAID, falling_due
from .appeal_papers import bundle_of, filings_of
from .appeal_tasks import tasks_of, to_see_to
from .received import End

PANEL = "assessments/outcome/appeal_panel.html"


class AppealsPart(Part):
    """D14 to D18 of each decision that may be appealed against, and the appeals made."""

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        return falling_due([each.induction.pk for each in cases])

    def label(self, deadline: Deadline) -> str:
        return SAID.get(deadline.kind, "")

    def task_url(self, deadline: Deadline) -> str:
        known = deadline.kind in SAID
        return reverse("assessments:case_appeal", args=[deadline.induction_id]) if known else ""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        for row in _appealable(induction, viewer, may):
            url, kept, appeal = _url(row), getattr(row, "appeal_time", None), getattr(row, "appeal", None)
            if kept and kept.closed_on:
                yield Entry(kept.closed_on, "The time to appeal had ended", url)
            if appeal:
                yield Entry(appeal.made_on, "An appeal was made to the Teaching Regulation Agency", url)
            if appeal and appeal.ended_on:
                yield Entry(appeal.ended_on, "The appeal ended", url)

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        due = {row.number: row.due_on for row in induction.deadlines.all() if row.kind == APPEAL}
        ends = next((row for row in induction.deadlines.all() if row.kind == DISMISSAL and row.is_open), None)
        rows = [_line(row, due, viewer) for row in _appealable(induction, viewer, may)]
        own = viewer.organisation is None
        return Panel(PANEL, {"rows": rows, "own": own, "ends": ends}) if rows else None

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        return tasks_of(viewer)

    def board(self, viewer: Viewer) -> Iterable[Task]:
        return to_see_to(viewer)

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return bundle_of(induction, viewer, may)

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return filings_of(induction, viewer, may)


def _appealable(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> list[Decision]:
    """The decisions that the time to appeal against has begun for, as this viewer may know."""
    if Permission.READ_APPEAL not in may or not any(row.kind == APPEAL for row in induction.deadlines.all()):
        return []
    return [row for row in seen_decisions(viewer, induction, may) if row.made_on and row.decides in APPEALABLE]


def _line(row: Decision, due: dict[int, date], viewer: Viewer) -> dict[str, object]:
    appeal, kept = getattr(row, "appeal", None), getattr(row, "appeal_time", None)
    until = due.get(End(row.assessment.which, row.assessment.number).place)
    time = Time(until, kept.renounced_on if kept else None)
    status = status_of(time, appeal.made if appeal else None, today=viewer.on)
    return {"url": _url(row), "made_on": row.made_on, "until": until, "status": status}


def _url(row: Decision) -> str:
    return reverse("assessments:appeal", args=[row.pk])
