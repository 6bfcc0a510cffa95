"""A shorter induction within the law (R21-R23), and what it does to the dates (R22)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cases.rules.errors import RuleBroken
from cases.rules.exempting import check_appraisal, check_exempted, check_search
from cases.rules.reducing import ReductionKind, Standing, check_asked, check_decider, check_granted
from tests.rules.build import placed, reckoned

EXPERIENCE, EARLY = ReductionKind.EXPERIENCE, ReductionKind.PART_TIME
NOW = Standing(
    required=Fraction(6), served=Fraction(2), elapsed=Fraction(4), part_time=False, assessed=False
)  # fmt: skip
PART_TIME = replace(NOW, served=Fraction(18, 5), elapsed=Fraction(6), part_time=True)


@pytest.mark.parametrize("terms", [Fraction(2), Fraction(59, 10), Fraction(3)])
def test_a_length_within_the_law_may_be_asked_for(terms):
    check_asked(EXPERIENCE, terms, NOW)


def test_one_term_is_the_least():
    check_asked(EXPERIENCE, Fraction(1), replace(NOW, served=Fraction(0)))


@pytest.mark.parametrize(
    ("terms", "changed", "why"),
    [
        (Fraction(9, 10), {"served": Fraction(0)}, "at least 1 term"),
        (Fraction(6), {}, "fewer terms than the 6"),
        (Fraction(4), {"required": Fraction(4)}, "fewer terms than the 4"),
        (Fraction(19, 10), {}, "cannot end in the past"),
        (Fraction(3), {"assessed": True}, "final assessment has been held"),
    ],
)
def test_a_length_outside_the_law_is_refused(terms, changed, why):
    with pytest.raises(RuleBroken, match=why):
        check_asked(EXPERIENCE, terms, replace(NOW, **changed))


def test_early_completion_opens_with_the_sixth_calendar_term():
    check_asked(EARLY, Fraction(18, 5), PART_TIME)
    with pytest.raises(RuleBroken, match=r"once 6 calendar terms have run; 5\.99 have"):
        check_asked(EARLY, Fraction(18, 5), replace(PART_TIME, elapsed=Fraction(599, 100)))
    with pytest.raises(RuleBroken, match="works part time"):
        check_asked(EARLY, Fraction(18, 5), replace(PART_TIME, part_time=False))


@pytest.mark.parametrize(
    ("now", "said", "why"),
    [
        (NOW, {"standards_met": False}, "already meets the Teachers’ Standards"),
        (NOW, {"consents": False}, "may insist on the full period"),
        (replace(NOW, served=Fraction(5)), {}, "in the past"),
    ],
)
def test_a_grant_needs_standards_consent_and_a_length_that_still_stands(now, said, why):
    told = {"standards_met": True, "consents": True}
    check_granted(EXPERIENCE, Fraction(3), NOW, **told)
    with pytest.raises(RuleBroken, match=why):
        check_granted(EXPERIENCE, Fraction(3), now, **told | said)


def test_the_named_contact_decides_nothing():
    check_decider(is_named_contact=False)
    with pytest.raises(RuleBroken, match="named contact"):
        check_decider(is_named_contact=True)


def test_one_term_has_only_the_final_assessment():
    told = reckoned(placed(), required_terms=Fraction(1))
    assert [event.kind for event in told.events] == ["final_assessment"]
    assert told.events[0].due_on == told.ends_on


ON = date(2026, 11, 22)
EXEMPT = {
    "on": ON, "searches": 1, "appraisal": (date(2024, 9, 1), date(2025, 8, 31)), "satisfactory": True,
    "is_over": False, "is_named_contact": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "appraisal",
    [
        (date(2024, 9, 1), date(2025, 8, 31)),
        (date(2020, 11, 23), date(2021, 11, 22)),
        (date(2024, 2, 29), date(2025, 2, 27)),
    ],
)
def test_an_appraisal_of_one_year_within_five_is_enough(appraisal):
    check_exempted(**EXEMPT | {"appraisal": appraisal})


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2024, 9, 1), date(2025, 8, 30), "at least one year"),
        (date(2020, 11, 22), date(2021, 11, 21), "within the last 5 years: on or after 22 November 2021"),
        (date(2025, 11, 24), date(2026, 11, 23), "in the future"),
        (date(2025, 9, 2), date(2025, 9, 1), "on or after its first"),
    ],
)
def test_another_appraisal_is_not(first, last, why):
    with pytest.raises(RuleBroken, match=why):
        check_appraisal(first, last, on=ON)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"searches": 0}, "what was searched"),
        ({"satisfactory": False}, "satisfactory teaching"),
        ({"is_over": True}, "ended already"),
        ({"is_named_contact": True}, "named contact"),
    ],
)
def test_an_exemption_needs_its_evidence(said, why):
    with pytest.raises(RuleBroken, match=why):
        check_exempted(**EXEMPT | said)


def test_a_search_is_recorded_once_it_was_made():
    check_search(ON, on=ON)
    with pytest.raises(RuleBroken, match="future"):
        check_search(date(2026, 11, 23), on=ON)
