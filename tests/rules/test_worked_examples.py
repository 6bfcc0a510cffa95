"""The worked examples of the domain, each naming its rule."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from cases.rules.calendar import Calendar, england_default_calendar
from cases.rules.facts import Before
from tests.rules.build import ENGLAND, FIRST_DAY, away, placed, reckoned, school_days, step, term_ends

ENDS = term_ends()
TERMS = ENGLAND.terms
WEEK = timedelta(days=7)


def halfway(term):
    return school_days(ENGLAND, term.start, term.length)[term.length // 2 - 1]


def reviews(found):
    return [event.number for event in found.events if event.kind == "progress_review"]


def assessments(found):
    return [event.due_on for event in found.events if event.kind != "progress_review"]


def served(*placements, **more):
    more.setdefault("as_of", date(2050, 1, 1))
    return reckoned(*placements, **more).served_terms


def counting(*rows):
    return tuple(away(first, last, **more) for first, last, more in rows)


@pytest.mark.parametrize(
    ("rule", "fte", "calendar_terms"),
    [
        ("R15", "1", 6),
        ("R18 SG 2.36", "0.5", 12),
        ("R18 TSH-Julian", "0.6", 10),
        ("R18", "0.25", 24),
    ],
)
def test_r18_constant_full_time_equivalent(rule, fte, calendar_terms):
    found = reckoned(placed(fte=fte))
    assert found.ends_on == ENDS[calendar_terms - 1], rule
    assert found.parts[0].ends_on == ENDS[calendar_terms // 2 - 1], rule


def test_r18_nine_tenths_ends_part_1_a_third_into_the_fourth_term():
    found = reckoned(placed(fte="0.9"))
    days = TERMS[3].length
    expected = school_days(ENGLAND, TERMS[3].start, days)[-(-days // 3) - 1]
    assert found.parts[0].ends_on == expected
    assert TERMS[6].start < found.ends_on < TERMS[6].end


def test_r18_full_time_then_two_fifths():
    change = TERMS[1].start
    found = reckoned(placed(steps=[step(), step("0.4", change)]))
    assert found.parts[0].ends_on == ENDS[5]  # 1 + 2 / 0.4 = 6 calendar terms
    assert TERMS[13].start < found.ends_on <= TERMS[13].end  # 1 + 5 / 0.4 = 13.5


def test_r19_under_a_term_counts_nothing_then_a_gap():
    short = placed(end=school_days(ENGLAND, FIRST_DAY, TERMS[0].length * 8 // 10)[-1])
    found = reckoned(short, placed(TERMS[4].start))
    assert found.ignored_placements == (0,)
    assert found.parts[0].starts_on == TERMS[4].start


def test_r19_exactly_one_term_counts_and_a_day_less_does_not():
    whole = placed(end=TERMS[0].end)
    assert reckoned(whole).ignored_placements == ()
    assert served(whole) == 1
    less = placed(end=TERMS[0].end - timedelta(days=1))
    assert reckoned(less).ignored_placements == (0,)
    assert served(less) == 0


def test_r19_a_part_timer_needs_a_calendar_term_not_an_fte_term():
    assert served(placed(end=TERMS[0].end, fte="0.2")) == Fraction(1, 5)


def test_r19_contracts_that_follow_each_other_are_one_employment():
    middle = halfway(TERMS[0])
    first, second = placed(end=middle), placed(middle + timedelta(days=1), TERMS[0].end)
    assert served(first, second) == 1
    over_christmas = placed(TERMS[0].end - WEEK, TERMS[0].end), placed(TERMS[1].start, TERMS[1].end)
    assert reckoned(*over_christmas).ignored_placements == ()
    elsewhere = placed(middle + timedelta(days=1), TERMS[0].end, school="B")
    assert reckoned(first, elsewhere).ignored_placements == (0, 1)


def test_r17_sg_2_34_leaves_after_two_and_a_half_terms():
    half = TERMS[2].length // 2
    end = school_days(ENGLAND, TERMS[2].start, half)[-1]
    share = Fraction(half, TERMS[2].length)
    full = reckoned(placed(end=end), as_of=date(2050, 1, 1))
    assert full.served_terms == 2 + share
    assert full.remaining_terms == 6 - 2 - share
    assert served(placed(end=end, fte="0.5")) == (2 + share) / 2  # SG 2.34: 0.5 FTE × 2.5 terms


def test_r22_one_term_has_only_the_final_assessment():
    found = reckoned(required_terms=Fraction(1))
    assert [(event.kind, event.due_on) for event in found.events] == [("final_assessment", ENDS[0])]


@pytest.mark.parametrize(
    ("rule", "fte", "first", "final", "review_count"),
    [
        ("R48", "1", 3, 6, 4),
        ("R49", "0.4", 8, 15, 13),
        ("R49 two thirds", "0.6666666666666667", 5, 9, 7),
        ("R49 Harris, even at a fifth", "0.2", 15, 30, 28),
    ],
)
def test_r49_reviews_every_calendar_term_and_assessments_by_fte(rule, fte, first, final, review_count):
    found = reckoned(placed(fte=fte))
    numbers = reviews(found)
    assert len(numbers) == review_count, rule
    assert set(numbers) == set(range(1, final)) - {first}, rule
    first_on, final_on = assessments(found)
    assert TERMS[first - 1].start <= first_on <= TERMS[first - 1].end, rule
    assert final_on <= found.ends_on <= (ENDS[final - 1] if final <= len(ENDS) else date.max), rule


def test_r50_a_mid_term_starter_s_intervals_run_from_their_own_start():
    half = TERMS[0].length // 2
    start = school_days(ENGLAND, FIRST_DAY, half + 1)[-1]
    found = reckoned(placed(start))
    missing = Fraction(half, TERMS[0].length)
    needed = -(-missing * TERMS[1].length // 1)
    assert found.events[0].due_on == school_days(ENGLAND, TERMS[1].start, int(needed))[-1]


def absent_in(term, count, **more):
    days = school_days(ENGLAND, term.start, count)
    return away(days[0], days[-1], **more)


@pytest.mark.parametrize(
    ("rule", "rows", "extension"),
    [
        ("R26 absent 35, OLD 3.7", [absent_in(TERMS[0], 35)], 35),
        ("R26 reaches 30", [absent_in(TERMS[0], 30)], 30),
        ("R26 under 30", [absent_in(TERMS[0], 29)], 0),
        ("R27 29.5, TSH-Northants", [absent_in(TERMS[0], 29), absent_in(TERMS[1], 1, fraction="0.5")], 0),
        ("R27 two halves", [absent_in(TERMS[0], 29), absent_in(TERMS[1], 2, fraction="0.5")], 30),
        ("R29 40 of maternity, no election", [absent_in(TERMS[0], 28), absent_in(TERMS[1], 40, kind="maternity")], 0),
        (
            "R30 election",
            [absent_in(TERMS[0], 28), absent_in(TERMS[1], 40, kind="maternity", elected=True)],
            40,
        ),
        ("R28 training", [absent_in(TERMS[0], 35, kind="training")], 0),
        ("R28 closed", [absent_in(TERMS[0], 35), absent_in(TERMS[0], 6, kind="school_closure")], 0),
        ("R28 ordinary parental leave", [absent_in(TERMS[0], 30, kind="parental_unpaid")], 30),
    ],
)
def test_r26_to_r30_extension_of_part_1(rule, rows, extension):
    found = reckoned(absences=tuple(rows))
    part = found.parts[0]
    expected = school_days(ENGLAND, TERMS[3].start, extension)[-1] if extension else ENDS[2]
    assert part.ends_on == expected, rule
    assert part.plan.extension(part.absent) == extension, rule


def test_r26_parts_are_independent():
    found = reckoned(absences=(absent_in(TERMS[0], 31), absent_in(TERMS[4], 5)))
    first, second = found.parts
    assert (first.absent.counting, second.absent.counting) == (31, 5)
    assert first.plan.extension(first.absent) == 31
    assert second.plan.extension(second.absent) == 0
    assert found.ends_on == school_days(ENGLAND, TERMS[6].start, 31)[-1]


@pytest.mark.parametrize(("kind", "days"), [("sickness", 4), ("covid", 2)])
def test_r28_covid_counts_from_september_2022(kind, days):
    """Monday 29 August 2022 is a bank holiday; the school is open from the day after."""
    terms = list(england_default_calendar(2021, 4).terms)
    terms[3] = replace(terms[3], start=date(2022, 8, 29))
    found = reckoned(
        placed(date(2021, 9, 1)),
        calendars={"A": Calendar(tuple(terms))},
        absences=(away(date(2022, 8, 29), date(2022, 9, 2), kind),),
    )
    assert sum(part.absent.counting for part in found.parts) == days


def test_r31_r34_four_fifths_works_off_33_days_of_four_a_week():
    """0.8 FTE, four full days a week: 33 contracted days extend part 1 by 33 contracted days, about 8.25 weeks."""
    pattern = {"mon": "1", "tue": "1", "wed": "1", "thu": "1"}
    weekdays = [day for day in school_days(ENGLAND, FIRST_DAY, 75) if day.weekday() < 4][:33]
    rows = tuple(away(day) for day in weekdays)
    part = reckoned(placed(fte="0.8", pattern=pattern), absences=rows).parts[0]
    assert part.absent.counting == 33
    worked = [
        day
        for day in school_days(ENGLAND, part.unextended_end + timedelta(days=1), 60)
        if day.weekday() < 4 and day <= part.ends_on
    ]
    assert len(worked) == 33


def test_r33_an_extension_is_worked_off_in_the_pattern_then_in_force():
    change = TERMS[3].start
    halves = placed(steps=[step(), step("0.5", change, dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "0.5"))])
    part = reckoned(halves, absences=(absent_in(TERMS[0], 30),)).parts[0]
    assert part.ends_on == school_days(ENGLAND, change, 60)[-1]  # 30 full-day equivalents are 60 mornings


def test_r35_absence_inside_the_extension_makes_it_grow():
    again = school_days(ENGLAND, TERMS[3].start, 8)[4:]
    found = reckoned(absences=(absent_in(TERMS[0], 30), away(again[0], again[-1])))
    part = found.parts[0]
    assert part.absent.counting == 34
    assert part.ends_on == school_days(ENGLAND, TERMS[3].start, 34)[-1]


def test_r35_absence_inside_an_elected_extension_may_reach_30():
    inside = school_days(ENGLAND, TERMS[3].start, 15)[5:]
    rows = (
        absent_in(TERMS[0], 20),
        absent_in(TERMS[1], 20, kind="adoption", elected=True),
        away(inside[0], inside[-1]),
    )
    part = reckoned(absences=rows).parts[0]
    assert part.absent.counting == 30
    assert part.ends_on == school_days(ENGLAND, TERMS[3].start, 50)[-1]


def test_r36_part_2_starts_the_next_school_day():
    found = reckoned(absences=(absent_in(TERMS[0], 31),))
    assert found.parts[1].starts_on == school_days(ENGLAND, found.parts[0].ends_on, 2)[-1]


def test_r65_decided_extensions_follow_the_last_part_and_move_nothing():
    plain, extended = reckoned(), reckoned(decision_extensions=(Fraction(1), Fraction(1, 2)))
    assert extended.parts == plain.parts
    assert extended.extensions[0].ends_on == ENDS[6]
    assert extended.extensions[1].starts_on == TERMS[7].start
    assert [event.kind for event in extended.events][-2:] == ["extension_assessment"] * 2


def test_r65_only_elected_leave_extends_a_decided_extension():
    rows = (absent_in(TERMS[6], 31), absent_in(TERMS[6], 3, kind="maternity", elected=True))
    extension = reckoned(decision_extensions=(Fraction(1),), absences=rows).extensions[0]
    assert (extension.absent.counting, extension.absent.elected) == (28, 3)
    assert extension.ends_on == school_days(ENGLAND, TERMS[7].start, 3)[-1]


def test_r85_leaves_after_two_and_two_fifths_with_22_days_absent():
    """The new school sees what is left of part 1 and 22 days; eight more make 30."""
    before = {"terms": Fraction("2.4"), "calendar_terms": Fraction("2.4"), "absence_days": Fraction(22)}
    found = reckoned(before=Before(**before), absences=(absent_in(TERMS[0], 8),))
    assert found.parts[0].plan.extension(found.parts[0].absent) == 30
    unmoved = reckoned(before=Before(**before), absences=(absent_in(TERMS[0], 7),))
    assert unmoved.parts[0].plan.extension(unmoved.parts[0].absent) == 0


def test_r84_a_gap_of_fourteen_months_only_pauses():
    first, second = placed(end=TERMS[1].end), placed(TERMS[5].start)
    assert reckoned(first, second).ends_on == ENDS[8]


def test_r20_two_halves_at_once_are_one_whole():
    half, other = placed(fte="0.5"), placed(fte="0.5", school="B")
    assert reckoned(half, other).ends_on == reckoned(placed()).ends_on
