"""The ladder of reminders: which days, which are dropped, merged or said no more, and to whom it goes up (R90, R91)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.deadline_rules import RULES
from cases.rules.errors import RuleBroken
from cases.rules.policy import SETTINGS, Holder
from cases.rules.reminders import (
    ABOVE,
    AFTER,
    AT_ONCE,
    BEFORE,
    LAST_DAY,
    NEXT,
    SAID,
    SOMETHING,
    STATUTORY,
    STILL_SAID,
    Ladder,
    Step,
    goes_up,
    said,
    step_to_say,
    steps,
    window,
)
from cases.rules.working_days import clear_days, is_working_day

DUE = date(2026, 12, 18)  # a Friday
LONG_AGO = date(2026, 9, 1)
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
LADDERS = st.builds(Ladder, st.sampled_from(BEFORE), st.sampled_from(AFTER))


def test_r90_five_and_two_working_days_before_on_the_day_and_one_and_three_after():
    assert steps(LONG_AGO, DUE, Ladder()) == (
        (-5, date(2026, 12, 11)),
        (-2, date(2026, 12, 16)),
        (0, DUE),
        (1, date(2026, 12, 21)),
        (3, date(2026, 12, 23)),
    )


@pytest.mark.parametrize(
    ("ladder", "numbers"),
    [(Ladder(2), [-2, 0, 1, 3]), (Ladder(5), [-5, -2, 0, 1, 3]), (Ladder(10), [-10, -5, -2, 0, 1, 3])],
)
def test_an_organisation_may_begin_sooner_or_later(ladder, numbers):
    assert [step.number for step in steps(LONG_AGO, DUE, ladder)] == numbers


@pytest.mark.parametrize(
    ("opened_on", "first"),
    [
        (date(2026, 12, 11), Step(-5, date(2026, 12, 11))),
        (date(2026, 12, 12), Step(-2, date(2026, 12, 16))),
        (date(2026, 12, 16), Step(-2, date(2026, 12, 16))),
        (date(2026, 12, 17), Step(AT_ONCE, date(2026, 12, 17))),
        (DUE, Step(LAST_DAY, DUE)),
    ],
)
def test_r90_steps_before_it_opened_are_dropped_and_what_is_due_at_once_is_said_at_once(opened_on, first):
    assert steps(opened_on, DUE, Ladder())[0] == first


def test_over_a_weekend_it_is_said_on_the_day_it_opens():
    saturday = date(2026, 12, 19)
    assert steps(saturday, date(2026, 12, 21), Ladder())[0] == Step(AT_ONCE, saturday)


def test_christmas_is_no_working_day():
    """Due on Christmas Eve: Friday and Monday are bank holidays, so the first day after is the Tuesday."""
    found = dict(steps(LONG_AGO, date(2026, 12, 24), Ladder()))
    assert (found[1], found[3]) == (date(2026, 12, 29), date(2026, 12, 31))


@given(DAYS, st.integers(0, 60), LADDERS)
def test_steps_run_with_time_and_never_before_the_opening(due_on, open_for, ladder):
    opened_on = due_on - timedelta(days=open_for)
    found = steps(opened_on, due_on, ladder)
    assert all(one.number < two.number and one.on < two.on for one, two in pairwise(found))
    assert all(step.on >= opened_on for step in found)
    assert Step(LAST_DAY, due_on) in found
    assert [step.number for step in found if step.number > 0] == list(AFTER)
    assert all(is_working_day(step.on) for step in found if step.number not in (AT_ONCE, LAST_DAY))
    if opened_on < due_on:
        assert found[0].number < LAST_DAY


def walked(opened_on, due_on, ladder, days):
    """What is said when the sweep runs on these days."""
    found, told, last = steps(opened_on, due_on, ladder), [], None
    for on in days:
        if step := step_to_say(found, on=on, said=last):
            told.append((on, step.number))
            last = step.number
    return told


@given(DAYS, st.integers(0, 40), LADDERS)
def test_a_sweep_a_day_says_each_step_on_its_day(due_on, open_for, ladder):
    opened_on = due_on - timedelta(days=open_for)
    days = [opened_on + timedelta(days=n) for n in range(open_for + 30)]
    assert walked(opened_on, due_on, ladder, days) == [(on, number) for number, on in steps(opened_on, due_on, ladder)]


@given(DAYS, st.integers(0, 40), LADDERS, st.lists(st.integers(0, 90), max_size=30))
def test_whenever_it_runs_nothing_is_said_twice_and_the_last_that_came_is_what_is_said(due_on, open_for, ladder, gaps):
    """In any order too: a sweep of yesterday that comes after today's says nothing."""
    opened_on = due_on - timedelta(days=open_for)
    days = [opened_on + timedelta(days=gap) for gap in gaps]
    told = walked(opened_on, due_on, ladder, days)
    numbers = [number for _, number in told]
    assert numbers == sorted(set(numbers))
    found = {step.number: step.on for step in steps(opened_on, due_on, ladder)}
    for on, number in told:
        assert found[number] <= on
        assert not [later for later, day in found.items() if later > number and day <= on]
        assert clear_days(found[number], on) <= STILL_SAID


