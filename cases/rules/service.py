"""Service: the school days of the counted placements, in order, in runs of days that are all alike (R17-R20).

Between two changes (a term, a closure, a step of the working pattern, a placement that starts or ends) every school day
accrues the same, so a run is a count and a rate, and no rule needs to look at single days. Days within a run are
addressed by *offset*, 0 for its first. Runs are built as far as somebody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import add

from .amounts import ONE, ZERO
from .calendar import Calendar, Stretch
from .dates import add_years
from .employment import ignored_placements
from .facts import CaseFacts, PatternStep, Placement, Weights
from .pausing import going_on
from .tally import Rate
from .working_days import number, number_after, weekday, weekday_count

LONGEST_YEARS = 35


class Run:
    """School days that are all alike. ``rate`` and ``share`` are FTE terms and calendar terms a day (R17, R18).

    A share of None is no calendar terms. ``weights`` are the contracted weights of the weekdays, ``even`` when all the
    same; ``scaled`` when several schools together are above full time (R20); ``assumed_from`` is the first day of the
    assumed term it lies in, if any.
    """

    __slots__ = ("assumed_from", "days", "even", "fte", "rate", "scaled", "share", "stretches", "weights")

    def __init__(
        self,
        stretches: tuple[Stretch, ...],
        days: int,
        rate: Rate,
        share: Rate | None,
        weights: Weights,
        even: bool,
        fte: Fraction,
        assumed_from: date | None,
        scaled: bool = False,
    ) -> None:
        self.stretches = stretches
        self.days = days
        self.rate = rate
        self.share = share
        self.weights = weights
        self.even = even
        self.fte = fte
        self.assumed_from = assumed_from
        self.scaled = scaled

    @property
    def first(self) -> int:
        """The number of its first day."""
        return self.stretches[0][0]

    def number_of(self, offset: int) -> int:
        """The working-day number of the day at ``offset``."""
        place, (start, stop) = 0, self.stretches[0]
        while offset >= stop - start:
            offset -= stop - start
            place += 1
            start, stop = self.stretches[place]
        return start + offset

    def offset_of(self, place: int) -> int:
        """How many of its days come before the working day numbered ``place``."""
        days = 0
        for start, stop in self.stretches:
            if place <= start:
                break
            days += min(place, stop) - start
        return days

    def weight_of(self, offset: int) -> Fraction:
        """The contracted weight of the day at ``offset``."""
        return self.weights[0] if self.even else self.weights[weekday(self.number_of(offset))]

    def contracted(self, start: int, stop: int) -> Fraction:
        """The contracted weight of the days at offsets from ``start`` up to but not ``stop``."""
        if self.even:
            return (stop - start) * self.weights[0]
        first, last, total = self.number_of(start), self.number_of(stop - 1) + 1, ZERO
        for a, b in self.stretches:
            low, high = max(a, first), min(b, last)
            if low < high:
                total += sum(w * weekday_count(day, low, high) for day, w in enumerate(self.weights) if w)
        return total

    def reaching(self, start: int, needed: Fraction) -> int:
        """The offset, from ``start`` on, of the day by which the contracted weight reaches ``needed``."""
        if self.even:
            return start - int(-needed // self.weights[0]) - 1
        offset = start - 1
        while needed > 0:
            offset += 1
            needed -= self.weight_of(offset)
        return offset


class Service:
    """The runs of a case, in order, and which placements they leave out."""

    def __init__(self, facts: CaseFacts) -> None:
        self.ignored = ignored_placements(facts.placements, facts.calendars)
        counted = [placement for place, placement in enumerate(facts.placements) if place not in self.ignored]
        self._coming = _runs([piece for each in counted for piece in going_on(each, facts.paused)], facts)
        self._known: list[Run] = []

    def run(self, place: int) -> Run | None:
        """The run numbered ``place`` from 0; None past the last."""
        known = self._known
        while len(known) <= place:
            if (coming := next(self._coming, None)) is None:
                return None
            known.append(coming)
        return known[place]

    def runs(self, place: int = 0) -> Iterator[Run]:
        """The runs from the one numbered ``place`` on."""
        known = self._known
        while place < len(known) or self.run(place) is not None:
            yield known[place]
            place += 1


def _runs(counted: Sequence[Placement], facts: CaseFacts) -> Iterator[Run]:
    """Runs up to 35 years from the first counted placement's start; what would take longer is not foreseen."""
    if not counted:
        return
    limit = number(add_years(min(placement.start for placement in counted), LONGEST_YEARS))
    for together in _overlapping(counted):
        if len(together) == 1:
            (placement,) = together
            yield from _alone(placement, facts.calendars[placement.school], limit)
        else:
            yield from _several([Sweep(placement, facts.calendars[placement.school], limit) for placement in together])


