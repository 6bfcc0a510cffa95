"""Working days and bank holidays: R91, R93, R94."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules import working_days
from cases.rules.bank_holidays import BANK_HOLIDAYS, FIRST_YEAR, LAST_YEAR
from cases.rules.errors import RuleBroken

SAFE_DAYS = st.dates(date(1999, 3, 1), date(2100, 6, 1))


def test_r94_table_is_the_library_s_own():
    theirs = holidays.UK(subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    weekdays = sorted(day for day in theirs if day.weekday() < 5 and FIRST_YEAR <= day.year <= LAST_YEAR)
    assert weekdays == list(BANK_HOLIDAYS)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
        (2029, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"),
    ],
)
def test_r94_seed_table(year, days):
    assert [f"{day:%m-%d}" for day in BANK_HOLIDAYS if day.year == year] == days.split()


@pytest.mark.parametrize("one_off", [date(1999, 12, 31), date(2011, 4, 29), date(2022, 9, 19), date(2023, 5, 8)])
def test_r94_one_off_holidays_are_no_working_days(one_off):
    assert not working_days.is_working_day(one_off)


@pytest.mark.parametrize(
    ("count", "start", "how_many", "expected"),
    [
        (working_days.wd_incl, date(2026, 12, 18), 3, date(2026, 12, 22)),
        (working_days.wd_incl, date(2026, 12, 19), 1, date(2026, 12, 21)),
        (working_days.wd_excl, date(2026, 7, 22), 10, date(2026, 8, 5)),
        (working_days.wd_incl, date(2026, 7, 22), 10, date(2026, 8, 4)),
    ],
)
def test_r93_worked_examples(count, start, how_many, expected):
    assert count(start, how_many) == expected


@given(SAFE_DAYS, st.integers(1, 60))
def test_r91_r93_agree_with_counting_on_the_fingers(start, how_many):
    holiday = frozenset(BANK_HOLIDAYS)

    def walk(day):
        left = how_many
        while True:
            left -= day.weekday() < 5 and day not in holiday
            if left == 0:
                return day
            day += timedelta(days=1)

    assert working_days.wd_incl(start, how_many) == walk(start)
    assert working_days.wd_excl(start, how_many) == walk(start + timedelta(days=1))


@given(SAFE_DAYS)
def test_r93_both_counts_agree_when_the_trigger_is_no_working_day(start):
    same = working_days.wd_incl(start, 10) == working_days.wd_excl(start, 10)
    assert same is not working_days.is_working_day(start)


@given(SAFE_DAYS)
def test_numbers_and_weekdays(start):
    place = working_days.number(start)
    day = working_days.nth(place)
    assert day >= start
    assert working_days.weekday(place) == day.weekday()
    stop = working_days.number(start + timedelta(days=70))
    counts = [working_days.weekday_count(weekday, place, stop) for weekday in range(5)]
    assert sum(counts) == stop - place
    assert max(counts) <= 10
    assert working_days.clear_days(start, start + timedelta(days=70)) == working_days.number_after(
        start + timedelta(days=70)
    ) - working_days.number_after(start)


def test_days_outside_the_table_count_as_its_edge():
    assert working_days.number(date(1, 1, 1)) == working_days.number_after(date(1, 1, 1)) == 0
    assert working_days.number(date.max) == working_days.number_after(date.max) == working_days.COUNT
    assert working_days.clear_days(date(2026, 2, 1), date(2026, 1, 1)) == 0


@pytest.mark.parametrize("day", [date(1998, 12, 31), date(2101, 1, 1), date(2100, 12, 31)])
def test_a_deadline_beyond_the_table_is_refused(day):
    with pytest.raises(RuleBroken, match="between 1999 and 2100"):
        working_days.wd_excl(day, 5)


def test_working_days_before_a_hearing():
    assert working_days.wd_before(date(2027, 3, 22), 15) == date(2027, 3, 1)
    with pytest.raises(RuleBroken, match="between 1999 and 2100"):
        working_days.wd_before(date(1999, 1, 5), 15)
