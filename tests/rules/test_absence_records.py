"""What may be recorded, what waits for a return, and what an absence changes: R27-R36, R51, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.absence_effects import days_absent, effect_of_absences
from cases.rules.absence_figures import figures_reached
from cases.rules.absence_kinds import AbsenceKind, Effect
from cases.rules.absence_records import Noted, check_absence, election_status
from cases.rules.away import CHOICE, RETURN, choice_due, held_back
from cases.rules.errors import RuleBroken
from cases.rules.facts import Absence
from cases.rules.statuses import ElectionStatus
from cases.rules.timeline import timeline
from tests.rules.build import ENGLAND, FIRST_DAY, away, facts, placed, school_days

SICK, CARERS = AbsenceKind.SICKNESS, AbsenceKind.CARERS
ON, SERVED = date(2026, 6, 1), (date(2025, 9, 1), None)
DAYS = school_days(ENGLAND, FIRST_DAY, 500)


def noted(starts_on, ends_on=None, kind=SICK, fraction="1"):
    return Noted(kind, starts_on, ends_on, Fraction(fraction))


TABLE = [
    (noted(date(2026, 5, 5), date(2026, 5, 4)), "ends_on", "on or after the first"),
    (noted(date(2025, 9, 1), date(2026, 9, 1)), "ends_on", "longer than a year"),
    (noted(date(2025, 5, 30)), "starts_on", "more than a year ago"),
    (noted(date(2025, 8, 30), date(2025, 9, 2)), "starts_on", "began on 1 September 2025"),
    (noted(date(2026, 6, 2), date(2026, 6, 2)), "starts_on", "today or in the past"),
    (noted(date(2026, 5, 29), date(2026, 6, 2)), "ends_on", "still away"),
    (noted(date(2027, 6, 2), date(2027, 6, 3), CARERS), "starts_on", "more than a year from now"),
    (noted(date(2026, 5, 5), date(2026, 5, 6), fraction="0.5"), "fraction", "one day"),
    (noted(date(2026, 5, 5), None, fraction="0.5"), "fraction", "one day"),
    (noted(date(2026, 5, 5), date(2026, 5, 5), fraction="0"), "fraction", "above 0"),
    (noted(date(2026, 5, 5), date(2026, 5, 5), fraction="1.5"), "fraction", "up to 1"),
    (noted(date(2026, 4, 1), date(2026, 4, 2)), "starts_on", "is recorded already"),
]


@pytest.mark.parametrize(("new", "field", "words"), TABLE)
def test_r27_what_cannot_be_recorded(new, field, words):
    with pytest.raises(RuleBroken, match=words) as broken:
        check_absence(new, on=ON, served=SERVED, others=[noted(date(2026, 3, 30), date(2026, 4, 1))])
    assert broken.value.field == field


@pytest.mark.parametrize(("starts_on", "ends_on", "field"), [
    (date(2026, 4, 20), date(2026, 4, 20), "starts_on"), (date(2026, 4, 16), date(2026, 4, 20), "ends_on"),
])  # fmt: skip
def test_nothing_is_recorded_past_the_end_of_service(starts_on, ends_on, field):
    with pytest.raises(RuleBroken, match="ended on 17 April 2026") as broken:
        check_absence(noted(starts_on, ends_on), on=ON, served=(SERVED[0], date(2026, 4, 17)))
    assert broken.value.field == field


@pytest.mark.parametrize("new", [
    noted(ON), noted(ON, ON), noted(ON, ON, fraction="0.5"), noted(date(2026, 9, 1), date(2027, 8, 31), CARERS),
    noted(date(2026, 3, 30), date(2026, 4, 1), AbsenceKind.STRIKE), noted(date(2026, 4, 2)),
])  # fmt: skip
def test_what_may_be_recorded(new):
    check_absence(new, on=ON, served=SERVED, others=[noted(date(2026, 3, 30), date(2026, 4, 1))])


def test_an_open_absence_meets_every_later_one_of_its_kind():
    with pytest.raises(RuleBroken, match="5 May 2026 on, still away, is recorded already"):
        check_absence(noted(ON, ON), on=ON, served=SERVED, others=[noted(date(2026, 5, 5))])


@pytest.mark.parametrize(("kind", "ends_on", "elected", "status"), [
    (SICK, date(2026, 5, 1), None, ElectionStatus.NOT_APPLICABLE),
    (CARERS, None, None, ElectionStatus.AWAITING_RETURN),
    (CARERS, ON, None, ElectionStatus.AWAITING_RETURN),
    (CARERS, date(2026, 5, 29), None, ElectionStatus.AWAITING_ELECTION),
    (CARERS, date(2026, 5, 29), True, ElectionStatus.EXTEND),
    (CARERS, date(2026, 5, 29), False, ElectionStatus.NOT_EXTEND),
])  # fmt: skip
def test_r29_where_a_choice_stands(kind, ends_on, elected, status):
    assert election_status(kind, ends_on, elected, ON) is status


AS_OF = date(2026, 6, 1)
ASSESSMENT, REVIEW = "first_assessment", "progress_review"
MAY = date(2026, 5, 14)


def held(*absences, due=MAY, kind=ASSESSMENT, as_of=AS_OF):
    return held_back(facts(absences=absences, as_of=as_of), due, kind)


def test_r51_due_on_return_from_an_absence_that_is_over():
    assert held(away(date(2026, 5, 11), date(2026, 5, 15))) == (date(2026, 5, 18), "")
    assert held(away(date(2026, 5, 11), date(2026, 5, 15)), kind=REVIEW) == (date(2026, 5, 18), "")
    assert held(away(date(2026, 5, 11), date(2026, 5, 13))) == (MAY, "")


def test_r51_the_return_is_a_school_day_and_another_absence_goes_on():
    assert held(away(date(2026, 5, 11), date(2026, 5, 22))) == (date(2026, 6, 1), "")  # after half-term
    both = (away(date(2026, 5, 11), date(2026, 5, 15)), away(date(2026, 5, 18), date(2026, 5, 20), "jury_service"))
    assert held(*both) == (date(2026, 5, 21), "")


@pytest.mark.parametrize(("kind", "due", "waits"), [
    ("sickness", MAY, RETURN), ("sickness", date(2026, 7, 1), ""), ("maternity", date(2026, 7, 1), RETURN),
    ("training", MAY, ""),
])  # fmt: skip
def test_r29_r51_while_the_return_is_unknown(kind, due, waits):
    open_row = Absence(date(2026, 5, 11), None, AbsenceKind(kind))
    assert held(open_row, due=due) == (due, waits)


def test_a_part_day_holds_nothing_back():
    assert held(away(MAY, fraction="0.5")) == (MAY, "")


def test_r29_an_assessment_waits_for_the_choice_and_no_longer():
    leave = away(date(2026, 3, 2), date(2026, 5, 22), "maternity")
    told = facts(absences=(leave,), as_of=AS_OF)
    chosen_by = choice_due(told, leave.end)
    assert chosen_by == date(2026, 6, 15)  # ten working days after the return on 1 June
    assert held(leave) == (chosen_by, CHOICE)
    assert held(leave, kind=REVIEW) == (date(2026, 6, 1), "")
    assert held(replace(leave, elected=False)) == (date(2026, 6, 1), "")
    assert held(leave, as_of=date(2026, 6, 16)) == (date(2026, 6, 1), "")
    assert held(leave, due=date(2026, 6, 16)) == (date(2026, 6, 16), "")


def test_sg_2_74_days_absent_in_a_period_are_all_of_them():
    rows = (away(DAYS[10], DAYS[11]), away(DAYS[14], kind="carers"), away(DAYS[16], kind="training"))
    told = facts(absences=rows)
    assert days_absent(told, DAYS[0], DAYS[20]) == (2, 1)
    assert days_absent(told, DAYS[11], DAYS[11]) == (1, 0)
    assert days_absent(facts(), DAYS[0], DAYS[20]) == (0, 0)


def test_r26_r36_what_the_thirtieth_day_changes():
    before = facts(absences=(away(DAYS[20], DAYS[48]),))
    effect = effect_of_absences(before, (*before.absences, away(DAYS[60])))
    said = " ".join(reason.says for reason in effect.because)
    assert "goes from 29 days to 30 days, against 30" in said
    assert "Part 1 is extended by 30 days. The timetable stays at most 90% until it ends." in said
    assert "The first formal assessment moves from" in said
    assert effect.after > effect.before
    undone = effect_of_absences(replace(before, absences=(*before.absences, away(DAYS[60]))), before.absences)
    assert "Part 1 is no longer extended." in " ".join(reason.says for reason in undone.because)


def test_a_change_without_effect_says_so():
    effect = effect_of_absences(facts(), (away(DAYS[5], kind="training"),))
    assert [reason.rule for reason in effect.because] == ["R27"]
    assert effect.before == effect.after


def test_r32_the_pro_rata_reading_never_shortens():
    half = placed(fte="0.5")
    rows = (away(DAYS[30], DAYS[61]),)  # 32 school days weigh 16, above 30 × 0.5 in one year
    plain_reading = timeline(facts(half, absences=rows))
    spells = ((FIRST_DAY, None),)
    read = timeline(facts(half, absences=rows, reads_pro_rata=spells))
    assert plain_reading.parts[0].plan.extension(plain_reading.parts[0].absent) == 0
    assert read.parts[0].plan.extension(read.parts[0].absent) == 16
    assert any(reason.rule == "R32" for reason in read.because)
    assert read.parts[0].ends_on > plain_reading.parts[0].ends_on
    later = timeline(facts(half, absences=rows, reads_pro_rata=((DAYS[100], None),)))
    assert later.ends_on == plain_reading.ends_on
    full = (away(DAYS[30], DAYS[64]),)
    assert timeline(facts(absences=full)).ends_on == timeline(facts(absences=full, reads_pro_rata=spells)).ends_on


def test_r32_r38_figures_of_a_part_timer():
    told = facts(placed(fte="0.6"), absences=(away(DAYS[30], DAYS[79]),))  # 50 days weigh 30
    first = timeline(told).parts[0]
    reached = list(figures_reached(told, first, lambda on: 15))
    assert [(each.figure, each.number) for each in reached] == [(15, 115), (18, 118), (20, 120), (25, 125), (30, 130)]
    assert [each.next_on for each in reached[:-1]] == [each.on for each in reached[1:]]
    assert reached[-1].next_on is None
    assert reached[-1].is_threshold
    late = [each.figure for each in figures_reached(told, first, lambda on: 25)]
    assert late == [18, 25, 30]


@pytest.mark.parametrize(("fte", "told_at"), [("0.65", 19.5), ("0.82", 24.6), ("0.5", 15), ("0.98", 20), ("0.33", 9.9)])
def test_r32_each_figure_is_told_once_however_it_is_rounded(fte, told_at):
    told = facts(placed(fte=fte), absences=(away(DAYS[30], DAYS[150]),))
    found = list(figures_reached(told, timeline(told).parts[0], lambda on: 5))
    numbers = [each.number for each in found]
    assert len(numbers) == len(set(numbers))
    assert told_at in [float(each.figure) for each in found]


KINDS = st.sampled_from([kind for kind in AbsenceKind if kind.effect is not Effect.CLOSES_SCHOOL])
ROWS = st.builds(
    lambda place, length, kind, elected: away(DAYS[place], DAYS[place] + timedelta(days=length), kind, elected=elected),
    st.integers(0, 400), st.integers(0, 120), KINDS, st.sampled_from([None, True, False]),
)  # fmt: skip


@given(st.lists(ROWS, max_size=3), ROWS)
def test_recording_and_withdrawing_changes_nothing(rows, row):
    told = facts(absences=tuple(rows))
    there = effect_of_absences(told, (*rows, row))
    back = effect_of_absences(replace(told, absences=(*rows, row)), tuple(rows))
    assert (there.before, there.after) == (back.after, back.before)
    assert there.after == timeline(replace(told, absences=(*rows, row))).ends_on


@given(st.lists(ROWS, max_size=3), st.sampled_from(["1", "0.5", "0.6"]))
def test_the_pro_rata_reading_is_never_more_permissive(rows, fte):
    told = facts(placed(fte=fte), absences=tuple(rows))
    read = timeline(replace(told, reads_pro_rata=((FIRST_DAY, None),)))
    assert read.ends_on >= timeline(told).ends_on
