"""School days, terms and calendars: R16, R17, R92."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cases.rules.calendar import (
    Calendar,
    Closure,
    Term,
    england_default_calendar,
    next_school_year,
    school_year_of,
)
from cases.rules.working_days import is_working_day

CALENDAR = england_default_calendar(2025, 2)


def test_r92_a_school_day_is_a_working_day_in_term_and_outside_its_closures():
    term = Term(
        "autumn",
        "2025/26",
        date(2025, 9, 2),
        date(2025, 12, 19),
        (Closure(date(2025, 10, 29), date(2025, 10, 31)), Closure(date(2025, 10, 27), date(2025, 10, 30))),
    )
    assert term.length == 79 - 5
    calendar = Calendar((term, *CALENDAR.terms[1:3]))
    expected = {
        date(2025, 9, 1): False,
        date(2025, 9, 2): True,
        date(2025, 9, 6): False,
        date(2025, 10, 27): False,
        date(2025, 10, 31): False,
        date(2025, 11, 3): True,
        date(2025, 12, 22): False,
        date(2026, 5, 4): False,
    }
    assert {day: calendar.is_school_day(day) for day in expected} == expected


def test_r92_closures_may_reach_beyond_the_term_or_cover_it():
    term = Term("t", "2025/26", date(2025, 9, 1), date(2025, 9, 12), (Closure(date(2025, 8, 1), date(2025, 9, 3)),))
    assert term.length == 7
    late = Term("t", "2025/26", date(2025, 9, 1), date(2025, 9, 12), (Closure(date(2025, 9, 10), date(2025, 12, 3)),))
    assert late.length == 7
    shut = Term("t", "2025/26", date(2025, 9, 1), date(2025, 9, 12), (Closure(date(2025, 8, 1), date(2025, 12, 3)),))
    assert shut.stretches == ()
    after = Term("t", "2025/26", date(2025, 9, 1), date(2025, 9, 12), (Closure(date(2025, 10, 1), date(2025, 10, 3)),))
    assert after.length == 10


def test_r17_a_whole_term_is_worth_one_whatever_its_length():
    for term in CALENDAR.terms:
        assert CALENDAR.terms_between(term.start, term.end) == 1
    first = CALENDAR.terms[0]
    assert CALENDAR.terms_between(first.start, first.start) == Fraction(1, first.length)
    assert CALENDAR.terms_between(date(2026, 8, 3), date(2026, 8, 28)) == 0


def test_r16_a_default_school_year_has_about_195_days():
    for year in range(1999, 2099):
        calendar = england_default_calendar(year, 1)
        assert 186 <= sum(term.length for term in calendar.terms) <= 198, year
        for term in calendar.terms:
            assert is_working_day(term.start)
            assert term.end.weekday() < 5
            (closure,) = term.closures
            assert term.start < closure.start < closure.end < term.end
            assert 45 <= term.length <= 77
        assert [term.name for term in calendar.terms] == ["autumn", "spring", "summer"]
        assert (calendar.terms[-1].end - calendar.terms[0].start).days < 364


def test_terms_past_the_last_are_the_last_three_364_days_later():
    last_three = CALENDAR.terms[-3:]
    for place in range(6, 15):
        term, model = CALENDAR.term(place), last_three[place % 3]
        years = place // 3 - 1
        assert term.assumed
        assert term.start - model.start == timedelta(days=364 * years)
        assert term.closures[0].end - model.closures[0].end == timedelta(days=364 * years)
    assert CALENDAR.term(8).school_year == "2027/28"
    assert not CALENDAR.term(5).assumed


def test_assumed_terms_stop_where_bank_holidays_do():
    calendar = england_default_calendar(2097, 1)
    assert [term.start.year for term in calendar.terms_from(date(2099, 1, 1))] == [2099] * 3 + [2100] * 3
    with pytest.raises(IndexError):
        calendar.term(11)


def test_school_days_are_counted_across_terms():
    assert CALENDAR.school_days(date(2025, 12, 18), date(2026, 1, 6)) == 4
    assert CALENDAR.school_days(date(2100, 12, 1), date(2100, 12, 31)) > 0
    assert CALENDAR.terms_between(date(2100, 1, 1), date(2100, 12, 31)) > 1


def test_school_years():
    assert school_year_of(date(2026, 7, 31)) == "2025/26"
    assert school_year_of(date(2026, 8, 1)) == "2026/27"
    assert next_school_year("2098/99") == "2099/00"
    assert CALENDAR.opens == date(2025, 8, 1)


def test_a_closure_without_measure_is_repeated_only_inside_its_term():
    forever = Closure(date(2025, 10, 27), date.max)
    terms = [Term("t", "2025/26", t.start, t.end, (*t.closures, forever)) for t in CALENDAR.terms[:3]]
    calendar = Calendar(tuple(terms))
    weekdays = len(_weekdays(terms[0].start, date(2025, 10, 24)))
    assert terms[0].length == weekdays
    assert calendar.term(3).length == weekdays - 1  # it starts on the bank holiday of 31 August 2026
    assert calendar.term(4).length == 0


def _weekdays(start, end):
    return [start + timedelta(n) for n in range((end - start).days + 1) if (start + timedelta(n)).weekday() < 5]
