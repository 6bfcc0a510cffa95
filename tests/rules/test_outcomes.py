"""Leaving, recommendation, decision, appeal, retention: R54, R60-R68, R83-R85, D22, D35."""

from datetime import date
from fractions import Fraction

import pytest

from cases.rules import moving, outcomes
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import AppealOutcome, ExtensionGround, Outcome, Recommended
from tests.rules.build import ENGLAND, FIRST_DAY, away, placed, reckoned, school_days

DAY = date(2026, 7, 22)


@pytest.mark.parametrize(
    ("terms", "leaves", "due", "needed"),
    [
        ("1", date(2026, 7, 1), DAY, True),
        ("0.99", date(2026, 7, 1), DAY, False),
        ("4", DAY, DAY, False),
        ("4", date(2026, 7, 23), None, False),
    ],
)
def test_r54_interim_assessment(terms, leaves, due, needed):
    assert outcomes.needs_interim_assessment(Fraction(terms), leaves, due) is needed


@pytest.mark.parametrize(
    ("recommended", "extend_by", "reason", "field"),
    [
        (Recommended.SATISFACTORY, None, "", None),
        (Recommended.UNSATISFACTORY, None, "TS7 not met", None),
        (Recommended.UNSATISFACTORY, None, " ", "reason"),
        (Recommended.EXTENSION, Fraction(1), "Illness", None),
        (Recommended.EXTENSION, None, "Illness", "extend_by"),
        (Recommended.EXTENSION, Fraction(0), "Illness", "extend_by"),
        (Recommended.EXTENSION, Fraction(1), "", "reason"),
    ],
)
def test_r60_recommendation(recommended, extend_by, reason, field):
    if field is None:
        outcomes.check_recommendation(recommended, extend_by=extend_by, reason=reason)
        return
    with pytest.raises(RuleBroken) as broken:
        outcomes.check_recommendation(recommended, extend_by=extend_by, reason=reason)
    assert broken.value.field == field


def test_r62_the_clock_starts_on_the_later_of_receipt_and_completion():
    assert outcomes.decision_clock_starts(date(2026, 7, 1), DAY) == DAY
    assert outcomes.decision_clock_starts(date(2026, 7, 30), DAY) == date(2026, 7, 30)


@pytest.mark.parametrize(
    ("outcome", "today", "received", "waived", "refused"),
    [
        (Outcome.PASS, date(2026, 7, 21), DAY, False, "complete"),
        (Outcome.PASS, DAY, None, False, None),
        (Outcome.FAIL, DAY, DAY, True, None),
        (Outcome.FAIL, DAY, None, False, "must have the recommendation"),
        (Outcome.FAIL, date(2026, 8, 4), DAY, False, "until 4 August 2026"),
        (Outcome.EXTEND, date(2026, 8, 5), DAY, False, None),
    ],
)
def test_r61_r62_when_a_body_may_decide(outcome, today, received, waived, refused):
    given = {"today": today, "completed_on": DAY, "ect_received_on": received, "waived": waived}
    if refused is None:
        outcomes.check_decision(outcome, **given)
        return
    with pytest.raises(RuleBroken, match=refused):
        outcomes.check_decision(outcome, **given)


def test_r63_r64_what_a_notice_states():
    assert outcomes.notice_states(Outcome.PASS) == ("decision", "date")
    assert "time limit for an appeal" in outcomes.notice_states(Outcome.FAIL)
    assert "length of the extension" in outcomes.notice_states(Outcome.EXTEND)
    assert "ect" in outcomes.TOLD_OF_DECISION


@pytest.mark.parametrize(
    ("terms", "ground", "new_school", "field"),
    [
        ("0.5", ExtensionGround.ILLNESS, False, None),
        ("1", ExtensionGround.ILLNESS, True, None),
        ("0", ExtensionGround.ILLNESS, False, "terms"),
        ("1", None, False, "ground"),
        ("0.5", ExtensionGround.SUPPORT, True, "terms"),
    ],
)
def test_r65_extension(terms, ground, new_school, field):
    if field is None:
        outcomes.check_extension(Fraction(terms), ground, new_school=new_school)
        return
    with pytest.raises(RuleBroken) as broken:
        outcomes.check_extension(Fraction(terms), ground, new_school=new_school)
    assert broken.value.field == field


