"""Changes after registration, and what they do to the dates (R3, R12, R18, R19, R84)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from cases.rules.calendar import england_default_calendar
from cases.rules.changes import (
    check_contract_end,
    check_identity,
    check_not_a_slip,
    check_step_day,
    check_weekdays_agree,
    effect_of_leaving,
    effect_of_step,
    with_step,
)
from cases.rules.errors import RuleBroken
from cases.rules.facts import CaseFacts, PatternStep, Placement
from cases.rules.timeline import timeline

START, LATER, END = date(2025, 9, 1), date(2026, 1, 5), date(2026, 7, 22)
FULL = PatternStep(START, Fraction(1))


def facts(*steps, end=None, as_of=date(2026, 6, 1)):
    placement = Placement("school", START, end, steps or (FULL,))
    return CaseFacts(as_of, {"school": england_default_calendar(2025, 4)}, (placement,))


def week(*weights):
    return dict(zip(("mon", "tue", "wed", "thu", "fri"), map(Decimal, weights), strict=True))


@pytest.mark.parametrize(
    ("fte", "days"),
    [("0.6", week(1, 1, 1, 0, 0)), ("0.5", week(1, 1, "0.5", 0, 0)), ("0.67", week(1, 1, "0.35", 1, 0)), ("0.6", {})],
)
def test_r18_weekdays_make_up_the_share(fte, days):
    check_weekdays_agree(fte=Decimal(fte), days=days)


@pytest.mark.parametrize(("fte", "days"), [("0.6", week(1, 1, 1, 1, 0)), ("1", week(1, 1, 1, 1, "0.5"))])
def test_r18_weekdays_that_make_up_another_share_are_named(fte, days):
    with pytest.raises(RuleBroken, match="add up to") as broken:
        check_weekdays_agree(fte=Decimal(fte), days=days)
    assert broken.value.field == "fte"


@pytest.mark.parametrize(
    ("day", "was", "others", "words"),
    [
        (date(2025, 8, 31), None, {START}, "a day of the placement"),
        (date(2026, 7, 23), None, {START}, "a day of the placement"),
        (START, None, {START}, "from this day already"),
        (LATER, START, set(), "starts with the placement"),
        (LATER, date(2026, 2, 1), {START, LATER}, "from this day already"),
    ],
)
def test_r18_a_step_has_a_day_of_its_own(day, was, others, words):
    with pytest.raises(RuleBroken, match=words) as broken:
        check_step_day(day, placed=(START, END), was=was, others=frozenset(others))
    assert broken.value.field == "starts_on"


def test_r18_the_first_and_the_last_day_of_a_placement_may_have_one():
    check_step_day(START, placed=(START, END), was=START, others=frozenset())
    check_step_day(END, placed=(START, END), was=None, others=frozenset({START}))


def test_a_day_over_a_year_ahead_is_a_slip():
    check_not_a_slip(date(2027, 6, 1), on=date(2026, 6, 1), field="last_day")
    with pytest.raises(RuleBroken, match="check the year"):
        check_not_a_slip(date(2027, 6, 2), on=date(2026, 6, 1), field="last_day")


@pytest.mark.parametrize(("day", "ends_on"), [(date(2025, 8, 31), None), (date(2026, 7, 21), END)])
def test_r3_the_contract_covers_the_programme(day, ends_on):
    with pytest.raises(RuleBroken, match="cannot end before"):
        check_contract_end(day, starts_on=START, ends_on=ends_on)
    check_contract_end(None, starts_on=START, ends_on=END)
    check_contract_end(END, starts_on=START, ends_on=END)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"date_of_birth": date(2007, 7, 13)}, "date_of_birth"),
        ({"qts_on": date(2025, 9, 2)}, "qts_on"),
    ],
)
def test_r1_and_r12_identity_holds_together(changes, field):
    told = {"name": "A", "date_of_birth": date(2001, 1, 1), "qts_on": date(2025, 7, 12), "first_served": START}
    check_identity(**told)
    with pytest.raises(RuleBroken) as broken:
        check_identity(**told | changes)
    assert broken.value.field == field


@pytest.mark.parametrize("share", ["0.05", "0.5", "0.6", "0.9", "1"])
@pytest.mark.parametrize("day", [START, LATER, date(2026, 9, 1)])
def test_r18_the_effect_is_what_the_clock_says_before_and_after(share, day):
    known = facts()
    step = PatternStep(day, Fraction(share))
    instead = START if day == START else None
    effect = effect_of_step(known, 0, step, instead_of=instead)
    assert effect.before == timeline(known).ends_on
    assert effect.after == timeline(with_step(known, 0, step, instead_of=instead)).ends_on
    assert (effect.after == effect.before) == (share == "1")
    assert [reason.rule for reason in effect.because] == ["R18", "R24"]
    assert ("as before" in effect.because[0].says) == (share == "1")


def test_r84_leaving_pauses_and_says_what_was_served():
    effect = effect_of_leaving(facts(), 0, END)
    assert (effect.after, effect.served, effect.remaining) == (None, 3, 3)
    assert effect.because[0].rule == "R84"


def test_r19_leaving_before_a_term_is_over_counts_for_nothing():
    effect = effect_of_leaving(facts(), 0, date(2025, 10, 10))
    assert effect.served == 0
    assert effect.because[0].rule == "R19"
