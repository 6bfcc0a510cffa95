"""Whose answer a sealed plan waits for, and what an answer needs (R76, R79)."""

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from cases.rules.errors import RuleBroken
from cases.rules.plan_papers import SIGNS, Stage, check_answer, check_corrected, waits_for
from cases.rules.statuses import PlanStatus

ROLES = ("ect", "mentor", "induction_tutor", "headteacher", "body_officer", "")


@each(st.sets(st.sampled_from(ROLES)))
def test_a_finished_plan_waits_for_tutor_and_ect_alone_and_one_that_was_started_for_nobody(answered):
    assert set(waits_for(Stage.FINISHED, answered)) == set(SIGNS) - answered
    assert waits_for(Stage.STARTED, answered) == ()


@each(
    st.sampled_from(Stage), st.sampled_from(ROLES), st.sets(st.sampled_from(SIGNS)), st.booleans(), st.booleans(),
    st.sampled_from(["", " ", "I see it otherwise"]),
)  # fmt: skip
def test_an_answer_is_taken_exactly_where_it_is_waited_for_and_was_read(stage, role, answered, opened, declines, words):
    mine = role in waits_for(stage, answered) and opened
    may = mine and (not declines or (role == "ect" and bool(words.strip())))
    given = {"opened": opened, "declines": declines, "words": words}
    if may:
        check_answer(stage, role, answered, **given)
    else:
        with pytest.raises(RuleBroken):
            check_answer(stage, role, answered, **given)


@pytest.mark.parametrize("status", list(PlanStatus))
def test_only_a_finished_plan_is_corrected(status):
    if status is PlanStatus.FINISHED:
        check_corrected(status, "The answer was wrong")
        return
    with pytest.raises(RuleBroken):
        check_corrected(status, "The answer was wrong")
