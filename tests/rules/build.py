"""Facts for tests, built by hand from few words."""

from datetime import date, timedelta
from fractions import Fraction

from cases.rules.absence_kinds import AbsenceKind
from cases.rules.calendar import Calendar, Term, england_default_calendar
from cases.rules.facts import Absence, CaseFacts, PatternStep, Placement
from cases.rules.facts_check import check_facts
from cases.rules.timeline import timeline

ENGLAND = england_default_calendar(2024, 25)
FIRST_DAY = ENGLAND.terms[0].start
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def days(pattern):
    return tuple(Fraction(pattern.get(weekday, "0")) for weekday in WEEKDAYS)


def step(fte="1", starts=FIRST_DAY, pattern=None):
    return PatternStep(starts, Fraction(fte), days(pattern) if pattern else None)


def placed(start=FIRST_DAY, end=None, fte="1", pattern=None, school="A", steps=None):
    return Placement(school, start, end, tuple(steps or [step(fte, start, pattern)]))


def away(start, end=None, kind="sickness", fraction="1", elected=None):
    return Absence(start, end or start, AbsenceKind(kind), Fraction(fraction), elected)


def facts(*placements, calendars=None, as_of=date(2026, 11, 22), **more):
    found = CaseFacts(as_of, calendars or {"A": ENGLAND, "B": ENGLAND}, placements or (placed(),), **more)
    check_facts(found)
    return found


def reckoned(*placements, **more):
    return timeline(facts(*placements, **more))


def school_days(calendar, start, count):
    """``count`` school days from ``start`` on."""
    found, day = [], start
    while len(found) < count:
        if calendar.is_school_day(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def term_ends(calendar=ENGLAND):
    return [term.end for term in calendar.terms]


def equal_terms(length, count=18):
    """Terms of exactly ``length`` weeks in stretches free of bank holidays; ``name`` tells them apart."""
    starts = [date(year, month, day) for year in range(2024, 2024 + count) for month, day in ((1, 9), (6, 5), (9, 4))]
    mondays = [start + timedelta(days=-start.weekday() % 7) for start in starts]
    terms = [
        Term(str(place), f"{monday.year - (monday.month < 8)}/{(monday.year + (monday.month >= 8)) % 100:02d}",
             monday, monday + timedelta(days=7 * length - 3))
        for place, monday in enumerate(mondays)
    ]  # fmt: skip
    return Calendar(tuple(terms))
