"""One validator for the facts of a case: what contradicts itself or cannot be is named, with its path."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

from .amounts import ZERO
from .bank_holidays import FIRST_YEAR, LAST_YEAR
from .calendar import Calendar, Term, school_year_name
from .dates import say
from .errors import RuleBroken
from .facts import FULL_INDUCTION, CaseFacts, PatternStep, Placement
from .working_days import FIRST, LAST

LEAST_FTE = Fraction(1, 20)
FEWEST_TERMS = 3
LONGEST_YEAR = 364
_SCHOOL_YEAR = re.compile(r"[0-9]{4}/[0-9]{2}")


def check_facts(facts: CaseFacts) -> None:
    """Raise RuleBroken for the first impossible fact; ``field`` is its path in the input shape."""
    for name, calendar in facts.calendars.items():
        check_calendar(calendar, f"calendars.{name}.terms")
    for place, placement in enumerate(facts.placements):
        check_placement(placement, facts, f"placements[{place}]")
    _apart(facts.placements)
    for place, absence in enumerate(facts.absences):
        path = f"absences[{place}]"
        _in_order(absence.start, absence.end, path)
        if not 0 < absence.fraction <= 1:
            raise RuleBroken("A fraction of a day is above 0 and at most 1.", f"{path}.day_fraction")
    _check_length(facts)


def check_calendar(calendar: Calendar, path: str) -> None:
    """Terms in order and apart, at least three, the last three within 364 days so that they can be repeated (R92)."""
    terms = calendar.terms
    if len(terms) < FEWEST_TERMS:
        raise RuleBroken("Give at least three terms: later ones are assumed from the last three.", path)
    for place, term in enumerate(terms):
        check_term(term, f"{path}[{place}]")
        if place and term.start <= terms[place - 1].end:
            raise RuleBroken(
                f"This term must start after the one before it ends ({say(terms[place - 1].end)}).",
                f"{path}[{place}].start",
            )
    if (terms[-1].end - terms[-3].start).days + 1 > LONGEST_YEAR:
        raise RuleBroken("The last three terms must lie within 364 days, so that they can be repeated.", path)


def check_term(term: Term, path: str) -> None:
    """One term: a school year such as 2025/26, dates in order, and within the years whose bank holidays are known."""
    year = term.school_year
    if not _SCHOOL_YEAR.fullmatch(year) or not int(year[:4]) >= 1 or year != school_year_name(int(year[:4])):
        raise RuleBroken("Write the school year like “2025/26”.", f"{path}.school_year")
    _in_order(term.start, term.end, path)
    for key, day in (("start", term.start), ("end", term.end)):
        if not FIRST <= day <= LAST:
            raise RuleBroken(f"Bank holidays are known from {FIRST_YEAR} to {LAST_YEAR} only.", f"{path}.{key}")
    for place, closure in enumerate(term.closures):
        _in_order(closure.start, closure.end, f"{path}.closures[{place}]")


def check_placement(placement: Placement, facts: CaseFacts, path: str) -> None:
    """A known school, dates in order and after its calendar opens, and a working pattern from the first day."""
    calendar = facts.calendars.get(placement.school)
    if calendar is None:
        raise RuleBroken("There is no calendar of this name. Add it to “calendars”.", f"{path}.school")
    if placement.start < calendar.opens:
        raise RuleBroken(
            f"This is before the school’s calendar opens ({say(calendar.opens)}). Give its earlier terms.",
            f"{path}.start",
        )
    _in_order(placement.start, placement.end, path)
    check_pattern(placement.steps, placement.start, f"{path}.working_pattern")


def check_pattern(steps: tuple[PatternStep, ...], start: date, path: str) -> None:
    """At most one step on a date and one by the first day; FTE 0.05 to 1; weekday weights 0 to 1 and not all 0."""
    seen = set[date]()
    for place, step in enumerate(steps):
        if step.starts in seen:
            raise RuleBroken("There are two steps on this date. Keep one.", f"{path}[{place}].from")
        seen.add(step.starts)
        if not LEAST_FTE <= step.fte <= 1:
            raise RuleBroken("The full-time equivalent is from 0.05 to 1.", f"{path}[{place}].fte")
        _check_weights(step, f"{path}[{place}].days")
    if not any(starts <= start for starts in seen):
        raise RuleBroken(f"Say which working pattern holds on the first day, {say(start)}.", path)


def _check_weights(step: PatternStep, path: str) -> None:
    if step.days is None:
        return
    for weekday, weight in zip(("mon", "tue", "wed", "thu", "fri"), step.days, strict=True):
        if not 0 <= weight <= 1:
            raise RuleBroken("A weekday weighs from 0 to 1.", f"{path}.{weekday}")
    if not any(step.days):
        raise RuleBroken("At least one weekday must be worked.", path)


def _apart(placements: tuple[Placement, ...]) -> None:
    """Placements at one school never overlap; at different schools they may (R20)."""
    ordered = sorted(enumerate(placements), key=lambda item: (item[1].school, item[1].start))
    for (_, earlier), (place, later) in pairwise(ordered):
        if earlier.school == later.school and (earlier.end is None or later.start <= earlier.end):
            raise RuleBroken(
                "This overlaps another placement at the same school. End that one first, or join them.",
                f"placements[{place}].start",
            )


def _check_length(facts: CaseFacts) -> None:
    if not 1 <= facts.required_terms <= FULL_INDUCTION:
        raise RuleBroken("Induction takes 6 terms; after a reduction less, but at least 1.", "required_terms")
    for place, terms in enumerate(facts.decision_extensions):
        if terms <= 0:
            raise RuleBroken("An extension is longer than 0 terms.", f"decision_extensions[{place}].terms")
    if (before := facts.before) is None:
        return
    for key in ("terms", "calendar_terms", "absence_days"):
        if getattr(before, key) < ZERO:
            raise RuleBroken("This cannot be less than 0.", f"before.{key}")
    if before.terms >= facts.required_terms:
        raise RuleBroken("Terms served before must be fewer than the terms required.", "before.terms")


def _in_order(start: date, end: date | None, path: str) -> None:
    if end is not None and end < start:
        raise RuleBroken(f"This is before the start, {say(start)}.", f"{path}.end")
