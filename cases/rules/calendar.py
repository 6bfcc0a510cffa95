"""A school's calendar: terms, closures and the school days in them (R92).

A *school day* is Monday to Friday inside a term, outside that term's closures and not an England bank holiday; terms
run from teachers' first to last working day, INSET included. Past the last term given, terms are *assumed*: the last
three repeated, shifted by 364 days, again and again.

``Stretch`` is a pair of working-day numbers (``working_days.number``), from the first up to but not the second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property

from .amounts import ONE, ZERO
from .bank_holidays import BANK_HOLIDAYS
from .working_days import LAST, number, number_after, wd_excl, wd_incl

__all__ = ["Calendar", "Closure", "Stretch", "Term", "england_default_calendar", "school_year_of", "wd_excl", "wd_incl"]

Stretch = tuple[int, int]
ASSUMED_SHIFT = timedelta(days=364)
TERM_NAMES = ("autumn", "spring", "summer")


@dataclass(frozen=True)
class Closure:
    """Days inside a term on which the school is closed to teachers, both ends included."""

    start: date
    end: date


@dataclass(frozen=True)
class Term:
    """One term, from teachers' first to last working day, with the school year it belongs to, such as ``2025/26``."""

    name: str
    school_year: str
    start: date
    end: date
    closures: tuple[Closure, ...] = ()
    assumed: bool = False

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The school days as stretches of working days, in order and apart."""
        found, place, stop = [], self.first, self.stop
        for closure in sorted(self.closures, key=lambda closure: closure.start):
            closed_from, closed_to = number(closure.start), number_after(closure.end)
            if place < min(closed_from, stop):
                found.append((place, min(closed_from, stop)))
            place = max(place, closed_to)
        if place < stop:
            found.append((place, stop))
        return tuple(found)

    @cached_property
    def first(self) -> int:
        """The number of the first working day on or after its start."""
        return number(self.start)

    @cached_property
    def stop(self) -> int:
        """The number of the first working day after its end."""
        return number_after(self.end)

    @cached_property
    def length(self) -> int:
        """N(term): the number of its school days."""
        return sum(stop - start for start, stop in self.stretches)

    @cached_property
    def share(self) -> Fraction:
        """What one school day is worth: 1/N of a term (R17). Only a term with school days has one."""
        return Fraction(1, self.length)

    def days_between(self, start: int, stop: int) -> int:
        """How many of its school days are numbered from ``start`` up to but not ``stop``."""
        return sum(max(min(b, stop) - max(a, start), 0) for a, b in self.stretches)

    def within(self, start: int, stop: int) -> tuple[tuple[Stretch, ...], int]:
        """The stretches of its school days from ``start`` up to but not ``stop``, and how many days they hold."""
        if start <= self.first and stop >= self.stop:
            return self.stretches, self.length
        cut = tuple((max(a, start), min(b, stop)) for a, b in self.stretches if max(a, start) < min(b, stop))
        return cut, sum(b - a for a, b in cut)

    def repeated(self) -> Term:
        """The assumed term a year (364 days) later."""
        inside = [c for c in self.closures if c.start <= self.end and c.end >= self.start]
        closures = [Closure(max(c.start, self.start), min(c.end, self.end)) for c in inside]
        return Term(
            name=self.name,
            school_year=next_school_year(self.school_year),
            start=self.start + ASSUMED_SHIFT,
            end=self.end + ASSUMED_SHIFT,
            closures=tuple(Closure(c.start + ASSUMED_SHIFT, c.end + ASSUMED_SHIFT) for c in closures),
            assumed=True,
        )


@dataclass(frozen=True)
class Calendar:
    """At least three terms, in order and apart, the last three within 364 days; ``facts`` checks that."""

    terms: tuple[Term, ...]
    _known: list[Term] = field(default_factory=list, init=False, repr=False, compare=False)

    def term(self, place: int) -> Term:
        """The term numbered ``place`` from 0, assumed past the last one given. Raises IndexError past 2100."""
        known = self._known
        if not known:
            known.extend(self.terms)
        while len(known) <= place:
            if known[-3].end + ASSUMED_SHIFT > LAST:
                raise IndexError(place)
            known.append(known[-3].repeated())
        return known[place]

    def terms_from(self, day: date) -> Iterator[Term]:
        """Every term that ends on or after ``day``, assumed ones included, as far as bank holidays are known."""
        place = bisect_left(self.terms, day, key=lambda term: term.end)
        while True:
            try:
                term = self.term(place)
            except IndexError:
                return
            place += 1
            if term.end >= day:
                yield term

    def has_school_day(self, start: date, end: date) -> bool:
        """Whether any school day lies from ``start`` to ``end``, both included."""
        return any(days for _, days in self._days_by_term(start, end))

    def is_school_day(self, day: date) -> bool:
        """R92: whether teachers work here on ``day``."""
        return self.has_school_day(day, day)

    def school_days(self, start: date, end: date) -> int:
        """How many school days lie from ``start`` to ``end``, both included."""
        return sum(days for _, days in self._days_by_term(start, end))

    def terms_between(self, start: date, end: date, enough: Fraction | None = None) -> Fraction:
        """Calendar terms from ``start`` to ``end``, both included: each school day is worth 1/N of its term (R17).

        With ``enough`` the count may stop at the first term that reaches it.
        """
        total = ZERO
        for term, days in self._days_by_term(start, end):
            total += ONE if days == term.length else days * term.share
            if enough is not None and total >= enough:
                break
        return total

    def _days_by_term(self, start: date, end: date) -> Iterator[tuple[Term, int]]:
        first, stop = number(start), number_after(end)
        for term in self.terms_from(start):
            if term.start > end:
                return
            if days := term.days_between(first, stop):
                yield term, days

    @cached_property
    def opens(self) -> date:
        """1 August of the first school year: no placement may start before it."""
        return date(int(self.terms[0].school_year[:4]), 8, 1)


def school_year_of(day: date) -> str:
    """The school year of ``day``, such as ``2025/26``; it turns on 1 August."""
    return school_year_name(day.year if day.month >= 8 else day.year - 1)


def school_year_name(first: int) -> str:
    """``2025/26`` for the school year that begins in 2025."""
    return f"{first:04d}/{(first + 1) % 100:02d}"


def next_school_year(name: str) -> str:
    """The school year after the one named."""
    return school_year_name(int(name[:4]) + 1)


def england_default_calendar(first_school_year: int, years: int) -> Calendar:
    """A believable England calendar of ``years`` school years from the one beginning in ``first_school_year``.

    Three terms a year with a week's half-term closure in each, about 195 school days with INSET (R16). It stands in
    until a school gives its own terms.
    """
    first_years = range(first_school_year, first_school_year + years)
    return Calendar(tuple(term for first in first_years for term in england_default_year(first)))


@cache
def england_default_year(first: int) -> tuple[Term, Term, Term]:
    """England's usual school year beginning in ``first``: autumn from 1 September, spring from the first Monday past
    New Year, summer to 22 July or the Friday before.
    """
    name = school_year_name(first)
    autumn = wd_incl(date(first, 9, 1), 1)
    christmas = _friday_before(date(first, 12, 23))
    spring = _monday_from(date(first + 1, 1, 2))
    spring = wd_incl(spring, 1)
    easter_break = _friday_before(min(_good_friday(first + 1), date(first + 1, 4, 5)))
    summer = wd_incl(max(_monday_from(easter_break + timedelta(days=15)), _good_friday(first + 1)), 1)
    july = _friday_before(date(first + 1, 7, 24)) if date(first + 1, 7, 22).weekday() > 4 else date(first + 1, 7, 22)
    return (
        Term("autumn", name, autumn, christmas, (_week(_last_monday(first, 10)),)),
        Term("spring", name, spring, easter_break, (_week(_monday_from(date(first + 1, 2, 12))),)),
        Term("summer", name, summer, july, (_week(_last_monday(first + 1, 5)),)),
    )


def _week(monday: date) -> Closure:
    return Closure(monday, monday + timedelta(days=4))


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _friday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 5) % 7 + 1)


def _last_monday(year: int, month: int) -> date:
    return _monday_from(date(year, month, 25))


def _good_friday(year: int) -> date:
    """The Friday holiday between 20 March and 23 April."""
    holidays = BANK_HOLIDAYS
    return next(d for d in holidays if d.year == year and d.weekday() == 4 and (3, 20) <= (d.month, d.day) <= (4, 23))
