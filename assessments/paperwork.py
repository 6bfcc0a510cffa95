"""What falls due around an assessment: the copy of the first (D7), the final report and the recommendation (D8, D9),
and the interim assessment of an ECT who leaves (D22).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from cases.models import Placement
from cases.parts import FallsDue, Reckoned
from cases.rules.assessing import INTERIM_ASSESSMENT, AssessmentKind
from cases.rules.dates import say
from cases.rules.deadline_rules import RULES
from cases.rules.deadlines import due_on
from cases.rules.explained import Reason
from cases.rules.leaving import interim_due
from cases.rules.schedule import EXTENSION_ASSESSMENT, FINAL_ASSESSMENT
from induction_portal.accounts.permissions import Role

from .models import Assessment, Sending

FIRST_REPORT, FINAL_REPORT, RECOMMENDATION = "first_report", "final_report", "recommendation"
SAID = {
    FIRST_REPORT: "Copy of the first assessment to the appropriate body",
    FINAL_REPORT: "Final report to the appropriate body",
    RECOMMENDATION: "Headteacher’s recommendation to the appropriate body",
    INTERIM_ASSESSMENT: "Interim assessment before the ECT leaves",
}
Held = Mapping[tuple[AssessmentKind, int], Assessment]


class Paperwork:
    """The assessments of some cases, and when each was first sent: three queries, however many cases."""

    def __init__(self, keys: Sequence[UUID]) -> None:
        self._held: dict[UUID, dict[tuple[AssessmentKind, int], Assessment]] = {}
        for row in Assessment.objects.filter(induction__in=keys):
            self._held.setdefault(row.induction_id, {})[row.which, row.number] = row
        sent = Sending.objects.filter(version__assessment__induction__in=keys).order_by("-at")
        self._sent: dict[UUID, date] = dict(sent.values_list("version__assessment", "on"))
        self._placed: dict[UUID, list[Placement]] = {}
        for placement in Placement.objects.filter(induction__in=keys).order_by("starts_on", "pk"):
            self._placed.setdefault(placement.induction_id, []).append(placement)

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
        why, sent = Reason(RULES[code].rule, RULES[code].source, says), self._sent.get(row.pk)
        return FallsDue(row.induction_id, code, kind, number, row.held_on, due, owner, why, closed_on=sent)

    def _final(self, each: Reckoned, end: "End", row: Assessment | None) -> Iterator[FallsDue]:
        """R89: once the meeting was held, the report and the recommendation that goes with it are due by the earlier of
        the two days.
        """
        recommendation = _recommendation(each, end, self._sent.get(row.pk) if row else None)
        if row is None:
            yield recommendation
            return
        report = self._report(row, "D8", FINAL_REPORT, Role.HEADTEACHER, end.place)
        binding = min(report.due_on, recommendation.due_on)
        for due in (report, recommendation):
            yield due if due.due_on == binding else _sooner(due, binding)

    def _interims(self, each: Reckoned, held: Held) -> Iterator[FallsDue]:
        """D22 for each placement that the ECT leaves, by its place among them."""
        by_start = {(facts.school, facts.start): facts for facts in each.timeline.facts.placements}
        for number, placement in enumerate(self._placed.get(each.induction.pk, []), 1):
            leaves_on = placement.ends_on or self._said_to_leave(placement, held)
            facts = by_start[str(placement.school_id), placement.starts_on]
            row = held.get((AssessmentKind.INTERIM, number))
            if leaves_on is None or not (row or interim_due(each.timeline, facts, leaves_on)):
                continue
            says = f"The ECT leaves on {say(leaves_on)}, after a term or more and before the next assessment."
            yield FallsDue(
                each.induction.pk, "D22", INTERIM_ASSESSMENT, number, placement.starts_on, leaves_on,
                Role.INDUCTION_TUTOR, Reason("R54", "SG 2.62", says),
                closed_on=self._sent.get(row.pk) if row else None,
            )  # fmt: skip

    def _said_to_leave(self, placement: Placement, held: Held) -> date | None:
        """The last day that the first assessment named, where the end of the placement has not been recorded."""
        named = [row.leaves_on for row in held.values() if row.placement_id == placement.pk and row.leaves_on]
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
