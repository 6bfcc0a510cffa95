"""Support plans: laid in weeks, started whole, evaluated in order, ended with an outcome (R70-R76, R79)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules import plans
from cases.rules.errors import RuleBroken
from cases.rules.escalation import PLAN_WEEKS, WEEKLY_UPDATES, Progress, plan
from cases.rules.next_step import Ended, next_step
from cases.rules.plans import WEEK, Ending, ObjectiveRow, WeekRow, Written
from cases.rules.school_year import assembled
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from cases.rules.support import Climb, ask, updates_due

CALENDAR = assembled({}, 2025, 2028)
ON = date(2026, 11, 2)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
LEVELS = list(PLAN_WEEKS)
TEXT = "Joint observation (tutor)"
ROW = WeekRow(TEXT, "PD time", "Two calm starts")


def has_school(first):
    return any(CALENDAR.is_school_day(first + timedelta(days=n)) for n in range(7))


# R75: the weeks


@given(DAYS, st.integers(1, 6))
def test_r75_weeks_follow_each_other_where_none_is_passed_over(first, weeks):
    laid = plans.lay(first, weeks, CALENDAR, skip=False)
    assert laid.starts == tuple(first + n * WEEK for n in range(weeks))
    assert laid.ends_on == first + timedelta(days=7 * weeks - 1)
    assert laid.empty == tuple(n for n, each in enumerate(laid.starts, 1) if not has_school(each))


@given(DAYS, st.integers(1, 6))
def test_r75_with_the_setting_every_week_has_a_school_day(first, weeks):
    laid = plans.lay(first, weeks, CALENDAR, skip=True)
    assert len(laid.starts) == weeks
    assert all(has_school(each) for each in laid.starts)
    assert not any(has_school(each) for each in laid.left_out)
    assert sorted([*laid.starts, *laid.left_out]) == [first + n * WEEK for n in range(weeks + len(laid.left_out))]


@given(DAYS, st.integers(1, 6), DAYS, st.integers(0, 60))
def test_r75_no_week_lies_where_the_ect_is_away_throughout(first, weeks, from_day, length):
    away = [(from_day, from_day + timedelta(days=length))]
    laid = plans.lay(first, weeks, CALENDAR, skip=False, away=away)
    for each in laid.starts:
        days = [each + timedelta(days=n) for n in range(7) if CALENDAR.is_school_day(each + timedelta(days=n))]
        assert not days or not all(away[0][0] <= day <= away[0][1] for day in days)


def test_r75_an_absence_without_end_is_never_laid_around():
    with pytest.raises(RuleBroken, match="too far ahead") as broken:
        plans.lay(ON, 4, CALENDAR, skip=True, away=[(ON, None)])
    assert broken.value.field == "starts_on"


def test_r75_a_holiday_in_the_middle_of_leave_is_passed_over():
    laid = plans.lay(ON, 6, CALENDAR, skip=False, away=[(date(2026, 11, 30), date(2027, 1, 31))])
    assert laid.starts[4:] == (date(2027, 2, 1), date(2027, 2, 8))


@pytest.mark.parametrize("skip", [True, False])
def test_r75_a_year_of_leave_is_laid_around_and_what_is_longer_proposes_nothing(skip):
    laid = plans.lay(ON, 4, CALENDAR, skip=False)
    years = [timedelta(days=365 * count) for count in (1, 3)]
    long, longer = ([(ON + WEEK, ON + WEEK + length)] for length in years)
    row, proposed = plans.away_proposal(laid.starts, 0, CALENDAR, skip=skip, away=long)
    assert (row, proposed.starts[1] > ON + WEEK + years[0] - WEEK) == (2, True)
    assert plans.away_proposal(laid.starts, 0, CALENDAR, skip=skip, away=longer) is None


@given(DAYS, st.integers(2, 6), st.data())
def test_r75_weeks_before_the_one_that_moves_stay(first, weeks, data):
    laid = plans.lay(first, weeks, CALENDAR, skip=False)
    row = data.draw(st.integers(1, weeks))
    after = plans.lay_again(laid.starts, row, laid.starts[row - 1] + WEEK, CALENDAR, skip=False)
    assert after.starts[: row - 1] == laid.starts[: row - 1]
    assert after.starts[row - 1 :] == tuple(each + WEEK for each in laid.starts[row - 1 :])
    assert len(after.starts) == weeks


def test_r75_a_week_away_is_proposed_to_be_made_up_but_not_one_that_was_evaluated():
    laid = plans.lay(ON, 4, CALENDAR, skip=False)
    away = [(ON + WEEK, ON + WEEK + timedelta(days=4))]
    row, proposed = plans.away_proposal(laid.starts, 0, CALENDAR, skip=False, away=away)
    assert (row, proposed.starts) == (2, (ON, *(ON + n * WEEK for n in (2, 3, 4))))
    assert plans.away_proposal(laid.starts, 2, CALENDAR, skip=False, away=away) is None
    assert plans.away_proposal(laid.starts, 0, CALENDAR, skip=False, away=[(ON, ON + timedelta(days=3))]) is None


@given(st.sampled_from(LEVELS), DAYS, st.data())
def test_r75_updates_of_weeks_that_follow_each_other_are_those_of_the_contract(level, first, data):
    weeks = data.draw(st.sampled_from(list(PLAN_WEEKS[level])))
    laid = plans.lay(first, weeks, CALENDAR, skip=False)
    assert plans.updates_of(level, laid.starts) == updates_due(level, first, weeks)
    assert laid.ends_on == plan(level, first, weeks).value.ends_on


def test_r75_updates_follow_the_weeks_that_were_put_off():
    laid = plans.lay(date(2026, 12, 14), 6, CALENDAR, skip=True)
    assert plans.updates_of(SupportLevel.CONCERN, laid.starts)[:2] == (date(2026, 12, 21), date(2027, 1, 11))
    assert SupportLevel.CONCERN in WEEKLY_UPDATES


@pytest.mark.parametrize(
    ("row", "first", "reason", "field"),
    [(1, ON, "x", "row"), (5, ON, "x", "row"), (2, ON + timedelta(days=6), "x", "starts_on"),
     (2, ON + WEEK, "x", "starts_on"), (2, ON + 2 * WEEK, " ", "reason")],
)  # fmt: skip
def test_r75_what_is_no_new_laying(row, first, reason, field):
    starts = [ON + n * WEEK for n in range(4)]
    with pytest.raises(RuleBroken) as broken:
        plans.check_laid_again(starts, 1, row, first, reason, began_on=ON, on=ON)
    assert broken.value.field == field
    plans.check_laid_again(starts, 1, 2, ON + 2 * WEEK, "The week was lost", began_on=ON, on=ON)


# R70, R76: before it starts


def written(level, **changed):
    rows = (ObjectiveRow(TEXT, (Standard.TS7,), "Two calm starts", TEXT, ""),)
    whole = Written(ON, PLAN_WEEKS[level][0], None, (Standard.TS7,), "O", "R", "", "", "F", "", rows, (ROW,))
    return replace(whole, **changed)


def objections(level, told, **given):
    dates = {"opened_on": ON, "last_ended": None, "latest": ON + 8 * WEEK, "today": ON} | given
    return [each.field for each in plans.check_start(level, told, **dates)]


@pytest.mark.parametrize("level", LEVELS)
def test_r76_a_whole_plan_may_start(level):
    assert objections(level, written(level)) == []


@pytest.mark.parametrize("level", LEVELS)
def test_r76_an_empty_one_says_everything_that_is_missing_at_once(level):
    found = objections(level, Written())
    said = {"reason"} if level is plans.LIGHT else {"risk_reasons"} if level == "5" else {"objectives"}
    rows = "rows[0].actions" if level is plans.LIGHT else "planned[0].actions"
    assert {"weeks", "starts_on", "standards", rows} | said <= set(found)


@given(st.sampled_from(LEVELS), st.integers(0, 9))
def test_r70_a_length_that_the_level_does_not_have_is_refused_in_the_words_of_the_rule(level, weeks):
    told = written(level, weeks=weeks, planned=(ROW,))
    if weeks in PLAN_WEEKS[level]:
        assert objections(level, told) == []
        return
    assert "weeks" in objections(level, told)
    assert plans.check_kept(level, told)[0].message.startswith(f"A Level {level} plan takes")


@given(st.lists(st.sampled_from([ROW, WeekRow()]), max_size=6), st.sampled_from([4, 5, 6]))
def test_r76_weeks_are_planned_from_the_first_on_and_none_is_skipped(rows, weeks):
    level = SupportLevel.SUPPORT_1
    filled = [n for n, row in enumerate(rows) if not row.is_blank]
    in_order = filled == list(range(len(filled))) and 0 < len(filled) <= weeks
    assert (objections(level, written(level, weeks=weeks, planned=tuple(rows))) == []) is in_order


@pytest.mark.parametrize(
    ("given", "field"),
    [({"opened_on": ON + WEEK}, "starts_on"), ({"last_ended": ON + WEEK}, "starts_on"),
     ({"latest": ON - WEEK}, "starts_on")],
)  # fmt: skip
def test_r76_days_on_which_a_plan_cannot_begin(given, field):
    assert objections(SupportLevel.SUPPORT_1, written(SupportLevel.SUPPORT_1), **given) == [field]


def test_r76_a_meeting_to_come_was_not_held():
    assert objections(plans.LIGHT, written(plans.LIGHT, met_on=ON + WEEK)) == ["met_on"]


def test_r76_what_lies_ahead_may_be_left_open():
    level = SupportLevel.SUPPORT_1
    assert plans.check_changed(level, 2, planned=(WeekRow(), WeekRow()), rows=(), first=3) == []
    (skipped,) = plans.check_changed(level, 2, planned=(WeekRow(), ROW), rows=(), first=3)
    assert skipped == ("planned[0].actions", "Week 3 is skipped: enter what is done in it, and by whom")


def test_r76_levels_without_plans_ask_nothing():
    with pytest.raises(RuleBroken, match="Plans belong to Levels 1 to 5"):
        plans.fields_of(SupportLevel.MONITORING)


def test_r79_whose_a_plan_is():
    light, first = SupportLevel.LIGHT_TOUCH, SupportLevel.SUPPORT_1
    assert plans.writers_of(light) == {"mentor"}
    assert plans.writers_of(first) == {"induction_tutor", "induction_lead"}
    assert "mentor" in plans.evaluators_of(first)
    assert "induction_tutor" not in plans.evaluators_of(light)
    assert "induction_tutor" in plans.layers_of(light)


# R75, R76: while it goes on, and its end

STARTS = [ON + n * WEEK for n in range(4)]


@given(st.integers(0, 4), st.integers(1, 6), st.integers(-3, 40))
def test_r75_a_week_is_evaluated_in_its_turn_and_not_before_it_has_begun(kept, row, days):
    on = ON + timedelta(days=days)
    may = row <= 4 and row <= kept + 1 and on >= STARTS[min(row, 4) - 1]
    try:
        plans.check_evaluation(STARTS, kept, row, "Calm", on=on)
    except RuleBroken:
        assert not may
    else:
        assert may


def test_r76_no_evaluation_without_a_word():
    with pytest.raises(RuleBroken, match="Enter how") as broken:
        plans.check_evaluation(STARTS, 0, 1, " ", on=ON)
    assert broken.value.field == "text"


ENDING = Ending("Calmer", Progress.SOME, "Calm ends", STARTS[3] + timedelta(days=4))


@pytest.mark.parametrize(
    ("changed", "kept", "fields"),
    [
        ({}, 4, []),
        ({}, 3, ["ended_on"]),
        ({"evaluation": ""}, 4, ["evaluation"]),
        ({"progress": None}, 4, ["progress"]),
        ({"next_objectives": " "}, 4, ["next_objectives"]),
        ({"progress": Progress.ON_TRACK, "next_objectives": ""}, 4, []),
        ({"ended_on": None}, 4, ["ended_on"]),
        ({"ended_on": ON - WEEK}, 4, ["ended_on"]),
        ({"ended_on": ON + 9 * WEEK}, 4, ["ended_on"]),
        ({"ended_on": ON}, 1, ["early_reason"]),
        ({"ended_on": ON, "early_reason": "Met"}, 1, []),
    ],
)
def test_r76_no_plan_ends_without_its_outcome(changed, kept, fields):
    found = plans.check_finish(replace(ENDING, **changed), STARTS, kept, on=ON + 5 * WEEK)
    assert [each.field for each in found] == fields


# R72: what comes next

ENDINGS = st.builds(
    Ended,
    st.sampled_from(LEVELS),
    st.sampled_from(list(Progress)),
    st.sampled_from([1, 2]),
    st.none() | st.integers(0, 80),
    st.integers(1, 3),
)


@given(ENDINGS)
def test_r72_what_is_proposed_is_a_move_that_the_rules_allow(ended):
    step = next_step(ended)
    assert step.to is not SupportLevel.CAPABILITY
    assert all(reason.says for reason in step.because)
    if step.to is None:
        assert ended.level is SupportLevel.AT_RISK
        return
    agreed = frozenset({step.to}) if step.needs_body else frozenset()
    met = frozenset({step.to})  # Level 4 begins with the body’s meeting, which whoever decides holds first
    climb = Climb((ended.level,) * ended.times, ended.part, frozenset({"induction_tutor"}), agreed, met)
    assert ask(climb, step.to, ended.progress, "a reason").allowed


@pytest.mark.parametrize(
    ("level", "progress", "part", "left", "to"),
    [
        ("1", "on_track", 1, None, "0"), ("4", "on_track", 2, 40, "monitoring"), ("1", "some", 1, 40, "1"),
        ("1", "none", 1, 40, "2"), ("2", "some", 2, 40, "3"), ("2", "none", 2, 40, "4"), ("2", "none", 1, 60, "3"),
        ("3", "some", 1, 60, "3"), ("3", "some", 2, 20, "4"), ("3", "none", 1, 60, "4"), ("4", "none", 2, 20, "5"),
        ("4", "some", 2, 20, "4"), ("4", "some", 2, 8, "5"), ("4", "none", 1, 60, "4"), ("5", "some", 2, 20, "4"),
    ],
)  # fmt: skip
def test_r72_by_part_progress_and_time_left(level, progress, part, left, to):
    ended = Ended(SupportLevel(level), Progress(progress), part, left)
    assert next_step(ended).to is SupportLevel(to)


def test_r72_level_1_is_repeated_once_only_and_levels_without_plans_end_in_none():
    assert next_step(Ended(SupportLevel.LIGHT_TOUCH, Progress.SOME, 1, None, times=2)).to is SupportLevel.SUPPORT_1
    assert next_step(Ended(SupportLevel.AT_RISK, Progress.NONE, 2, 20)).to is None
    with pytest.raises(ValueError, match="no plan"):
        next_step(Ended(SupportLevel.MONITORING, Progress.SOME, 1))
