"""The ledger of absence: for each working day what fraction counts and what fraction is elected leave (R27-R30)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .absence_kinds import COVID_COUNTS_FROM, Effect
from .amounts import ONE, ZERO
from .facts import Absence
from .service import Run
from .working_days import number, number_after


class Entry(NamedTuple):
    """Working days from ``start`` up to but not ``stop`` on which the absent fractions are the same."""

    start: int
    stop: int
    counting: Fraction
    elected: Fraction


class Absent(NamedTuple):
    """Days absent, in full-day equivalents of contracted time: those that count, and elected statutory leave."""

    counting: Fraction = ZERO
    elected: Fraction = ZERO

    def plus(self, weight: Fraction, entry: Entry) -> Absent:
        """These and the absence of days of so much contracted weight."""
        return Absent(self.counting + weight * entry.counting, self.elected + weight * entry.elected)


NEVER = Absent()


class Ledger:
    """Every working day with absence, as entries in order and apart.

    Statutory leave comes first, elected or not; counting rows take at most the rest of the day; part-day rows of one
    day add, at most 1; on a closure day nothing is absence. The order of the rows never matters.
    """

    def __init__(self, absences: Iterable[Absence], as_of: date) -> None:
        self._entries = list(_entries(absences, as_of))
        self._stops = [entry.stop for entry in self._entries]

    def within(self, run: Run, start: int, stop: int) -> Iterator[tuple[int, int, Entry]]:
        """The entries that touch the days of ``run`` at offsets from ``start`` up to but not ``stop``.

        Each with the offsets at which it starts and stops.
        """
        if not self._entries:
            return
        last = run.number_of(stop - 1)
        for place in range(bisect_right(self._stops, run.number_of(start)), len(self._entries)):
            entry = self._entries[place]
            if entry.start > last:
                return
            low, high = max(run.offset_of(entry.start), start), min(run.offset_of(entry.stop), stop)
            if low < high:
                yield low, high, entry

    def absent(self, run: Run, start: int, stop: int, so_far: Absent) -> Absent:
        """``so_far`` and the absence on the days of ``run`` at offsets from ``start`` up to but not ``stop``."""
        for low, high, entry in self.within(run, start, stop):
            so_far = so_far.plus(run.contracted(low, high), entry)
        return so_far


def _entries(absences: Iterable[Absence], as_of: date) -> Iterator[Entry]:
    changes: dict[int, list[tuple[int, Fraction]]] = defaultdict(list)
    for start, stop, column, fraction in _rows(absences, as_of):
        changes[start].append((column, fraction))
        changes[stop].append((column, -fraction))
    sums = [ZERO] * 4
    edges = sorted(changes)
    for place, start in enumerate(edges[:-1]):
        for column, fraction in changes[start]:
            sums[column] += fraction
        counting, elected, declined, closed = sums
        counting = min(counting, max(ONE - elected - declined, ZERO))
        if not closed and (counting or elected):
            yield Entry(start, edges[place + 1], counting, min(elected, ONE))


_COUNTING, _ELECTED, _DECLINED, _CLOSED = range(4)


def _rows(absences: Iterable[Absence], as_of: date) -> Iterator[tuple[int, int, int, Fraction]]:
    for absence in absences:
        column = _column(absence)
        start = absence.start
        if absence.kind.effect is Effect.COUNTS_SINCE_COVID_RULE_ENDED:
            start = max(start, COVID_COUNTS_FROM)
        first, stop = number(start), number_after(absence.end or as_of)
        if column is not None and first < stop:
            yield first, stop, column, absence.fraction


def _column(absence: Absence) -> int | None:
    match absence.kind.effect:
        case Effect.IGNORED:
            return None
        case Effect.CLOSES_SCHOOL:
            return _CLOSED
        case Effect.STATUTORY:
            return _ELECTED if absence.elected else _DECLINED
        case _:
            return _COUNTING