def _overlapping(counted: Sequence[Placement]) -> Iterator[list[Placement]]:
    """Placements in groups that do not overlap in time, each group in the order listed."""
    together: list[tuple[int, Placement]] = []
    latest = date.min
    for place, placement in sorted(enumerate(counted), key=lambda listed: listed[1].start):
        if together and placement.start > latest:
            yield [placement for _, placement in sorted(together)]
            together = []
        together.append((place, placement))
        latest = max(latest, placement.end or date.max)
    yield [placement for _, placement in sorted(together)]


def _alone(placement: Placement, calendar: Calendar, limit: int) -> Iterator[Run]:
    """One run for each term and step of the pattern in which the placement has school days."""
    stop = min(_stop(placement), limit)
    spans = _spans(placement, stop)
    for term in calendar.terms_from(placement.start):
        first, end = term.first, term.stop
        if first >= stop:
            return
        for since, until, step, weights in spans:
            if since >= end or until <= first:
                continue
            stretches, days = term.within(since, until)
            if days:
                fte, length = step.fte, term.length
                rate = Rate(fte.numerator, fte.denominator * length)
                assumed_from = term.start if term.assumed else None
                yield Run(stretches, days, rate, Rate(1, length), weights, step.days is None, fte, assumed_from)


def _spans(placement: Placement, stop: int) -> list[tuple[int, int, PatternStep, Weights]]:
    """From and up to which working day each step of the pattern holds, in order."""
    first = number(placement.start)
    steps = sorted(placement.steps, key=lambda step: step.starts)
    starts = [max(number(step.starts), first) for step in steps]
    spans = zip(starts, [*starts[1:], stop], steps, strict=True)
    return [(start, min(end, stop), step, step.weights) for start, end, step in spans if start < min(end, stop)]


def _stop(placement: Placement) -> int:
    return number_after(placement.end or date.max)


class Sweep:
    """One of several placements at once: its stretches of school days, one after the other (R20)."""

    def __init__(self, placement: Placement, calendar: Calendar, limit: int) -> None:
        self.first, self.stop = number(placement.start), min(_stop(placement), limit)
        self._coming = ((stretch, run) for run in _alone(placement, calendar, limit) for stretch in run.stretches)
        self.current = next(self._coming, None)

    def in_force(self, place: int) -> bool:
        """Whether the placement is in force on the working day numbered ``place``."""
        return self.first <= place < self.stop

    def open_at(self, place: int) -> Run | None:
        """What it brings on the working day numbered ``place``, None when its school is closed."""
        while self.current is not None and self.current[0][1] <= place:
            self.current = next(self._coming, None)
        if self.current is None or place < self.current[0][0]:
            return None
        return self.current[1]

    def next_change(self, place: int) -> int:
        """The first number past ``place`` from which something about it may differ."""
        edges = [self.first, self.stop, *(self.current[0] if self.current else ())]
        return min((edge for edge in edges if edge > place), default=place)


def _several(sweeps: Sequence[Sweep]) -> Iterator[Run]:
    """Runs of placements that overlap: what is open is added, scaled down to full time in all."""
    place = min(sweep.first for sweep in sweeps)
    while True:
        brought = [sweep.open_at(place) for sweep in sweeps]
        stop = min((edge for sweep in sweeps if (edge := sweep.next_change(place)) > place), default=place)
        if stop == place:
            return
        if open_runs := [run for run in brought if run is not None]:
            leading = next(run for sweep, run in zip(sweeps, brought, strict=True) if sweep.in_force(place))
            yield _together(open_runs, leading, (place, stop))
        place = stop


def _together(open_runs: Sequence[Run], leading: Run | None, stretch: Stretch) -> Run:
    """``leading`` is what the first-listed placement in force brings: calendar terms follow it alone."""
    fte = _sum(run.fte for run in open_runs)
    rate = _sum(Fraction(*run.rate) for run in open_runs)
    even = all(run.even for run in open_runs)
    return Run(
        (stretch,),
        stretch[1] - stretch[0],
        Rate.of(rate / fte if fte > 1 else rate),
        leading.share if leading else None,
        (min(fte, ONE),) * 5 if even else _added(open_runs),
        even,
        min(fte, ONE),
        min((run.assumed_from for run in open_runs if run.assumed_from), default=None),
        fte > 1,
    )


def _added(open_runs: Sequence[Run]) -> Weights:
    """Contracted weights of several add, at most to a whole day."""
    totals = [_sum(weights) for weights in zip(*(run.weights for run in open_runs), strict=True)]
    mon, tue, wed, thu, fri = (min(total, ONE) for total in totals)
    return mon, tue, wed, thu, fri


def _sum(amounts: Iterable[Fraction]) -> Fraction:
    """The sum of at least one amount; adding to a zero would cost as much as adding two."""
    return reduce(add, amounts)
