"""Watching absence as it grows: the day a figure is reached (R38, D19, D20) and the pro-rata reading (R32, R33)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .absence import THRESHOLD, WARNINGS
from .amounts import ZERO
from .facts import CaseFacts
from .ledger import Absent, Ledger
from .length import TERMS_A_YEAR
from .service import Run, Service
from .stages import Stage
from .working_days import nth, number_after

FIGURES = (*WARNINGS, THRESHOLD)


def days_reaching(facts: CaseFacts, stage: Stage, figures: tuple[Fraction, ...] = FIGURES) -> dict[Fraction, date]:
    """The school day of ``stage`` on which its counting absence first reached each of ``figures``."""
    total, found = _brought(facts, stage), dict[Fraction, date]()
    for place, weight in _absent_days(facts, stage):
        total += weight
        found.update({figure: nth(place) for figure in figures if figure <= total and figure not in found})
    return found


def absence_by(facts: CaseFacts, stage: Stage, day: date) -> Fraction:
    """The counting absence of ``stage`` up to the end of ``day``."""
    stop = number_after(day)
    days = (weight for place, weight in _absent_days(facts, stage) if place < stop)
    return sum(days, _brought(facts, stage))


def _brought(facts: CaseFacts, stage: Stage) -> Fraction:
    first = stage.run == stage.offset == 0
    return facts.before.absence_days if facts.before and first else ZERO


def _absent_days(facts: CaseFacts, stage: Stage) -> Iterator[tuple[int, Fraction]]:
    service, ledger = Service(facts), Ledger(facts.absences, facts.as_of)
    for run in service.runs(stage.run):
        for start, stop, entry in ledger.within(run, 0, run.days):
            for offset in range(start, stop):
                place = run.number_of(offset)
                if place >= stage.first and (stage.last is None or place <= stage.last):
                    yield place, run.weight_of(offset) * entry.counting


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """R32: three consecutive calendar terms of service, its counting absence and average FTE by days."""

    starts_on: date
    ends_on: date
    absence: Fraction
    average_fte: Fraction

    @property
    def threshold(self) -> Fraction:
        """30 days × FTE."""
        return THRESHOLD * self.average_fte

    @property
    def extension_days(self) -> Fraction:
        """The year's aggregate once it reaches the pro-rata figure, else none."""
        return self.absence if self.absence and self.absence >= self.threshold else ZERO


def service_years(facts: CaseFacts) -> Iterator[ServiceYear]:
    """R32, R33: each school year of service. A body that teaches "30 days pro rata" reads absence year by year.

    Whichever way is the longer holds: the law is never read more permissively than R31.
    """
    service, ledger = Service(facts), Ledger(facts.absences, facts.as_of)
    elapsed, year = ZERO, _Year()
    for run in service.runs():
        start = 0
        while start < run.days and run.share is not None:
            share = Fraction(*run.share)
            days = min(-int((elapsed - TERMS_A_YEAR) // share), run.days - start)
            year.add(run, start, start + days, ledger)
            elapsed, start = elapsed + days * share, start + days
            if elapsed >= TERMS_A_YEAR:
                yield year.finished()
                elapsed, year = elapsed - TERMS_A_YEAR, _Year()
    if year.days:
        yield year.finished()


class _Year:
    """A school year of service being added up."""

    def __init__(self) -> None:
        self.first = self.last = self.days = 0
        self.fte, self.absent = ZERO, Absent()

    def add(self, run: Run, start: int, stop: int, ledger: Ledger) -> None:
        self.first = self.first if self.days else run.number_of(start)
        self.last = run.number_of(stop - 1)
        self.days += stop - start
        self.fte += (stop - start) * run.fte
        self.absent = ledger.absent(run, start, stop, self.absent)

    def finished(self) -> ServiceYear:
        return ServiceYear(nth(self.first), nth(self.last), self.absent.counting, self.fte / self.days)
