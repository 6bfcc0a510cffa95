"""Timetables on record against the cap of the part being served (R36, R40-R44)."""

from datetime import date
from fractions import Fraction

import pytest

from cases.rules.errors import RuleBroken
from cases.rules.timetable import AveragingCycle
from cases.rules.timetables import (
    Recorded,
    Served,
    breaches,
    check_amounts,
    check_cycle,
    in_force,
    look_again,
)

START, PART_2 = date(2025, 9, 1), date(2026, 9, 1)


def served(*steps, part_2=PART_2, ends=None):
    return Served(START, ends, tuple((day, Fraction(fte)) for day, fte in steps) or ((START, Fraction(1)),), part_2)


def recorded(taught, since=START, reference=1260):
    return Recorded(since, "minutes", Fraction(reference), Fraction(taught))


def found(place, *records):
    return [(breach.number, breach.since, breach.until) for breach in breaches(place, records)]


def test_exactly_the_cap_complies():
    assert found(served(), recorded(1134)) == []
    assert found(served(), recorded("1134.01"))[0] == (1, START, PART_2)


def test_r42_part_2_allows_more():
    assert found(served(), recorded(1197)) == [(1, START, PART_2)]
    assert found(served(), recorded("1197.01")) == [(1, START, None)]
    assert found(served(), recorded(1134), recorded(1197, PART_2)) == []


def test_r36_the_cap_of_part_1_holds_through_its_extension():
    extended = served(part_2=date(2026, 10, 20))
    assert found(extended, recorded(1134), recorded(1197, PART_2)) == [(2, PART_2, date(2026, 10, 20))]


def test_r44_the_cap_is_scaled_by_the_working_pattern():
    fewer = date(2026, 1, 5)
    place = served((START, "1"), (fewer, "0.4"))
    assert found(place, recorded(1134)) == [(1, fewer, None)]
    assert found(place, recorded(1134), recorded(453, fewer)) == []
    assert found(place, recorded(1134), recorded(454, fewer)) == [(2, fewer, PART_2)]


def test_a_breach_ends_with_the_next_timetable_that_complies_or_with_the_placement():
    better = date(2025, 10, 6)
    assert found(served(), recorded(1200), recorded(1134, better)) == [(1, START, better)]
    worse = recorded(1260, better)
    assert found(served(ends=date(2026, 3, 27)), recorded(1200), worse) == [
        (1, START, date(2026, 3, 27)),
        (2, better, date(2026, 3, 27)),
    ]


def test_before_the_first_timetable_nothing_is_known():
    late = date(2025, 11, 3)
    assert in_force([recorded(1200, late)], date(2025, 11, 2)) is None
    assert found(served(), recorded(1200, late)) == [(1, late, None)]


def test_part_2_prompts_a_new_look_at_what_was_made_for_part_1():
    assert look_again(served(), [recorded(1134)]) == (PART_2, None)
    assert look_again(served(), [recorded(1134), recorded(1197, date(2026, 9, 14))]) == (PART_2, date(2026, 9, 14))
    assert look_again(served(), [recorded(1134), recorded(1197, PART_2)]) is None
    assert look_again(served(), [recorded(1197, date(2026, 9, 14))]) is None
    assert look_again(served(part_2=None), [recorded(1134)]) is None
    assert look_again(served(ends=date(2026, 7, 21)), [recorded(1134)]) is None


@pytest.mark.parametrize(
    ("reference", "taught", "field"),
    [("0", "1", "reference"), ("-1", "1", "reference"), ("22", "0", "taught"), ("22", "22.01", "taught")],
)
def test_r41_amounts_that_cannot_be(reference, taught, field):
    with pytest.raises(RuleBroken) as broken:
        check_amounts(reference=Fraction(reference), taught=Fraction(taught))
    assert broken.value.field == field


def test_r41_as_much_as_the_comparator_is_possible_and_too_much():
    check_amounts(reference=Fraction(22), taught=Fraction(22))


def test_r43_no_longer_than_the_settings_allow():
    for cycle in AveragingCycle:
        check_cycle(cycle, AveragingCycle.HALF_TERM)
    check_cycle(AveragingCycle.FORTNIGHT, AveragingCycle.FORTNIGHT)
    with pytest.raises(RuleBroken, match="two weeks at most"):
        check_cycle(AveragingCycle.HALF_TERM, AveragingCycle.FORTNIGHT)
    with pytest.raises(RuleBroken, match="a week at most") as broken:
        check_cycle(AveragingCycle.FORTNIGHT, AveragingCycle.WEEK)
    assert broken.value.field == "cycle"
