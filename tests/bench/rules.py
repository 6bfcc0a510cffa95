"""How fast the statutory clock is: timelines a second, against numpy, and sixty thousand mixed cases.

Seconds are those of one core at work, so that a busy machine does not blur them.
"""

import resource
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from time import process_time

import numpy as np

from cases.rules.absence_kinds import AbsenceKind
from cases.rules.bank_holidays import BANK_HOLIDAYS
from cases.rules.calendar import Calendar, Term, england_default_calendar
from cases.rules.facts import Absence, CaseFacts, PatternStep, Placement
from cases.rules.timeline import timeline

MIXED = 60_000
BATCH = 1_000
HARD_BATCH = 100
AS_OF = date(2026, 11, 22)
CALENDARS = [england_default_calendar(2023, 4), england_default_calendar(2024, 3), england_default_calendar(2024, 8)]
MON_TO_WED = (Fraction(1), Fraction(1), Fraction(1, 2), Fraction(0), Fraction(0))


def placement(start: date, fte: str = "1", school: str = "A", **more) -> Placement:
    return Placement(school, start, more.get("end"), more.get("steps") or (PatternStep(start, Fraction(fte)),))


def simple(number: int) -> CaseFacts:
    """Full time, one school, no absence: most cases."""
    return CaseFacts(AS_OF, {"A": CALENDARS[number % 3]}, (placement(date(2024, 9, 2) + timedelta(number % 200)),))


def part_time(number: int) -> CaseFacts:
    start = date(2024, 9, 2)
    steps = (PatternStep(start, Fraction(3, 5), MON_TO_WED), PatternStep(date(2025, 9, 1), Fraction(4, 5)))
    return CaseFacts(AS_OF, {"A": CALENDARS[number % 3]}, (placement(start, steps=steps),))


def absent(number: int) -> CaseFacts:
    row = Absence(date(2024, 10, 7) + timedelta(number % 300), date(2024, 11, 30) + timedelta(number % 300), SICK)
    return CaseFacts(AS_OF, {"A": CALENDARS[number % 3]}, (placement(date(2024, 9, 2)),), (row,))


SICK = AbsenceKind.SICKNESS


def moved(number: int) -> CaseFacts:
    leaves = date(2025, 4, 30) + timedelta(number % 100)
    both = placement(date(2024, 9, 2), end=leaves), placement(leaves + timedelta(40), "0.8", "B")
    return CaseFacts(AS_OF, {"A": CALENDARS[0], "B": CALENDARS[1]}, both)


def hardest(number: int) -> CaseFacts:
    """Three schools at once, a step a month, forty spells of every kind, and a decided extension."""
    start = date(2024, 9, 2) + timedelta(number % 30)
    steps = tuple(
        PatternStep(start + timedelta(30 * month), Fraction(30 + month % 20, 100), MON_TO_WED if month % 2 else None)
        for month in range(40)
    )
    kinds = list(AbsenceKind)
    absences = tuple(
        Absence(
            start + timedelta(17 * spell),
            start + timedelta(17 * spell + spell % 9),
            kinds[spell % len(kinds)],
            Fraction(1 + spell % 2, 2),
            elected=bool(spell % 3),
        )
        for spell in range(40)
    )
    return CaseFacts(
        AS_OF,
        dict(zip("ABC", CALENDARS, strict=True)),
        tuple(placement(start, school=school, steps=steps) for school in "ABC"),
        absences,
        decision_extensions=(Fraction(1),),
    )


def mixed() -> Iterator[CaseFacts]:
    """Sixty in a hundred simple, twenty part-time, twelve long absent, seven moved, one of the hardest."""
    shapes = [simple] * 60 + [part_time] * 20 + [absent] * 12 + [moved] * 7 + [hardest]
    for number in range(MIXED):
        yield shapes[number * 37 % 100](number)


def a_second(shape: Callable[[int], CaseFacts], count: int) -> float:
    """Timelines a second, the best of three rounds."""
    cases = [shape(number) for number in range(count)]
    return count / min(_seconds(cases) for _ in range(3))


def _seconds(cases: list[CaseFacts]) -> float:
    started = process_time()
    for case in cases:
        assert timeline(case).events
    return process_time() - started


def numpy_seconds(count: int) -> tuple[float, float]:
    """The end date only, of as many full-time cases, with numpy: all in one call, and one call a case."""
    closed = _closed_days(CALENDARS[2])
    calendar = np.busdaycalendar(holidays=closed)
    starts = np.array([date(2024, 9, 2) + timedelta(number % 200) for number in range(count)], dtype="datetime64[D]")
    days = sum(term.length for term in CALENDARS[2].terms[:6])
    started = process_time()
    np.busday_offset(starts, days - 1, roll="forward", busdaycal=calendar)
    together = process_time() - started
    started = process_time()
    for start in starts:
        np.busday_offset(start, days - 1, roll="forward", busdaycal=calendar)
    return together, process_time() - started


def _closed_days(calendar: Calendar) -> list[date]:
    first, last = calendar.terms[0].start, calendar.terms[-1].end
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    return [*BANK_HOLIDAYS, *(day for day in days if not any(_open(term, day) for term in calendar.terms))]


def _open(term: Term, day: date) -> bool:
    return term.start <= day <= term.end and not any(each.start <= day <= each.end for each in term.closures)


def measure() -> dict[str, float | int | str]:
    """The figures of the statutory clock, on one core."""
    easy = a_second(simple, BATCH)
    together, one_by_one = numpy_seconds(BATCH)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = process_time()
    for case in mixed():
        timeline(case)
    seconds = process_time() - started
    return {
        "rules_simple_timelines_per_second": round(easy),
        "rules_hardest_timelines_per_second": round(a_second(hardest, HARD_BATCH)),
        "rules_simple_seconds_over_numpy_one_call": round(BATCH / easy / together, 1),
        "rules_simple_seconds_over_numpy_call_per_case": round(BATCH / easy / one_by_one, 1),
        "rules_60000_mixed_seconds": round(seconds, 2),
        "rules_60000_mixed_extra_memory_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,
    }
