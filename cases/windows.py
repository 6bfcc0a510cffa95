"""Which submission window of which body a review or assessment falls into."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from .models import BodyPeriod, SubmissionWindow
from .parts import FallsDue, Reckoned
from .rules.windows import TermKey, Window, due_to_body, term_of

Period = tuple[date, date | None, UUID, str]


class Windows:
    """The windows of the bodies of some cases: two queries, however many cases."""

    def __init__(self, case_ids: Iterable[UUID]) -> None:
        self._periods: defaultdict[UUID, list[Period]] = defaultdict(list)
        periods = BodyPeriod.objects.filter(induction__in=list(case_ids)).order_by("starts_on")
        told = periods.values_list("induction", "starts_on", "ends_on", "body", "body__name")
        for case_id, *period in told:
            self._periods[case_id].append((period[0], period[1], period[2], period[3]))
        bodies = {period[2] for found in self._periods.values() for period in found}
        self._windows = windows_of(bodies) if bodies else {}

    def applied(self, each: Reckoned, due: FallsDue) -> FallsDue:
        """A review or assessment with the day on which the body responsible then has it due (R52)."""
        period = self._body_on(due.induction_id, due.due_on)
        windows = self._windows.get(period[2], {}) if period else {}
        if period is None or not windows:
            return due
        told = due_to_body(
            due.due_on,
            opened_on=due.opened_on,
            term=_term(each, due.due_on),
            windows=windows,
            body=period[3],
            because=due.why,
        )
        if told.value == due.due_on:
            return due
        return replace(due, due_on=told.value, nominal_on=due.due_on, why=told.because[0])

    def _body_on(self, case_id: UUID, day: date) -> Period | None:
        """The body responsible on a day, with its period."""
        begun = [p for p in self._periods[case_id] if p[0] <= day and (p[1] is None or day <= p[1])]
        return begun[-1] if begun else None


def windows_of(bodies: Iterable[UUID]) -> dict[UUID, dict[TermKey, Window]]:
    """Every window of some bodies, by body and term."""
    found: dict[UUID, dict[TermKey, Window]] = {}
    for window in SubmissionWindow.objects.filter(body__in=bodies):
        found.setdefault(window.body_id, {})[window.key] = window.facts
    return found


def _term(each: Reckoned, day: date) -> TermKey | None:
    """The term of the school at which the ECT serves on a day, the lead school's first (R20)."""
    facts = each.timeline.facts
    served = [p for p in facts.placements if p.start <= day and (p.end is None or day <= p.end)]
    return term_of(facts.calendars[served[0].school], day) if served else None
