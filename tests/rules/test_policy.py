"""Settings: the table, the direction that the law leaves open, and which row holds when (R49, R55, R79, D5)."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.policy_words import value_words
from cases.rules.errors import RuleBroken
from cases.rules.policy import (
    SETTINGS,
    Effective,
    Holder,
    RatedStandards,
    Row,
    check,
    defaults,
    effective,
    periods_of,
    row_on,
    stricter,
    values_on,
)
from cases.rules.schedule import PROGRESS_REVIEW
from cases.rules.standards import Rating, Standard
from tests.rules.build import ENGLAND, FIRST_DAY, placed, reckoned

ALL = [setting for settings in SETTINGS.values() for setting in settings.values()]
NAMES = [f"{setting.holder} {setting.name}" for setting in ALL]
DAY = date(2026, 9, 1)


@pytest.mark.parametrize("setting", ALL, ids=NAMES)
def test_every_setting_is_told_in_full(setting):
    assert setting.default in setting.allowed
    assert len(set(setting.allowed)) == len(setting.allowed) > 1
    assert all([setting.label, setting.subject, setting.direction, setting.bounds, setting.rule, setting.says])
    assert setting.source_words.startswith("Statutory guidance, paragraph")
    assert len({value_words(setting, value) for value in setting.allowed}) == len(setting.allowed)
    for value in setting.allowed:
        check(setting, value)


@pytest.mark.parametrize(
    ("holder", "name", "value", "says"),
    [
        (Holder.SCHOOL, "review_within_days", 11, "never more"),
        (Holder.SCHOOL, "review_within_days", 0, "from 1 to 10"),
        (Holder.SCHOOL, "review_within_days", True, "from 1 to 10"),
        (Holder.SCHOOL, "mentor_reads_reviews", None, "Yes or no".lower()),
        (Holder.SCHOOL, "mentor_reads_reviews", 1, "yes or no"),
        (Holder.BODY, "review_within_days", 11, "never more"),
        (Holder.BODY, "review_answer_days", 11, "never more"),
        (Holder.BODY, "review_answer_days", -1, "from 1 to 10"),
        (Holder.BODY, "rated_standards", "three", "all nine"),
        (Holder.BODY, "statement_from", 1, "always needs a statement"),
        (Holder.BODY, "statement_from", 6, "always needs a statement"),
        (Holder.BODY, "drops_earlier_review", "yes", "yes or no"),
    ],
)
def test_the_permissive_direction_is_refused_with_the_reason(holder, name, value, says):
    with pytest.raises(RuleBroken) as refused:
        check(SETTINGS[holder][name], value)
    assert refused.value.field == name
    assert says in refused.value.message


@pytest.mark.parametrize(
    ("holder", "name", "first", "second", "holds"),
    [
        (Holder.SCHOOL, "review_within_days", 10, 5, 5),
        (Holder.BODY, "mentor_reads_reviews", True, False, False),
        (Holder.BODY, "rated_standards", "none", "part_one", "part_one"),
        (Holder.BODY, "statement_from", 2, 5, 5),
        (Holder.BODY, "drops_earlier_review", True, False, False),
    ],
)
def test_the_stricter_of_two(holder, name, first, second, holds):
    setting = SETTINGS[holder][name]
    assert stricter(setting, first, second) == stricter(setting, second, first) == holds


def test_defaults_are_the_laws_own_and_the_portals():
    usual = effective([], [], DAY)
    stated = (False, 10, 10, "all", 2, False, False, "part_window", 15, "fortnight", 3, True, 10, False, False,
              False, 5, 1, 5, 1)  # fmt: skip
    assert usual == Effective(*stated)
    assert (usual.asked.standards, usual.asked.statement_from) == (tuple(Standard), Rating.ATTENTION)
    assert {f.name for f in fields(Effective)} == set(SETTINGS[Holder.BODY]) | set(SETTINGS[Holder.SCHOOL])
    assert set(SETTINGS[Holder.SCHOOL]) - set(SETTINGS[Holder.BODY]) == {
        "absence_warning_from", "observations_a_year", "mentor_reads_observations", "mentor_meeting_within",
        "concerns_through_trust", "remind_from", "escalate_after",
    }  # fmt: skip


def test_r55_which_standards_are_rated():
    assert [len(each.standards) for each in RatedStandards] == [0, 8, 9]
    assert Standard.PART_TWO not in RatedStandards.PART_ONE.standards


@pytest.mark.parametrize(("school", "body", "reads"), [(0, 0, False), (0, 1, False), (1, 0, False), (1, 1, True)])
def test_r79_mentors_read_where_school_and_body_both_say_so(school, body, reads):
    rows = [[Row(DAY, 1, {"mentor_reads_reviews": bool(each)})] for each in (school, body)]
    assert effective(*rows, DAY).mentor_reads_reviews is reads


def test_d5_the_fewer_days_hold():
    rows = [[Row(DAY, 1, {"review_within_days": days})] for days in (4, 6)]
    assert effective(*rows, DAY).review_within_days == effective(*rows[::-1], DAY).review_within_days == 4


ROWS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=8)


@given(ROWS, st.integers(-2, 34))
def test_the_row_that_holds_is_the_last_that_was_set_for_the_latest_day(told, offset):
    """Against a calendar filled in day by day, in the order of the rows' days and then of their setting."""
    rows = [Row(DAY + timedelta(days=day), number, {"review_within_days": value})
            for number, (day, value) in enumerate(told, 1)]  # fmt: skip
    calendar = {}
    for row in sorted(rows, key=lambda each: each.starts_on):
        for ahead in range(40):
            calendar[row.starts_on + timedelta(days=ahead)] = row
    on = DAY + timedelta(days=offset)
    assert row_on(rows, on) == row_on(reversed(rows), on) == calendar.get(on)
    held = values_on(Holder.SCHOOL, rows, on)
    expected = calendar[on].values["review_within_days"] if on in calendar else 10
    assert held == defaults(Holder.SCHOOL) | {"review_within_days": expected}


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=6), st.integers(0, 20), st.integers(0, 20))
def test_spells_hold_exactly_the_days_on_which_it_is_yes(told, first, length):
    rows = [Row(DAY + timedelta(days=day), number, {"drops_earlier_review": yes})
            for number, (day, yes) in enumerate(told, 1)]  # fmt: skip
    start, end = DAY + timedelta(days=first), DAY + timedelta(days=first + length)
    spells = periods_of("drops_earlier_review", rows, start, end)
    for ahead in range(-3, 45):
        day = DAY + timedelta(days=ahead)
        inside = any(begins <= day and (ends is None or day <= ends) for begins, ends in spells)
        assert inside == (start <= day <= end and values_on(Holder.BODY, rows, day)["drops_earlier_review"])


def reviews(**facts):
    events = reckoned(placed(fte="0.4"), **facts).events
    return [event.number for event in events if event.kind == PROGRESS_REVIEW]


def test_r49_a_body_may_drop_the_review_in_the_term_before_an_assessment():
    """0.4 FTE: the first assessment at 7.5 calendar terms, half a term after review 7; the final one at exactly 15."""
    usual = [*range(1, 8), *range(9, 15)]
    assert reviews() == usual
    always = [*range(1, 7), *range(9, 15)]
    assert reviews(drops_earlier_review=((FIRST_DAY, None),)) == always
    seventh = ENGLAND.terms[6].end
    day = timedelta(days=1)
    assert reviews(drops_earlier_review=((seventh, seventh),)) == always
    assert reviews(drops_earlier_review=((FIRST_DAY, seventh - day),)) == usual
    assert reviews(drops_earlier_review=((seventh + day, None),)) == usual


def test_r49_a_whole_term_before_an_assessment_keeps_its_review():
    events = reckoned(placed(), drops_earlier_review=((FIRST_DAY, None),)).events
    assert [event.number for event in events if event.kind == PROGRESS_REVIEW] == [1, 2, 4, 5]
