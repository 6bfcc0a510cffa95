"""The days of the story, for every day of four years: the people are where they should be, whenever it is loaded."""

from datetime import date, timedelta

import pytest

from induction_portal.demo.days import Days, Moment, ToComplete, first, last
from induction_portal.demo.story import ECTS

FOUR_YEARS = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 1461, 3)]


def test_term_0_has_begun_and_the_next_has_not():
    for today in FOUR_YEARS:
        days = Days(today)
        assert days.on(last(-1)) < days.on(first(0)) <= today < days.on(first(1))


def test_a_moment_moves_by_days_and_weeks():
    days = Days(date(2026, 11, 22))
    assert days.on(first(0)) == date(2026, 9, 1)
    assert days.on(first(0).later(weeks=-2, days=1)) == date(2026, 8, 19)
    assert days.on(Moment(-1, last=True)) == date(2026, 7, 22)


def test_service_that_completes_did_so_on_a_school_day_ten_days_ago_or_in_the_holidays_before():
    for today in FOUR_YEARS[::20]:
        days = Days(today)
        start = days.on(ToComplete(6, days_ago=10))
        done = days.elapsed(start, 6)
        assert timedelta(days=10) <= today - done <= timedelta(days=55)
        assert days.calendar.school_days(done + timedelta(days=1), today - timedelta(days=10)) == 0
        assert days.calendar.is_school_day(start)


@pytest.mark.parametrize(("ahead", "day"), [(1, date(2027, 1, 4)), (-1, date(2026, 12, 18)), (0, date(2026, 12, 25))])
def test_school_days_step_over_holidays(ahead, day):
    assert Days(date(2026, 12, 25)).school_day(date(2026, 12, 25), ahead) == day


def test_nobody_shares_a_trn_or_a_birthday_and_everybody_is_of_age():
    days = Days(date(2028, 2, 29))
    birthdays = {days.born(ect.age, ect.trn) for ect in ECTS}
    assert len(birthdays) == len({ect.trn for ect in ECTS}) == len(ECTS)
    assert all(22 * 365 < (days.today - born).days < 40 * 365 for born in birthdays)
