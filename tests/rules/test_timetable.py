"""Time away from the calculator: R43, R45-R47; and reviews that move: R23, R51, D34."""

from datetime import date
from fractions import Fraction

from cases.rules.schedule import due_after_return, elapsed_terms, term_reached_on
from cases.rules.timetable import (
    YEAR_2_MENTOR_HOURS,
    AveragingCycle,
    mentor_meeting_is_late,
    ppa_is_short,
    tutor_time_is_stated,
)
from tests.rules.build import ENGLAND, facts, placed


def test_r43_cycles():
    assert [cycle.value for cycle in AveragingCycle] == ["week", "fortnight", "half_term"]


def test_r45_ppa_is_a_tenth_of_teaching_time():
    assert not ppa_is_short(Fraction(1260), Fraction(126))
    assert ppa_is_short(Fraction(1260), Fraction("125.9"))


def test_r46_a_mentor_meets_within_ten_school_days():
    assert not mentor_meeting_is_late(10)
    assert mentor_meeting_is_late(11)
    assert YEAR_2_MENTOR_HOURS == 20


def test_r47_a_tutor_s_time_is_stated_or_not():
    assert tutor_time_is_stated(60)
    assert not tutor_time_is_stated(None)
    assert not tutor_time_is_stated(0)


def test_r51_nothing_is_waived_when_the_ect_is_away():
    due = date(2026, 3, 27)
    assert due_after_return(due, None) is None
    assert due_after_return(due, date(2026, 4, 13)) == date(2026, 4, 13)
    assert due_after_return(due, date(2026, 3, 2)) == due


def test_r23_d34_six_calendar_terms():
    assert term_reached_on(facts(placed(fte="0.6")), 6) == ENGLAND.terms[5].end
    assert term_reached_on(facts(placed(end=ENGLAND.terms[1].end)), 6) is None


def test_r50_elapsed_calendar_terms():
    case = facts(placed(fte="0.6"), as_of=ENGLAND.terms[4].end)
    assert elapsed_terms(case) == 5
    assert elapsed_terms(facts(placed(end=ENGLAND.terms[1].end), as_of=ENGLAND.terms[4].end)) == 2
