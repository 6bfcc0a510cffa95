"""What an absence does to an induction: how many days of each part, how long, and which dates move (R26-R36)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .absence import THRESHOLD
from .absence_kinds import Effect
from .amounts import ZERO, spoken
from .dates import say
from .explained import Reason
from .facts import Absence, CaseFacts
from .ledger import Absent, Ledger
from .schedule import EXTENSION_ASSESSMENT, FINAL_ASSESSMENT, FIRST_ASSESSMENT
from .service import Service
from .stages import Stage
from .timeline import Timeline, timeline
from .timetable import CAP_PERCENT
from .working_days import number, number_after

NAMES = {
    FIRST_ASSESSMENT: "The first formal assessment",
    FINAL_ASSESSMENT: "The final formal assessment",
    EXTENSION_ASSESSMENT: "The assessment at the end of the extension",
}


def days_absent(facts: CaseFacts, first: date, last: date) -> Absent:
    """The days absent from ``first`` to ``last``, ends included: those that count towards 30, and statutory leave,
    chosen or not, as ``elected`` (SG 2.74). In full-day equivalents of contracted time (R27).
    """
    leave = [replace(each, elected=True) if each.kind.effect is Effect.STATUTORY else each for each in facts.absences]
    ledger, found = Ledger(leave, facts.as_of), Absent()
    start, stop = number(first), number_after(last)
    for run in Service(facts).runs() if leave else ():
        if run.first >= stop:
            break
        low, high = run.offset_of(start), run.offset_of(stop)
        if low < high:
            found = ledger.absent(run, low, high, found)
    return found


@dataclass(frozen=True, slots=True)
class AbsenceEffect:
    """What a change of the absences does. ``before`` and ``after`` are the last day of induction, None where the
    placements known end first; ``because`` says it, one sentence for each thing that changes.
    """

    before: date | None
    after: date | None
    because: tuple[Reason, ...]

    @property
    def shown(self) -> list[object]:
        """What a page shows of it, to be confirmed as it was shown."""
        return [self.before, self.after, *(reason.says for reason in self.because)]


def effect_of_absences(facts: CaseFacts, absences: tuple[Absence, ...]) -> AbsenceEffect:
    """What it does to have these absences instead of those in ``facts``: the same rules as reckon by."""
    was, then = timeline(facts), timeline(replace(facts, absences=absences))
    return AbsenceEffect(was.ends_on, then.ends_on, tuple(_changes(was, then)))


def _changes(was: Timeline, then: Timeline) -> Iterator[Reason]:
    earlier = {stage.plan.number: stage for stage in was.parts}
    changed = False
    for stage in then.parts:
        old = earlier.get(stage.plan.number)
        for reason in _of_part(stage, old):
            changed = True
            yield reason
    for reason in _moved(was, then):
        changed = True
        yield reason
    if not changed:
        says = "No date changes, and the days that count towards 30 stay as they are."
        yield Reason("R27", "SG 3.6", says)


def _of_part(stage: Stage, old: Stage | None) -> Iterator[Reason]:
    name, total = f"part {stage.plan.number}", stage.absent.counting
    before = old.absent if old else Absent()
    if total != before.counting:
        says = (
            f"Absence that counts in {name} goes from {_days(before.counting)} to {_days(total)}, against {THRESHOLD}."
        )
        yield Reason("R26", "Reg 8(1); SG 3.6", says)
    longer = stage.plan.extension(stage.absent)
    shorter = old.plan.extension(old.absent) if old else ZERO
    if longer == shorter:
        return
    cap = f"The timetable stays at most {CAP_PERCENT[stage.plan.number]}% until it ends."
    if not longer:
        says = f"{name.capitalize()} is no longer extended."
    elif not shorter:
        says = f"{name.capitalize()} is extended by {_days(longer)}. {cap}"
    else:
        says = f"{name.capitalize()} is extended by {_days(longer)} instead of {_days(shorter)}. {cap}"
    yield Reason("R36", "SG 3.6", says)


def _moved(was: Timeline, then: Timeline) -> Iterator[Reason]:
    old = {event.kind: event.due_on for event in was.events if event.kind in NAMES}
    for event in then.events:
        before = old.get(event.kind)
        if event.kind in NAMES and before != event.due_on:
            moves = f"moves from {say(before)} to" if before else "is due on"
            yield Reason("R48", "SG 2.55", f"{NAMES[event.kind]} {moves} {say(event.due_on)}.")
    if was.ends_on != then.ends_on and was.ends_on and then.ends_on:
        says = f"Induction ends on {say(then.ends_on)} instead of {say(was.ends_on)}."
        yield Reason("R24", "Reg 11(1); SG 2.65", says)


def _days(amount: object) -> str:
    text = spoken(amount, 2)  # type: ignore[arg-type]
    return f"{text} day" if text == "1" else f"{text} days"
