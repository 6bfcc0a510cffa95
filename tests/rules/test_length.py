"""Length away from the timeline: R11, R15-R25, D32."""

from datetime import date
from fractions import Fraction

import pytest

from cases.rules import length
from cases.rules.errors import RuleBroken


def test_r16_derived_days():
    assert length.nominal_days(Fraction(6)) == 390
    assert length.nominal_days(Fraction(1)) == 65
    assert length.nominal_days(Fraction(6), 189) == 378


def test_r17_other_ways_of_counting():
    assert length.terms_by_day_count(Fraction(390)) == 6
    assert length.terms_of_short_terms(Fraction(12)) == 6


@pytest.mark.parametrize(
    ("fte", "needed"), [("0.5", Fraction(12)), ("0.9", Fraction(20, 3)), ("0.6", Fraction(10)), ("1", Fraction(6))]
)
def test_r18_calendar_terms_needed(fte, needed):
    assert length.calendar_terms_needed(Fraction(fte)) == needed


def test_r19_exactly_one_term_counts():
    assert length.counts(Fraction(1))
    assert not length.counts(Fraction(99, 100))


GOOD = {"standards_met": True, "head_advised": True, "ect_consents": True}


@pytest.mark.parametrize("required", ["1", "3", "5.99"])
def test_r21_a_reduction_that_may_be_granted(required):
    length.check_reduction(Fraction(required), **GOOD)


@pytest.mark.parametrize(
    ("required", "changes", "field"),
    [
        ("0.99", {}, "required_terms"),
        ("6", {}, "required_terms"),
        *[("3", {key: False}, key) for key in GOOD],
    ],
)
def test_r21_a_reduction_that_may_not(required, changes, field):
    with pytest.raises(RuleBroken) as broken:
        length.check_reduction(Fraction(required), **{**GOOD, **changes})
    assert broken.value.field == field


@pytest.mark.parametrize(
    ("elapsed", "served", "may"), [("6", "3.6", True), ("5.99", "3.6", False), ("6", "6", False), ("8", "5.9", True)]
)
def test_r23_early_completion(elapsed, served, may):
    assert length.may_complete_early(Fraction(elapsed), Fraction(served)) is may


@pytest.mark.parametrize(("terms", "shown"), [("0", "0.0"), ("2.44", "2.4"), ("2.45", "2.5"), ("16", "16.0")])
def test_r25_export(terms, shown):
    assert length.exported_terms(Fraction(terms)) == shown


@pytest.mark.parametrize("terms", ["-0.1", "16.01"])
def test_r25_export_out_of_range(terms):
    with pytest.raises(RuleBroken, match="0 to 16"):
        length.exported_terms(Fraction(terms))


@pytest.mark.parametrize(
    ("qts", "last"),
    [
        (date(2022, 7, 10), date(2027, 7, 9)),
        (date(2024, 2, 29), date(2029, 2, 27)),
        (date(2022, 1, 1), date(2026, 12, 31)),
    ],
)
def test_r11_d32_supply(qts, last):
    assert length.supply_ends_on(qts) == last
