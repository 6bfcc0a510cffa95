"""The deadlines of the statutory clock: reviews, assessments, and the days on which something changes by itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .deadlines import LABELS, OWNERS, PROGRESS_REVIEW, SYSTEM
from .file_rows import clock_filing
from .models import Deadline, Induction
from .parts import PARTS, FallsDue, Filing, Part, Reckoned
from .rules.away import CHOICE, RETURN, held_back
from .rules.dates import say
from .rules.explained import Reason
from .rules.length import FULL_INDUCTION
from .rules.schedule import FIRST_ASSESSMENT, term_reached_on
from .rules.timeline_reasons import event_reason
from .windows import Windows

CODES = {PROGRESS_REVIEW: "D4", FIRST_ASSESSMENT: "D6"}
PART_2, EARLY_FINISH = "part_2_starts", "early_finish_possible"
SAID = LABELS | {PART_2: "Part 2 begins", EARLY_FINISH: "Early completion becomes possible"}


class ClockPart(Part):
    """What the rules make of service alone: D4, D6, the final assessment, D33 and D34."""

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        keys = [each.induction.pk for each in cases]
        closed = {key: on for part in PARTS for key, on in part.closed(keys).items()}
        windows = Windows(keys)
        for each in cases:
            for due in map(partial(windows.applied, each), _events(each)):
                key = due.induction_id, due.kind, due.number
                yield _closed(due, closed[key]) if key in closed else _held(due, each)
            yield from _changes(each)

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return [clock_filing(induction, viewer, may)]

    def label(self, deadline: Deadline) -> str:
        return SAID[deadline.kind].format(number=deadline.number) if deadline.kind in SAID else ""


def _closed(due: FallsDue, on: date) -> FallsDue:
    return replace(due, closed_on=on)


def _held(due: FallsDue, each: Reckoned) -> FallsDue:
    """What falls due while the ECT is away waits for their return, and for their choice (R29, R51)."""
    facts = each.timeline.facts
    held = held_back(facts, due.due_on, due.kind) if facts.absences else None
    if held is None or held == (due.due_on, ""):
        return due
    why = _why_held(due, held.waits, held.due_on)
    return replace(due, due_on=held.due_on, waits=held.waits, why=why, nominal_on=due.nominal_on or due.due_on)


def _why_held(due: FallsDue, waits: str, moved_to: date) -> Reason:
    was = f"It would have been due on {say(due.due_on)}"
    if waits == RETURN:
        return Reason("R51", "SG 2.49, 2.56, 3.7", f"{was}, while the ECT is away: it is due on return.")
    if waits == CHOICE:
        says = f"{was}. It waits until the ECT has chosen about their leave, by {say(moved_to)} at the latest."
        return Reason("R29", "SG 3.7", says)
    return Reason("R51", "SG 2.49, 2.56", f"{was}, while the ECT was away: it is due on return, {say(moved_to)}.")


def _events(each: Reckoned) -> Iterator[FallsDue]:
    """Reviews and assessments; each stands from the day after the one before it fell due (R48)."""
    seen: Counter[str] = Counter()
    opened_on = min((placement.start for placement in each.timeline.facts.placements), default=date.min)
    for event in each.timeline.events:
        seen[event.kind] += 1
        yield FallsDue(
            induction_id=each.induction.pk,
            code=CODES.get(event.kind, ""),
            kind=event.kind,
            number=event.number or seen[event.kind],
            opened_on=min(opened_on, event.due_on),
            due_on=event.due_on,
            owner=OWNERS[event.kind],
            why=event_reason(event),
        )
        opened_on = event.due_on + timedelta(days=1)


def _changes(each: Reckoned) -> Iterator[FallsDue]:
    """D33: the day part 2, and its timetable, begins. D34: the day from which a part-timer may finish early (R23)."""
    told = each.timeline
    first, second = (next((part for part in told.parts if part.plan.number == n), None) for n in (1, 2))
    if first and second:
        says = (
            f"Part 1 ends on {say(first.ends_on)}, so part 2 begins on {say(second.starts_on)} with its own timetable."
        )
        why = Reason("R36", "Reg 10(4); SG 2.20", says)
        yield _note(each, "D33", PART_2, first.starts_on, second.starts_on, why)
    early = _early_finish(each)
    if early:
        says = (
            f"Six calendar terms have run on {say(early)}: the appropriate body may bring the final assessment forward."
        )
        opened_on = min(placement.start for placement in told.facts.placements)
        yield _note(each, "D34", EARLY_FINISH, opened_on, early, Reason("R23", "SG 2.38, 3.5", says))


def _early_finish(each: Reckoned) -> date | None:
    """Only who serves a full induction part time comes to it before the end."""
    told = each.timeline
    part_time = any(step.fte < 1 for placement in told.facts.placements for step in placement.steps)
    if not part_time or told.facts.required_terms != FULL_INDUCTION:
        return None
    reached = term_reached_on(told.facts, int(FULL_INDUCTION))
    return reached if reached and (told.ends_on is None or reached < told.ends_on) else None


def _note(each: Reckoned, code: str, kind: str, opened_on: date, due_on: date, why: Reason) -> FallsDue:
    return FallsDue(each.induction.pk, code, kind, 0, min(opened_on, due_on), due_on, SYSTEM, why)
