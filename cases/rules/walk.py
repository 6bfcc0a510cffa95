"""Walks the service of a case through its stages, from run to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from .amounts import ZERO
from .facts import Before
from .ledger import NEVER, Absent, Entry, Ledger
from .service import Run, Service
from .stages import Plan, Stage
from .tally import Tally


class Walk:
    """A place in the service: a run and the offset of the next day in it."""

    def __init__(self, service: Service, ledger: Ledger) -> None:
        self._service, self._ledger = service, ledger
        self._place, self._offset = -1, 0
        self._at: Run | None = None

    def stages(self, plans: Iterable[Plan], before: Before | None) -> Iterator[Stage]:
        """Every stage reached, in order; the last may be unfinished."""
        served = before.terms if before else ZERO
        absent = Absent(before.absence_days) if before else NEVER
        for plan in plans:
            if plan.decided:  # it counts its own terms only; what part 1 accrued beyond 3 stays in part 2's total
                served = plan.target - plan.terms
            stage = self._serve(plan, served, absent)
            if stage is None:
                return
            yield stage
            if stage.last is None:
                return
            served, absent = stage.served, NEVER

    def _serve(self, plan: Plan, served: Fraction, absent: Absent) -> Stage | None:
        run = self._run()
        if run is None:
            return None
        first, place, offset = run.number_of(self._offset), self._place, self._offset
        tally = Tally(served)
        unextended, absent = self._accrue(plan, tally, absent)
        last, absent = (None, absent) if unextended is None else self._extend(plan, unextended, absent)
        return Stage(plan, first, place, offset, served, tally.total, unextended, last, absent)

    def _run(self) -> Run | None:
        """The run of the next day; None when service ends."""
        run = self._at
        if run is None or self._offset == run.days:
            self._place, self._offset = self._place + 1, 0
            run = self._at = self._service.run(self._place)
        return run

    def _accrue(self, plan: Plan, tally: Tally, absent: Absent) -> tuple[int | None, Absent]:
        """Serve until the stage's terms are reached, on its first day at the earliest (R15, R24)."""
        while (run := self._run()) is not None:
            start = self._offset
            days, reached = tally.serve(plan.target, run.rate, run.days - start)
            absent = self._ledger.absent(run, start, start + days, absent)
            self._offset = start + days
            if reached:
                return run.number_of(self._offset - 1), absent
        return None, absent

    def _extend(self, plan: Plan, unextended: int, absent: Absent) -> tuple[int | None, Absent]:
        """Work the extension off, on contracted days; absence meanwhile belongs to the same part (R34, R35)."""
        if not plan.extension(absent):
            return unextended, absent
        worked = ZERO
        while (run := self._run()) is not None:
            for start, stop, entry in self._blocks(run):
                if entry is None:
                    ended, worked = _work(run, start, stop, worked, plan.extension(absent))
                else:
                    ended, worked, absent = _work_absent(run, start, stop, worked, absent, plan, entry)
                if ended is not None:
                    self._offset = ended + 1
                    return run.number_of(ended), absent
            self._offset = run.days
        return None, absent

    def _blocks(self, run: Run) -> Iterator[tuple[int, int, Entry | None]]:
        """The rest of the run in blocks of offsets with one entry of absence each, or none."""
        start = self._offset
        for low, high, entry in self._ledger.within(run, start, run.days):
            if start < low:
                yield start, low, None
            yield low, high, entry
            start = high
        if start < run.days:
            yield start, run.days, None


def _work(run: Run, start: int, stop: int, worked: Fraction, extension: Fraction) -> tuple[int | None, Fraction]:
    """Days without absence: the offset on which the extension is worked off, if it is, and the weight worked."""
    weight = run.contracted(start, stop)
    if worked + weight < extension:
        return None, worked + weight
    return run.reaching(start, extension - worked), extension


def _work_absent(
    run: Run, start: int, stop: int, worked: Fraction, absent: Absent, plan: Plan, entry: Entry
) -> tuple[int | None, Fraction, Absent]:
    """Days with absence, one by one: each both works the extension off and may lengthen it."""
    for offset in range(start, stop):
        weight = run.weight_of(offset)
        worked += weight
        absent = absent.plus(weight, entry)
        if worked >= plan.extension(absent):
            return offset, worked, absent
    return None, worked, absent