def test_r66_appeals():
    assert AppealOutcome.OTHER_PERIOD in outcomes.appeal_outcomes(Outcome.EXTEND)
    assert AppealOutcome.EXTENDED in outcomes.appeal_outcomes(Outcome.FAIL)
    assert len(outcomes.APPEAL_CONTENTS) == 8
    with pytest.raises(RuleBroken, match="no appeal"):
        outcomes.appeal_outcomes(Outcome.PASS)


def test_r67_after_a_fail():
    days = {"no_appeal_letter_on": None, "limit_expired_on": None, "appeal_dismissed_on": None}
    assert outcomes.dismissal_counts_from(**days) is None
    assert outcomes.dismissal_counts_from(**{**days, "limit_expired_on": DAY}) == DAY
    assert outcomes.may_work_in_relevant_school(None, appeal_open=False)
    assert outcomes.may_work_in_relevant_school(Outcome.FAIL, appeal_open=True)
    assert not outcomes.may_work_in_relevant_school(Outcome.FAIL, appeal_open=False)


@pytest.mark.parametrize(
    ("outcome", "closed", "appealed", "dismissed", "listed"),
    [
        (Outcome.FAIL, False, False, False, False),
        (Outcome.FAIL, True, False, False, True),
        (Outcome.FAIL, True, True, False, False),
        (Outcome.FAIL, True, True, True, True),
        (Outcome.EXTEND, True, False, False, False),
    ],
)
def test_r68_the_list(outcome, closed, appealed, dismissed, listed):
    found = outcomes.may_be_listed(outcome, window_closed=closed, appealed=appealed, dismissed=dismissed)
    assert found is listed


def test_r83_d35_records_are_kept_six_years():
    assert moving.keep_until(date(2027, 7, 20), None) == date(2033, 7, 20)
    assert moving.keep_until(None, date(2028, 2, 29)) == date(2034, 2, 28)
    assert moving.keep_until(None, None) is None
    assert not moving.may_dispose(date(2033, 7, 19), date(2027, 7, 20), date(2020, 1, 1))
    assert moving.may_dispose(date(2033, 7, 20), date(2027, 7, 20), None)
    assert not moving.may_dispose(date(2033, 7, 20), None, None)


def test_r84_a_gap_is_a_pause():
    assert not moving.is_paused(DAY, None)
    assert not moving.is_paused(DAY, DAY)
    assert moving.is_paused(date(2030, 1, 1), DAY)
    assert moving.LeavingCause("moved_school")


def test_r85_what_travels_with_the_ect():
    days = school_days(ENGLAND, FIRST_DAY, 150)
    end = days[-1]
    left = reckoned(placed(end=end), as_of=end, absences=(away(days[0], days[21]), away(days[149], date(2030, 1, 1))))
    brought = moving.carried_over(left)
    assert brought.terms == brought.calendar_terms == left.served_terms
    assert brought.absence_days == 23
    joined = reckoned(placed(ENGLAND.terms[4].start), before=brought)
    assert joined.parts[0].absent.counting == 23
    stayed = reckoned()
    assert joined.stages[-1].plan == stayed.stages[-1].plan


def test_r85_a_finished_part_takes_its_absence_along_no_more():
    rows = (away(FIRST_DAY, school_days(ENGLAND, FIRST_DAY, 5)[-1]),)
    left = reckoned(placed(end=ENGLAND.terms[2].end), as_of=ENGLAND.terms[2].end, absences=rows)
    assert moving.carried_over(left).absence_days == 0
    assert moving.carried_over(reckoned(as_of=date(2020, 1, 1))).terms == 0
