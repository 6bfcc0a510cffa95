"""What falls due around an assessment: the copy of the first (D7), the final report and the recommendation (D8, D9),
and the interim assessment of an ECT who leaves (D22).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Min

from cases.parts import FallsDue, Reckoned
from cases.rules.assessing import INTERIM_ASSESSMENT, AssessmentKind
from cases.rules.dates import say
from cases.rules.deadline_rules import RULES
from cases.rules.deadlines import due_on
from cases.rules.explained import Reason
from cases.rules.facts import Placement
from cases.rules.leaving import interim_due
from cases.rules.schedule import EXTENSION_ASSESSMENT, FINAL_ASSESSMENT
from induction_portal.accounts.permissions import Role

from .models import Assessment

FIRST_REPORT, FINAL_REPORT, RECOMMENDATION = "first_report", "final_report", "recommendation"
SAID = {
    FIRST_REPORT: "Copy of the first assessment to the appropriate body",
    FINAL_REPORT: "Final report to the appropriate body",
    RECOMMENDATION: "Headteacher’s recommendation to the appropriate body",
    INTERIM_ASSESSMENT: "Interim assessment before the ECT leaves",
}
Held = Mapping[tuple[AssessmentKind, int], Assessment]


class Paperwork:
    """The assessments of some cases, and when each was first sent: one query, however many cases."""

    def __init__(self, keys: Sequence[UUID]) -> None:
        self._held: dict[UUID, dict[tuple[AssessmentKind, int], Assessment]] = {}
        rows = Assessment.objects.filter(induction__in=keys).select_related("placement")
        for row in rows.annotate(first_sent=Min("versions__sending__on")).order_by():
            self._held.setdefault(row.induction_id, {})[row.which, row.number] = row

    def deadlines(self, each: Reckoned) -> Iterator[FallsDue]:
        """Those of one case."""
        held = self._held.get(each.induction.pk, {})
        first = held.get((AssessmentKind.FIRST, 1))
        if first:
            yield self._report(first, "D7", FIRST_REPORT, Role.INDUCTION_TUTOR, 1)
        for end in _ends(each):
            yield from self._final(each, end, held.get((end.kind, end.number)))
        yield from self._interims(each, held)

    def _report(self, row: Assessment, code: str, kind: str, owner: Role, number: int) -> FallsDue:
        due = due_on(code, row.held_on)
        says = f"The meeting was on {say(row.held_on)}: ten working days after it the report is due, by {say(due)}."
        why, sent = Reason(RULES[code].rule, RULES[code].source, says), row.first_sent
        return FallsDue(row.induction_id, code, kind, number, row.held_on, due, owner, why, closed_on=sent)

    def _final(self, each: Reckoned, end: "End", row: Assessment | None) -> Iterator[FallsDue]:
        """R89: once the meeting was held, the report and the recommendation that goes with it are due by the earlier of
        the two days.
        """
        recommendation = _recommendation(each, end, row.first_sent if row else None)
        if row is None:
            yield recommendation
            return
        report = self._report(row, "D8", FINAL_REPORT, Role.HEADTEACHER, end.place)
        binding = min(report.due_on, recommendation.due_on)
        for due in (report, recommendation):
            yield due if due.due_on == binding else _sooner(due, binding)

    def _interims(self, each: Reckoned, held: Held) -> Iterator[FallsDue]:
        """D22 for each placement that the ECT leaves, by its place among them."""
        placed = sorted(each.timeline.facts.placements, key=lambda placement: (placement.start, placement.school))
        for number, placement in enumerate(placed, 1):
            leaves_on = placement.end or _said_to_leave(placement, held)
            row = held.get((AssessmentKind.INTERIM, number))
            if leaves_on is None or not (row or interim_due(each.timeline, placement, leaves_on)):
                continue
            says = f"The ECT leaves on {say(leaves_on)}, after a term or more and before the next assessment."
            yield FallsDue(
                each.induction.pk, "D22", INTERIM_ASSESSMENT, number, placement.start, leaves_on,
                Role.INDUCTION_TUTOR, Reason("R54", "SG 2.62", says), closed_on=row.first_sent if row else None,
            )  # fmt: skip


def _said_to_leave(placement: Placement, held: Held) -> date | None:
    """The last day that an assessment named, where the end of the placement has not been recorded."""
    here = [row for row in held.values() if row.placement.starts_on == placement.start]
    named = [row.leaves_on for row in here if str(row.school_id) == placement.school and row.leaves_on]
    return max(named, default=None)


class End(NamedTuple):
    """A day on which an induction, or an extension of it, is completed, and which assessment belongs to it.

    ``place`` counts them: 1 for the induction itself.
    """

    kind: AssessmentKind
    number: int
    place: int
    on: date


def _ends(each: Reckoned) -> Iterator[End]:
    extensions = 0
    for event in each.timeline.events:
        if event.kind == FINAL_ASSESSMENT:
            yield End(AssessmentKind.FINAL, 1, 1, event.due_on)
        elif event.kind == EXTENSION_ASSESSMENT:
            extensions += 1
            yield End(AssessmentKind.EXTENSION, extensions, extensions + 1, event.due_on)


def _recommendation(each: Reckoned, end: End, sent: date | None) -> FallsDue:
    due = due_on("D9", end.on)
    says = f"Induction is completed on {say(end.on)}: ten working days, that day included, end on {say(due)}."
    return FallsDue(
        each.induction.pk, "D9", RECOMMENDATION, end.place, min(end.on, sent or end.on), due, Role.HEADTEACHER,
        Reason("R60", "Reg 11(3)", says), closed_on=sent,
    )  # fmt: skip


def _sooner(due: FallsDue, binding: date) -> FallsDue:
    says = f"Report and recommendation go together, so both are due by the earlier day, {say(binding)}. {due.why.says}"
    why = Reason("R89", due.why.source, says)
    return replace(due, due_on=binding, nominal_on=due.due_on, opened_on=min(due.opened_on, binding), why=why)
