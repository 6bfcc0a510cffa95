"""Letting an ECT go and taking them on (R14, R25, R37, R84-R88), and the time between two bodies."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from cases.rules.absence import least_service_at_new_school
from cases.rules.errors import RuleBroken
from cases.rules.moves import (
    LettingGo,
    answer_by,
    as_recorded,
    check_claim,
    check_complete,
    check_new_school,
    check_release,
    check_terms,
    check_told,
    check_undo,
)
from cases.rules.new_school import extension_left, least_end
from cases.rules.pausing import going_on, paused_between
from cases.rules.timeline import timeline
from tests.rules.build import away, facts, placed

A, B, C = date(2025, 9, 1), date(2026, 1, 5), date(2026, 7, 22)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("exact", "recorded"), [("2.45", "2.5"), ("2.449", "2.4"), ("0.05", "0.1"), ("3", "3.0"), ("5.96", "6.0")]
)
def test_r25_one_decimal_half_up(exact, recorded):
    assert as_recorded(Fraction(exact)) == Decimal(recorded)


def test_an_answer_has_ten_working_days():
    assert answer_by(date(2026, 7, 6)) == date(2026, 7, 20)
    assert answer_by(date(2026, 12, 18)) == date(2027, 1, 6), "Christmas and New Year’s Day are none"


def going(**changes):
    told = {"since": A, "last_day": B, "completes_on": None, "goes_on": False, "next_named": False}
    return LettingGo(**told | changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": A - DAY}, "last_day"),
        ({"last_day": date(2027, 1, 6)}, "last_day"),
        ({"completes_on": B}, "last_day"),
        ({"goes_on": True}, "to"),
    ],
)
def test_r84_what_stands_against_a_release(changes, field):
    with pytest.raises(RuleBroken) as broken:
        check_release(going(**changes), on=B)
    assert broken.value.field == field


@pytest.mark.parametrize("changes", [{}, {"completes_on": B + DAY}, {"goes_on": True, "next_named": True}])
def test_r84_and_what_does_not(changes):
    check_release(going(**changes), on=B)


@pytest.mark.parametrize(
    ("terms", "reason", "field"), [("2.5", " ", "terms_reason"), ("16.1", "Because", "terms"), ("-0.1", "x", "terms")]
)
def test_r25_terms_are_those_worked_out_or_say_why(terms, reason, field):
    with pytest.raises(RuleBroken) as broken:
        check_terms(Decimal(terms), reckoned=Decimal("2.6"), reason=reason)
    assert broken.value.field == field
    check_terms(Decimal("2.6"), reckoned=Decimal("2.6"), reason="")
    check_terms(Decimal("2.5"), reckoned=Decimal("2.6"), reason="A half term was elsewhere")


@pytest.mark.parametrize(
    "told", [{"is_claimed": True, "is_undone": False}, {"is_claimed": False, "is_undone": True}], ids=str
)
def test_r85_a_claimed_release_stands(told):
    with pytest.raises(RuleBroken):
        check_undo(reason="Wrong", **told)
    check_undo(is_claimed=False, is_undone=False, reason="Wrong")


def test_r86_a_claim_follows_the_release_at_a_school():
    for told in ({"starts_on": B, "serves": True}, {"starts_on": B + DAY, "serves": False}):
        with pytest.raises(RuleBroken) as broken:
            check_claim(last_day=B, **told)
        assert broken.value.field == "starts_on"
    check_claim(starts_on=B + DAY, last_day=B, serves=True)


def test_r88_told_after_the_release_and_not_tomorrow():
    for day in (A - DAY, B + DAY):
        with pytest.raises(RuleBroken):
            check_told(day, released_on=A, on=B)
    check_told(B, released_on=A, on=B)


def test_r85_a_record_is_whole_after_the_last_day():
    with pytest.raises(RuleBroken):
        check_complete(B, last_day=B)
    check_complete(B + DAY, last_day=B)


@pytest.mark.parametrize(
    ("periods", "paused"),
    [
        ([], ()),
        ([(A, None)], ()),
        ([(A, B)], ((B + DAY, None),)),
        ([(A, B), (B + DAY, None)], ()),
        ([(C, None), (A, B)], ((B + DAY, C - DAY),)),
    ],
)
def test_r14_r84_paused_is_after_one_body_and_before_the_next(periods, paused):
    assert paused_between(periods) == paused


def test_r84_nothing_is_served_while_it_is_paused():
    whole = facts(placed(A), as_of=C)
    paused = facts(placed(A), as_of=C, paused=((B, C),))
    until = facts(placed(A), as_of=B - DAY)
    assert timeline(paused).served_terms == timeline(until).served_terms < timeline(whole).served_terms
    assert timeline(paused).ends_on > timeline(whole).ends_on
    assert timeline(facts(placed(A), as_of=C, paused=((B, None),))).ends_on is None


def test_a_placement_is_cut_by_what_it_meets():
    here = placed(B, C)
    assert list(going_on(here, ((A, A + DAY), (C + DAY, None)))) == [here]
    inner = B + 10 * DAY
    assert [(p.start, p.end) for p in going_on(here, ((inner, inner + DAY),))] == [
        (B, inner - DAY),
        (inner + 2 * DAY, C),
    ]
    assert list(going_on(here, ((A, None),))) == []


def extended(as_of):
    """Thirty-two days of sickness in part 1."""
    sick = away(date(2025, 10, 6), date(2025, 11, 25))
    return timeline(facts(placed(A), absences=(sick,), as_of=as_of))


def test_r37_what_is_left_of_an_extension():
    part = extended(B).parts[0]
    assert part.unextended_end < part.ends_on
    assert extension_left(extended(B)) == 0
    within = extension_left(extended(part.unextended_end + 14 * DAY))
    assert 0 < within < 1
    assert extension_left(extended(part.ends_on)) == 0
    assert least_service_at_new_school(within) == 1


def test_r37_the_least_at_a_new_school_takes_a_term():
    told = extended(B)
    ends_on = least_end(told, Fraction(1))
    assert told.facts.calendars[told.facts.placements[0].school].terms_between(A, ends_on) == 1


def test_r37_less_than_the_guidance_says_why():
    for terms, reason in (("0.5", ""), ("0", "None"), ("16.1", "Much")):
        with pytest.raises(RuleBroken):
            check_new_school(Decimal(terms), least=Decimal(1), reason=reason)
    check_new_school(Decimal("0.5"), least=Decimal(1), reason="Nearly done")
    check_new_school(Decimal(1), least=Decimal(1), reason="")
