"""Corners of the walk: several schools at once (R20), the end of what is known, elapsed terms (R50)."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from cases.rules.calendar import england_default_calendar
from cases.rules.moving import carried_over
from cases.rules.schedule import elapsed_terms
from tests.rules.build import ENGLAND, FIRST_DAY, away, facts, placed, reckoned, school_days

LATER = england_default_calendar(2024, 25)
SHIFTED = replace(
    LATER,
    terms=tuple(replace(t, start=t.start + timedelta(days=14), end=t.end + timedelta(days=4)) for t in LATER.terms),
)
TWO = {"A": ENGLAND, "B": SHIFTED}


def test_r20_calendar_terms_follow_the_first_listed_school_alone():
    """While A is closed and B open nothing elapses, and FTE terms accrue at B."""
    both = placed(end=ENGLAND.terms[3].end), placed(end=ENGLAND.terms[3].end, fte="0.5", school="B")
    gap = SHIFTED.terms[0].end
    case = facts(*both, calendars=TWO, as_of=gap)
    assert elapsed_terms(case) == 1
    assert elapsed_terms(replace(case, placements=case.placements[::-1])) == 1
    found = reckoned(*both, calendars=TWO, as_of=gap)
    assert 1 < found.served_terms < Fraction(3, 2)


def test_r20_two_schools_that_both_end_leave_induction_unfinished():
    both = placed(end=ENGLAND.terms[1].end), placed(end=ENGLAND.terms[1].end, school="B")
    found = reckoned(*both, calendars=TWO)
    assert found.ends_on is None
    assert found.scaled
    assert [stage.unextended_end for stage in found.stages] == [None]


def test_r20_contracted_weights_add_to_at_most_a_day():
    day = school_days(SHIFTED, SHIFTED.terms[0].start, 1)[0]
    pattern = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "0.8")
    both = placed(fte="0.8", pattern=pattern), placed(fte="0.8", pattern=pattern, school="B")
    found = reckoned(*both, calendars=TWO, absences=(away(day),))
    assert found.parts[0].absent.counting == 1


def test_no_date_is_given_past_the_last_known_bank_holiday():
    calendar = england_default_calendar(2097, 1)
    found = reckoned(placed(date(2097, 9, 3), fte="0.2"), calendars={"A": calendar})
    assert found.ends_on is None
    assert found.parts[0].unextended_end is None
    assert found.events[-1].due_on <= date(2100, 12, 31)


def test_nothing_is_foreseen_past_35_years():
    slow = reckoned(placed(fte="0.05"))
    assert slow.ends_on is None
    assert [part.ends_on is None for part in slow.parts] == [False, True]
    assert reckoned(placed(fte="0.06")).ends_on is not None


def test_an_extension_not_worked_off_has_no_end():
    days = school_days(ENGLAND, FIRST_DAY, 40)
    found = reckoned(placed(end=ENGLAND.terms[3].start), absences=(away(days[0], days[-1]),))
    (part,) = found.parts
    assert part.unextended_end == ENGLAND.terms[2].end
    assert part.ends_on is None
    assert any("before that is worked off" in reason.says for reason in found.because)


def test_absence_to_the_last_day_of_service_leaves_the_extension_open():
    days = school_days(ENGLAND, FIRST_DAY, 40)
    rows = (away(days[0], days[-1]), away(ENGLAND.terms[3].start, date(2050, 1, 1)))
    found = reckoned(placed(end=ENGLAND.terms[4].end), absences=rows)
    assert found.ends_on is None


def test_a_part_that_starts_beyond_its_target_takes_one_day():
    """What part 1 accrues beyond 3 may already reach a required length just above 3."""
    found = reckoned(placed(FIRST_DAY + timedelta(days=10)), required_terms=Fraction("3.0001"))
    first, second = found.parts
    assert second.starts_on == second.ends_on > first.ends_on


def test_sentences_of_a_decided_extension_and_a_pattern():
    days = school_days(ENGLAND, ENGLAND.terms[6].start, 3)
    found = reckoned(decision_extensions=(Fraction(1),), absences=(away(days[0], days[-1]),))
    says = [reason.says for reason in found.because]
    assert "3 days of absence in extension 1 are listed; they do not extend it." in says
    assert any(text.startswith("An assessment is due on") for text in says)
    bare = reckoned(decision_extensions=(Fraction(1),))
    assert not any("listed" in reason.says for reason in bare.because)


def test_carried_over_before_and_after():
    found = reckoned(as_of=date(2030, 1, 1))
    assert carried_over(found).terms == 6
