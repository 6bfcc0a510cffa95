"""Exact amounts in words and figures."""

from datetime import date
from fractions import Fraction

import pytest

from cases.rules.amounts import parse, plain, rounded, spoken
from cases.rules.dates import add_years, say
from cases.rules.tally import Rate, Tally


@pytest.mark.parametrize(
    ("amount", "written"),
    [("34", "34"), ("29.50", "29.5"), ("0", "0"), ("-0.05", "-0.05"), ("100", "100"), ("0.125", "0.125"), ("-7", "-7")],
)
def test_plain(amount, written):
    assert plain(Fraction(amount)) == written


def test_plain_refuses_what_is_no_finite_decimal():
    with pytest.raises(ValueError, match="1/3"):
        plain(Fraction(1, 3))


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Fraction(3), "3.0000"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(2, 3), "0.6667"),
        (Fraction("0.00005"), "0.0001"),
        (Fraction("2.00004999"), "2.0000"),
        (Fraction(0), "0.0000"),
    ],
)
def test_rounded_half_up(amount, written):
    assert rounded(amount, 4) == written


def test_spoken():
    assert spoken(Fraction(6)) == "6"
    assert spoken(Fraction("2.5")) == "2.5"
    assert spoken(Fraction(1, 3)) == "0.3333"
    assert spoken(Fraction(100), 0) == "100"


def test_parse():
    assert parse("0.60") == Fraction(3, 5)
    for bad in ("", "1e1", "1.", "x", "1" * 41):
        with pytest.raises(ValueError, match=r".*"):
            parse(bad)


def test_tally_is_exact():
    tally = Tally(Fraction(1, 2))
    for days, rate in ((10, Rate(1, 60)), (7, Rate(3, 5 * 63)), (1, Rate.of(Fraction(2, 3)))):
        tally.add(days, rate)
    assert tally.total == Fraction(1, 2) + Fraction(10, 60) + Fraction(21, 315) + Fraction(2, 3)
    assert tally.days_to(tally.total, Rate(1, 7)) == 0
    assert tally.days_to(Fraction(2), Rate(1, 5)) == 3
    assert tally.days_to(Fraction(0), Rate(1, 5)) == -7


def test_dates_in_words_and_years():
    assert say(date(2026, 3, 5)) == "5 March 2026"
    assert add_years(date(9990, 1, 1), 35) == date(9999, 1, 1)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
