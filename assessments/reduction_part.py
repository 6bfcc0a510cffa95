"""What a shorter induction adds to a case: who has to do something, lines of its timeline, and of its file."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from cases.clockpart import EARLY_FINISH
from cases.models import Deadline, Induction
from cases.parts import Bundle, Chapter, Entry, Filing, Panel, Part, Section, Task
from cases.reach import current_keys
from cases.rules.reducing import ReductionKind
from cases.rules.statuses import ReductionStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .models import Reduction
from .reducing import early_since, visible_reductions

MOST = 50
COLUMNS = ("Why", "Terms in all", "Asked by", "On", "The headteacher’s advice", "ECT answered", "Where it stands",
           "Decided on", "Reason")  # fmt: skip


class ReductionPart(Part):
    """R21-R23, D34."""

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        if Permission.READ_REDUCTION not in may:
            return None
        found = _seen(viewer, induction)
        early = early_since(induction, viewer.on)
        if not (found or early or Permission.ASK_REDUCTION in may):
            return None
        return Panel("assessments/reduction_panel.html", {"found": found[:1], "early": early, "induction": induction})

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        if Permission.READ_REDUCTION not in may:
            return []
        url = reverse("assessments:reductions", args=[induction.pk])
        return [entry for row in _seen(viewer, induction) for entry in _entries(row, url)]

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        if viewer.organisation is None:
            return _to_answer(viewer) if viewer.may(Permission.ANSWER_REDUCTION) else []
        if viewer.may(Permission.DECIDE_REDUCTION):
            return _to_decide(viewer)
        return _to_consider(viewer) if viewer.may(Permission.ASK_REDUCTION) else []

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        found = _seen(viewer, induction) if Permission.READ_REDUCTION in may else []
        return Bundle(sections=[Section("A shorter induction", COLUMNS, _rows(found))]) if found else Bundle()

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        found = _seen(viewer, induction) if Permission.READ_REDUCTION in may else []
        return [Filing(Chapter.DECISION, [Section("A shorter induction", COLUMNS, _rows(found))])] if found else []


def _seen(viewer: Viewer, induction: Induction) -> list[Reduction]:
    """The requests of a case that this viewer may know of; a page that asks several times reads them once."""
    if not hasattr(induction, "seen_reductions"):
        induction.seen_reductions = list(visible_reductions(viewer).filter(induction=induction))
    return induction.seen_reductions


def _entries(row: Reduction, url: str) -> Iterator[Entry]:
    yield Entry(row.asked_on, f"An induction of {row.length} was asked for", url)
    if row.decided_on:
        granted = row.state is ReductionStatus.GRANTED
        yield Entry(row.decided_on, f"An induction of {row.length} was {'granted' if granted else 'refused'}", url)
    elif row.state is ReductionStatus.REFUSED and row.answered_on:
        yield Entry(row.answered_on, "The ECT kept the full period of induction", url)


def _rows(found: Iterable[Reduction]) -> list[list[str]]:
    return [
        [r.why.label, r.length, r.asked_by.name, day(r.asked_on), r.advice, day(r.answered_on), r.stands,
         day(r.decided_on), r.reason]
        for r in found
    ]  # fmt: skip


def _to_answer(viewer: Viewer) -> Iterator[Task]:
    waiting = Reduction.objects.filter(induction__teacher__user=viewer.user, status=ReductionStatus.PROPOSED.value)
    for row in waiting:
        url = reverse("assessments:answer_reduction", args=[row.pk])
        yield Task(row.asked_on, "Answer whether you agree to a shorter induction", row.length, url, is_due=False)


def _to_decide(viewer: Viewer) -> Iterator[Task]:
    consented = Reduction.objects.filter(status=ReductionStatus.CONSENTED.value, body=viewer.organisation)
    waiting = consented.filter(induction__in=current_keys(viewer)).select_related("induction__teacher")
    for row in waiting[:MOST]:
        url, about = reverse("assessments:decide_reduction", args=[row.pk]), row.induction.teacher.name
        on = row.answered_on or row.asked_on
        says = "Decide on a shorter induction"
        yield Task(on, says, about, url, "Agreed by the ECT", case_id=row.induction_id, is_due=False)


def _to_consider(viewer: Viewer) -> Iterator[Task]:
    """D34: a part-time ECT of the school may complete early, and nobody has asked for it."""
    asked = Reduction.objects.filter(kind=ReductionKind.PART_TIME.value).values("induction")
    reached = Deadline.objects.filter(kind=EARLY_FINISH, due_on__lte=viewer.on, induction__in=current_keys(viewer))
    for row in reached.exclude(induction__in=asked).select_related("induction__teacher").order_by("due_on")[:MOST]:
        url = reverse("assessments:ask_reduction", args=[row.induction_id])
        says, about = "Consider early completion: two school years are covered", row.induction.teacher.name
        yield Task(row.due_on, says, about, url, "Possible", row.why, case_id=row.induction_id, is_due=False)