def test_steps_that_were_missed_are_merged_into_the_last():
    days = [date(2026, 12, 10), date(2026, 12, 22), date(2026, 12, 23)]
    assert walked(LONG_AGO, DUE, Ladder(), days) == [(date(2026, 12, 22), 1), (date(2026, 12, 23), 3)]


def test_what_has_been_late_for_weeks_is_not_said_for_the_first_time():
    assert walked(LONG_AGO, DUE, Ladder(), [date(2027, 1, 8)]) == [(date(2027, 1, 8), 3)]
    assert walked(LONG_AGO, DUE, Ladder(), [date(2027, 1, 12)]) == []


@given(DAYS, st.integers(0, 60), LADDERS)
def test_the_window_holds_every_deadline_with_a_step_to_say(on, open_for, ladder):
    first, last = window(on)
    for due_on in [first - n * ONE_DAY for n in range(1, 20)] + [last + n * ONE_DAY for n in range(1, 20)]:
        assert step_to_say(steps(due_on - timedelta(days=open_for), due_on, ladder), on=on, said=None) is None
    assert (last - first).days < 60


@pytest.mark.parametrize("on", [date(1999, 12, 31), date(2100, 10, 2), date.max])
def test_a_day_without_known_bank_holidays_is_refused(on):
    with pytest.raises(RuleBroken, match="2000 to 2100"):
        window(on)


@pytest.mark.parametrize(("after", "up"), [(1, [1, 3]), (3, [3])])
def test_what_is_late_goes_up(after, up):
    found = steps(LONG_AGO, DUE, Ladder(escalate_after=after))
    assert [step.number for step in found if goes_up(step, Ladder(escalate_after=after))] == up


def test_the_settings_are_those_of_the_ladder():
    for holder, names in (
        (Holder.SCHOOL, ("remind_from", "escalate_after")),
        (Holder.BODY, ("remind_officers_from", "escalate_officers_after")),
    ):
        first, up = (SETTINGS[holder][name] for name in names)
        assert (set(first.allowed), set(up.allowed)) == (set(BEFORE), set(AFTER))
        assert Ladder(first.default, up.default) == Ladder()


def test_everybody_responsible_has_somebody_next_and_above():
    owners = {rule.responsible for rule in RULES.values()} - {"system"}
    assert owners <= set(NEXT)
    assert owners <= set(ABOVE)
    assert set(ABOVE.values()) == {"headteacher", "body_admin"}
    assert all(owner not in following for owner, following in NEXT.items())
    bodies = {"body_officer", "body_admin"}
    assert all((owner in bodies) == (set(following) <= bodies) for owner, following in NEXT.items())


@pytest.mark.parametrize("code", [*RULES, ""])
def test_a_message_names_no_absence_support_or_outcome(code):
    words = said(code)
    assert words[0].islower()
    telling = {"absence", "appeal", "level", "leave", "dismissal", "hearing", "extend", "support", "plan"}
    assert not telling & set(words.lower().split())
    assert (words == SOMETHING) == (code not in SAID)


def test_what_the_law_sets_a_day_for_is_statutory():
    assert {"D8", "D9", "D11", "D12", "D19"} <= STATUTORY <= set(RULES)
    assert all(RULES[code].source.startswith(("Reg", "Sch")) for code in STATUTORY - {"D8", "D19"})
