"""What decisions add to a case: the days to write and to decide, its history, and who has to do something."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce
from django.urls import reverse

from cases.models import Deadline, HandRecord, Induction
from cases.parts import Bundle, Ended, Entry, FallsDue, Filing, Panel, Part, Reckoned, Task, Work
from cases.rules.assessing import AssessmentKind
from cases.rules.dates import say
from cases.rules.deadline_rules import RULES
from cases.rules.deadlines import due_on
from cases.rules.explained import Reason
from cases.rules.notices import Told
from cases.rules.outcomes import decision_clock_starts
from cases.rules.schedule import EXTENSION_ASSESSMENT, FINAL_ASSESSMENT
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from ..models import Decision, Notice, Recommendation, Representation
from .access import seen_decisions
from .decision_panel import OWN_PANEL, panel_of
from .decision_papers import bundle_of, filings_of
from .decision_tasks import to_answer, work_of
from .ending import over
from .received import End, received_for

REPRESENTATIONS, DECISION, AGENCY = "representations", "decision", "agency_told"
CODES = {REPRESENTATIONS: "D10", DECISION: "D11", AGENCY: "D13"}
SYSTEM = "system"
SAID = {
    REPRESENTATIONS: "Last day for the ECT’s representations",
    DECISION: "Decision on the induction",
    AGENCY: RULES["D13"].name,
}


class DecisionsPart(Part):
    """D10, D11 and D13 at each end of an induction, and the decisions made."""

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        known = Known([each.induction.pk for each in cases])
        for each in cases:
            for end, completed_on in _ends(each):
                yield from known.deadlines(each.induction.pk, end, completed_on)

    def ended(self, case_ids: Collection[UUID]) -> Mapping[UUID, Ended]:
        return over(case_ids)

    def label(self, deadline: Deadline) -> str:
        return SAID.get(deadline.kind, "")

    def task_url(self, deadline: Deadline) -> str:
        pages = {DECISION: "assessments:deciding", AGENCY: "cases:record_done"}
        page = pages.get(deadline.kind)
        return reverse(page, args=[deadline.induction_id]) if page else ""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        made = [(row.made_on, row.pk) for row in seen_decisions(viewer, induction, may) if row.made_on]
        says = "The appropriate body made its decision"
        return [Entry(on, says, reverse("assessments:decision", args=[key])) for on, key in made]

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        context = panel_of(induction, viewer, may)
        return Panel(OWN_PANEL, context) if context else None

    def work(self, viewer: Viewer) -> Work:
        return work_of(viewer)

    def board(self, viewer: Viewer) -> Iterable[Task]:
        return to_answer(viewer) if viewer.may(Permission.DECIDE) else []

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return bundle_of(induction, viewer, may)

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return filings_of(induction, viewer, may)


class Known:
    """Recommendations, letters and decisions of some cases: five queries, however many cases."""

    def __init__(self, keys: Collection[UUID]) -> None:
        self._received = received_for(keys)
        made = Decision.objects.filter(induction__in=keys, made_on__isnull=False)
        self._made = dict(made.values_list("assessment", "made_on"))
        waived = Representation.objects.filter(induction__in=keys, waives=True)
        self._waived = dict(waived.values_list("recommendation", "on"))
        told = HandRecord.objects.filter(induction__in=keys, code=CODES[AGENCY])
        self._told = {(case, number): on for case, number, on in told.values_list("induction", "number", "done_on")}
        noticed = Notice.objects.filter(induction__in=keys, to=Told.AGENCY).annotate(
            out=Coalesce("sent_on", "posted_on")
        )
        self._noticed = dict(noticed.values_list("decision__assessment", "out"))

    def deadlines(self, case_id: UUID, end: End, completed_on: date) -> Iterator[FallsDue]:
        """Those at one end of one case, once the body has the recommendation."""
        row = self._received.get((case_id, end))
        if row is None:
            return
        made_on = self._made.get(row.signature.version.assessment_id)
        yield self._representations(case_id, end, row, made_on)
        yield _decision(case_id, end, row, completed_on, made_on)
        if made_on:
            says = (
                f"The decision was made on {say(made_on)}: three working days, that day included, to tell the Teaching "
                f"Regulation Agency end on {say(due_on('D13', made_on))}."
            )
            noticed_on = self._noticed.get(row.signature.version.assessment_id)
            told_on = self._told.get((case_id, end.place)) or noticed_on
            yield _due(case_id, AGENCY, end, made_on, says, owner=Role.BODY_OFFICER, closed_on=told_on, after_end=True)

    def _representations(self, case_id: UUID, end: End, row: Recommendation, made_on: date | None) -> FallsDue:
        """D10 passes by itself: nobody has to write."""
        closes = due_on("D10", row.received_on)
        says = (
            f"The ECT received the recommendation on {say(row.received_on)}: ten working days, that day included, to "
            f"write to the appropriate body end on {say(closes)}."
        )
        closed_on = min(filter(None, [self._waived.get(row.pk), made_on]), default=None)
        return _due(case_id, REPRESENTATIONS, end, row.received_on, says, owner=SYSTEM, closed_on=closed_on)


def _decision(case_id: UUID, end: End, row: Recommendation, completed_on: date, made_on: date | None) -> FallsDue:
    """D11, from the later of receipt and completion (R62)."""
    starts = decision_clock_starts(row.received_on, completed_on)
    why = "received the recommendation" if starts == row.received_on else "had the recommendation when induction ended"
    says = (
        f"The appropriate body {why} on {say(starts)}: twenty working days, that day included, end on "
        f"{say(due_on('D11', starts))}."
    )
    return _due(case_id, DECISION, end, starts, says, owner=Role.BODY_OFFICER, closed_on=made_on, since=row.received_on)


def _due(
    case_id: UUID, kind: str, end: End, trigger: date, says: str, *, owner: str, closed_on: date | None,
    since: date | None = None, after_end: bool = False,
) -> FallsDue:  # fmt: skip
    """A deadline of the table, open from `since` or from the day that triggers it."""
    rule, due = RULES[CODES[kind]], due_on(CODES[kind], trigger)
    why = Reason(rule.rule, rule.source, says)
    opened_on = since or trigger
    return FallsDue(
        case_id, rule.code, kind, end.place, opened_on, due, owner, why, closed_on=closed_on, after_end=after_end
    )


def _ends(each: Reckoned) -> Iterator[tuple[End, date]]:
    """The ends of a case, each with the day on which it is completed."""
    extensions = 0
    for event in each.timeline.events:
        if event.kind == FINAL_ASSESSMENT:
            yield End(AssessmentKind.FINAL, 1), event.due_on
        elif event.kind == EXTENSION_ASSESSMENT:
            extensions += 1
            yield End(AssessmentKind.EXTENSION, extensions), event.due_on
