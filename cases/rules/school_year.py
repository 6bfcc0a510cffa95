"""One school year as a school tells it: its terms and closures, whether they can be, and what induction makes of them.

Induction counts three terms a year (R15, R17). A school with six short terms tells six: each pair is one term, and the
days between the two are closed, so that every school day stays one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from .calendar import ASSUMED_SHIFT, TERM_NAMES, Calendar, Closure, Term, england_default_year, school_year_name
from .dates import say
from .errors import RuleBroken

LONGEST_YEAR = 364
USUAL_DAYS = range(180, 206)  # teachers are at work on 195 days, 190 of them with pupils (R16)
FEWEST_PER_TERM = 10
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends included; ``label`` says what a closure is for."""

    start: date
    end: date
    label: str = ""

    def moved(self) -> Span:
        """A year (364 days) later: the same weekdays."""
        return replace(self, start=self.start + ASSUMED_SHIFT, end=self.end + ASSUMED_SHIFT)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The school year that begins in ``first``: three terms or six short ones, and the closures inside them."""

    first: int
    terms: tuple[Span, ...]
    closures: tuple[Span, ...] = ()

    @property
    def name(self) -> str:
        """``2026/27``."""
        return school_year_name(self.first)

    @property
    def opens(self) -> date:
        """1 August: where one school year ends and the next begins (R92)."""
        return date(self.first, 8, 1)

    @property
    def shuts(self) -> date:
        """31 July."""
        return date(self.first + 1, 7, 31)

    def in_terms(self) -> tuple[Term, ...]:
        """The terms as the clock reads them, each with the closures inside it."""
        return tuple(
            Term(name, self.name, span.start, span.end, self._closed_in(span))
            for name, span in zip(TERM_NAMES, self.terms, strict=True)
        )

    def _closed_in(self, term: Span) -> tuple[Closure, ...]:
        return tuple(Closure(c.start, c.end) for c in self.closures if term.start <= c.start and c.end <= term.end)


def folded(plan: YearPlan) -> YearPlan:
    """R17: six short terms as three, each pair with the days between closed; three terms as they are."""
    if len(plan.terms) != 2 * len(TERM_NAMES):
        return plan
    pairs = list(zip(plan.terms[::2], plan.terms[1::2], strict=True))
    breaks = [Span(a.end + _DAY, b.start - _DAY, "Half-term") for a, b in pairs if a.end + _DAY < b.start]
    closures = sorted([*plan.closures, *breaks], key=lambda span: span.start)
    return replace(plan, terms=tuple(Span(a.start, b.end) for a, b in pairs), closures=tuple(closures))


def moved_on(plan: YearPlan) -> YearPlan:
    """The same shape in the next year: every day 364 later, so that weekdays stay."""
    return YearPlan(
        plan.first + 1, tuple(span.moved() for span in plan.terms), tuple(span.moved() for span in plan.closures)
    )


def england_plan(first: int) -> YearPlan:
    """England's usual terms for the school year that begins in ``first`` (R16)."""
    terms = england_default_year(first)
    return YearPlan(
        first,
        tuple(Span(term.start, term.end) for term in terms),
        tuple(Span(c.start, c.end, "Half-term") for term in terms for c in term.closures),
    )


def assembled(own: Mapping[int, tuple[Term, ...]], first: int, last: int) -> Calendar:
    """The calendar from the school year beginning in ``first`` to that in ``last``: a school's own terms where it has
    them, England's usual ones where not.
    """
    years: Iterable[tuple[Term, ...]] = (own.get(year) or england_default_year(year) for year in range(first, last + 1))
    return Calendar(tuple(term for year in years for term in year))


def check_plan(plan: YearPlan) -> None:
    """R17, R92: three terms or six, in order, apart, within the school year and 364 days; closures inside a term and
    apart; at least ten school days in each of the three. Raises RuleBroken with the path of what is wrong.
    """
    if len(plan.terms) not in (len(TERM_NAMES), 2 * len(TERM_NAMES)):
        raise RuleBroken(
            f"Enter three terms, or six short ones. You have entered {len(plan.terms)}: induction counts three a year",
            f"terms[{len(plan.terms) - 1}].starts_on" if plan.terms else "terms[0].starts_on",
        )
    for place, term in enumerate(plan.terms):
        _check_term(plan, place, term)
    if (plan.terms[-1].end - plan.terms[0].start).days + 1 > LONGEST_YEAR:
        raise RuleBroken(
            "The first and the last day of a school year must be at most 364 days apart, so that the year can be "
            "repeated",
            f"terms[{len(plan.terms) - 1}].ends_on",
        )
    _check_closures(plan)
    _check_days(plan)


def _check_term(plan: YearPlan, place: int, term: Span) -> None:
    path, number = f"terms[{place}]", place + 1
    if term.end < term.start:
        raise RuleBroken(f"Term {number} must end on or after its first day, {say(term.start)}", f"{path}.ends_on")
    for name, day in (("starts_on", term.start), ("ends_on", term.end)):
        if not plan.opens <= day <= plan.shuts:
            raise RuleBroken(
                f"Term {number} must lie within the school year {plan.name}: {say(plan.opens)} to {say(plan.shuts)}",
                f"{path}.{name}",
            )
    if place and term.start <= plan.terms[place - 1].end:
        raise RuleBroken(
            f"Term {number} must start after term {place} ends, {say(plan.terms[place - 1].end)}. Put the terms in "
            "the order in which they come",
            f"{path}.starts_on",
        )


def _check_closures(plan: YearPlan) -> None:
    for place, closure in enumerate(plan.closures):
        path, number = f"closures[{place}]", place + 1
        if closure.end < closure.start:
            raise RuleBroken(
                f"Closure {number} must end on or after its first day, {say(closure.start)}", f"{path}.ends_on"
            )
        if not any(term.start <= closure.start and closure.end <= term.end for term in plan.terms):
            raise RuleBroken(
                f"Closure {number} must lie within one term. Days between terms need not be entered",
                f"{path}.starts_on",
            )
    ordered = sorted(enumerate(plan.closures), key=lambda item: item[1].start)
    for (first, earlier), (place, later) in pairwise(ordered):
        if later.start <= earlier.end:
            raise RuleBroken(
                f"Closure {place + 1} overlaps closure {first + 1}. Enter each closed day once",
                f"closures[{place}].starts_on",
            )


def _check_days(plan: YearPlan) -> None:
    short = len(plan.terms) // len(TERM_NAMES)
    for place, term in enumerate(folded(plan).in_terms()):
        if term.length < FEWEST_PER_TERM:
            raise RuleBroken(
                f"The {term.name} term would have {term.length} school days. Check its dates: it takes at least "
                f"{FEWEST_PER_TERM}",
                f"terms[{place * short}].ends_on",
            )


def school_days(plan: YearPlan) -> int:
    """R92: the days of the year on which teachers work, by the dates given."""
    return sum(term.length for term in folded(plan).in_terms())
