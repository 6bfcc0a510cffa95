"""Submission windows: the earlier of two days, and what a window may be (R52; SG 2.54)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.calendar import england_default_calendar
from cases.rules.errors import RuleBroken
from cases.rules.explained import Reason
from cases.rules.windows import Window, check_window, due_to_body, term_of, term_words

AUTUMN = Window(2026, "autumn", date(2026, 11, 23), date(2026, 12, 11))
BECAUSE = Reason("R50", "SG 2.48-2.49", "Progress review 1 is due on 18 December 2026, when 1 calendar term has run.")
TERMS = england_default_calendar(2025, 3)


def due(own, *, window=AUTUMN, opened_on=date(2026, 9, 1), term=(2026, "autumn")):
    windows = {window.key: window} if window else {}
    return due_to_body(own, opened_on=opened_on, term=term, windows=windows, body="Northern Hub", because=BECAUSE)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (date(2026, 12, 18), date(2026, 12, 11)),
        (date(2026, 12, 12), date(2026, 12, 11)),
        (date(2026, 12, 11), date(2026, 12, 11)),
        (date(2026, 11, 10), date(2026, 11, 10)),
    ],
)
def test_the_earlier_day_holds(own, expected):
    assert due(own).value == expected


def test_the_reason_names_the_body_and_keeps_the_rules_own():
    (why,) = due(date(2026, 12, 18)).because
    assert (why.rule, why.source) == ("R52", "SG 2.54")
    assert "Northern Hub" in why.says
    assert "autumn term 2026/27 by 11 December 2026" in why.says
    assert why.says.endswith("Without that, p" + BECAUSE.says[1:])
    assert due(date(2026, 12, 11)).because == (BECAUSE,)


@pytest.mark.parametrize("term", [None, (2026, "spring"), (2025, "autumn")])
def test_a_window_of_another_term_asks_for_nothing(term):
    assert due(date(2026, 12, 18), term=term).value == date(2026, 12, 18)


def test_a_window_that_ended_before_a_review_could_begin_asks_for_nothing():
    assert due(date(2026, 12, 18), opened_on=date(2026, 12, 12)).value == date(2026, 12, 18)
    assert due(date(2026, 12, 18), opened_on=date(2026, 12, 11)).value == date(2026, 12, 11)


@given(st.dates(date(2026, 9, 1), date(2027, 7, 31)), st.integers(0, 80))
def test_a_window_never_moves_a_date_later_nor_before_it_opens(own, days):
    opened_on = own - timedelta(days=days)
    told = due(own, opened_on=opened_on)
    assert opened_on <= told.value <= own
    assert told.value in {own, AUTUMN.due_on}


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 9, 1), (2026, "autumn")),
        (date(2026, 12, 18), (2026, "autumn")),
        (date(2026, 12, 28), (2026, "autumn")),
        (date(2027, 1, 4), (2026, "spring")),
        (date(2027, 7, 30), (2026, "summer")),
        (date(2027, 8, 31), (2026, "summer")),
        (date(2025, 8, 31), None),
    ],
)
def test_the_term_of_a_day_is_the_one_before_in_holidays(day, key):
    assert term_of(TERMS, day) == key


def test_a_term_in_words():
    assert term_words((2026, "autumn")) == "autumn term 2026/27"


@pytest.mark.parametrize(
    ("window", "field", "says"),
    [
        (Window(2026, "spring", date(2027, 3, 12), date(2027, 3, 11)), "due_on", "on or after"),
        (Window(2026, "spring", date(2026, 7, 31), date(2027, 3, 11)), "opens_on", "in the school year"),
        (Window(2026, "summer", date(2027, 6, 1), date(2027, 8, 1)), "due_on", "1 August 2026 to 31 July 2027"),
        (Window(2026, "spring", date(2026, 12, 11), date(2027, 3, 11)), "opens_on", "autumn term’s has ended"),
    ],
)
def test_what_a_window_may_not_be(window, field, says):
    with pytest.raises(RuleBroken, match=says) as broken:
        check_window(window, [AUTUMN])
    assert broken.value.field == field


def test_a_window_ends_before_a_later_terms_opens():
    spring = Window(2026, "spring", date(2027, 3, 1), date(2027, 3, 12))
    with pytest.raises(RuleBroken, match="spring term’s opens") as broken:
        check_window(Window(2026, "autumn", date(2026, 12, 1), date(2027, 3, 1)), [spring])
    assert broken.value.field == "due_on"
    check_window(Window(2026, "autumn", date(2026, 12, 1), date(2027, 2, 28)), [spring])


def test_other_years_and_the_same_term_do_not_stand_in_the_way():
    check_window(Window(2026, "autumn", date(2026, 12, 1), date(2026, 12, 10)), [AUTUMN])
    check_window(Window(2027, "autumn", date(2027, 12, 1), date(2027, 12, 10)), [AUTUMN])
