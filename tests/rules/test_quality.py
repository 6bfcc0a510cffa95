"""The body's quality assurance: questions, independence, samples and risks (R40, R46, R48, R69, R81, R82)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.errors import RuleBroken
from cases.rules.quality import (
    DEFAULTS,
    AskedOf,
    Audience,
    FindingKind,
    FindingState,
    Tied,
    Worded,
    answerers,
    audience_of,
    check_finding,
    check_independent,
    check_recorded,
    conflicts,
    next_state,
    questions_on,
)
from cases.rules.quality_risk import RiskFacts, of_school, risks, score
from cases.rules.quality_sampling import at_random, by_risk, check_draw

ON = date(2026, 11, 2)
FINE = RiskFacts(date(2025, 9, 1), has_mentor=True, has_tutor=True, over_cap=False, school_since=date(2020, 9, 1))
KEYS = st.sets(st.uuids().map(str), max_size=30)
SEEDS = st.from_regex(r"[A-Za-z0-9-]{1,40}", fullmatch=True)


# Questions


def test_a_body_without_words_of_its_own_asks_the_defaults():
    assert questions_on(ON, []) == DEFAULTS


def test_the_latest_wording_that_has_begun_holds():
    def worded(days, text):
        return Worded("mentor_time", ON + timedelta(days=days), text, AskedOf.SCHOOL, True)

    asked = questions_on(ON, [worded(1, "Not yet"), worded(-1, "Now"), worded(-9, "Once")])
    assert [question.text for question in asked if question.code == "mentor_time"] == ["Now"]
    assert asked[0].source == DEFAULTS[0].source


def test_a_question_of_its_own_is_added_and_one_taken_out_is_gone():
    own = Worded("own_1", ON, "Is there a place to plan?", AskedOf.SCHOOL, True)
    gone = Worded("voice", ON, "x", AskedOf.ECT, False)
    codes = [question.code for question in questions_on(ON, [own, gone])]
    assert codes == [question.code for question in DEFAULTS if question.code != "voice"] + ["own_1"]


def test_every_default_asks_something_and_some_ask_the_ect():
    assert len({question.code for question in DEFAULTS}) == len(DEFAULTS)
    assert all(question.text.endswith("?") for question in DEFAULTS)
    assert {question.asked_of for question in DEFAULTS} == set(AskedOf)


# Who may look (R81)


@pytest.mark.parametrize(
    ("contact", "of_school", "found"),
    [
        (None, set(), 0),
        ("somebody", {"somebody"}, 0),
        ("officer", set(), 1),
        (None, {"officer"}, 1),
        ("officer", {"officer"}, 2),
    ],
)
def test_r81_neither_the_named_contact_nor_the_employer_assures_quality(contact, of_school, found):
    told = conflicts("officer", [Tied("Ada Lark", contact, frozenset(of_school))])
    assert len(told) == found
    assert all("Ada Lark" in sentence for sentence in told)


def test_r81_names_who_may_not_and_for_whom():
    tied = [Tied("Ada Lark", None, frozenset()), Tied("Bo Finch", "one", frozenset())]
    check_independent({"two": "Sam Two"}, tied)
    with pytest.raises(RuleBroken, match=r"Sam One may not .* named contact of Bo Finch") as broken:
        check_independent({"two": "Sam Two", "one": "Sam One"}, tied, "officer")
    assert broken.value.field == "officer"


# Findings


def test_what_an_ect_says_in_confidence_stays_with_the_body():
    assert audience_of(AskedOf.ECT, Audience.SCHOOL) is Audience.BODY
    assert audience_of(AskedOf.SCHOOL, Audience.SCHOOL) is Audience.SCHOOL
    assert audience_of(AskedOf.SCHOOL, Audience.BODY) is Audience.BODY


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": " "}, "row-text"),
        ({"owner": ""}, "row-owner"),
        ({"due_on": None}, "row-due_on"),
        ({"due_on": ON}, "row-due_on"),
        ({"due_on": ON + timedelta(days=400)}, "row-due_on"),
    ],
)
def test_an_action_says_what_whose_and_by_when(told, field):
    right = {"text": "Plan mentor time", "owner": "headteacher", "due_on": ON + timedelta(days=1)}
    check_finding(FindingKind.ACTION, visited_on=ON, row="row", **right)
    with pytest.raises(RuleBroken) as broken:
        check_finding(FindingKind.ACTION, visited_on=ON, row="row", **right | told)
    assert broken.value.field == field


def test_good_practice_needs_nobody_and_no_day():
    check_finding(FindingKind.GOOD, "Mentors meet", None, visited_on=ON, owner="", row="row")


def test_a_visit_is_recorded_once_it_was():
    check_recorded(ON, on=ON)
    for day in (ON + timedelta(days=1), ON - timedelta(days=400)):
        with pytest.raises(RuleBroken):
            check_recorded(day, on=ON)


def test_r82_the_headteacher_answers_every_action_a_tutor_their_own():
    assert answerers("headteacher") == {"headteacher"}
    assert answerers("induction_tutor") == {"headteacher", "induction_tutor", "induction_lead"}


STEPS = ("answered", "closed", "reopened")
FOLLOWS = {
    (FindingState.OPEN, "answered"), (FindingState.ANSWERED, "answered"), (FindingState.OPEN, "closed"),
    (FindingState.ANSWERED, "closed"), (FindingState.ANSWERED, "reopened"), (FindingState.CLOSED, "reopened"),
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", FindingState)
def test_a_step_follows_or_is_refused(state, step):
    if (state, step) in FOLLOWS:
        assert next_state(state, step) in FindingState
        return
    with pytest.raises(RuleBroken):
        next_state(state, step)


# Samples


@given(KEYS, st.integers(1, 40), SEEDS)
def test_a_random_sample_is_part_of_the_population_and_no_larger(population, size, seed):
    drawn = at_random(population, size, seed)
    assert set(drawn) <= population
    assert len(drawn) == len(set(drawn)) == min(size, len(population))


@given(st.lists(st.uuids().map(str), max_size=30), st.integers(1, 40), SEEDS)
def test_the_same_seed_draws_the_same_however_the_population_is_told(population, size, seed):
    assert at_random(population, size, seed) == at_random(list(reversed(population)) + population, size, seed)


@given(KEYS, st.integers(1, 20), SEEDS)
def test_a_larger_sample_holds_the_smaller_one(population, size, seed):
    assert at_random(population, size + 1, seed)[:size] == at_random(population, size, seed)


@given(KEYS.filter(bool), st.integers(1, 20), SEEDS)
def test_whoever_was_not_drawn_could_have_been_absent(population, size, seed):
    drawn = at_random(population, size, seed)
    assert at_random(drawn, size, seed) == drawn


@given(st.dictionaries(st.uuids().map(str), st.integers(0, 9), max_size=30), st.integers(1, 40), SEEDS)
def test_the_sample_by_risk_leaves_nobody_out_who_is_more_at_risk(scores, size, seed):
    drawn = by_risk(scores, size, seed)
    assert all(scores[key] for key in drawn)
    assert [scores[key] for key in drawn] == sorted((scores[key] for key in drawn), reverse=True)
    left = [scores[key] for key in scores.keys() - set(drawn)]
    assert len(drawn) == size or not any(left)
    assert not drawn or max(left, default=0) <= scores[drawn[-1]]


def test_every_seed_has_its_own_sample():
    """Each of ten is drawn by about a third of three hundred seeds that draw three."""
    population = [str(number) for number in range(10)]
    counts = dict.fromkeys(population, 0)
    for seed in range(300):
        for key in at_random(population, 3, str(seed)):
            counts[key] += 1
    assert all(60 < count < 120 for count in counts.values()), counts


def test_a_sample_can_be_told_to_anybody_who_wants_to_repeat_it():
    assert at_random(["c", "a", "b"], 2, "round-1") == ["c", "b"]


@pytest.mark.parametrize(
    ("size", "seed", "population", "field"),
    [(0, "a", 9, "size"), (201, "a", 9, "size"), (1, "", 9, "seed"), (1, "a b", 9, "seed"), (1, "a", 0, None)],
)
def test_what_cannot_be_drawn_is_said(size, seed, population, field):
    check_draw(1, "a-1", 9)
    with pytest.raises(RuleBroken) as broken:
        check_draw(size, seed, population)
    assert broken.value.field == field


# Risk


def test_where_nothing_is_known_against_it_there_is_no_risk():
    assert risks(FINE, on=ON) == ()


@pytest.mark.parametrize(
    ("known", "code", "weight"),
    [
        ({"over_cap": True}, "over_cap", 3),
        ({"has_mentor": False}, "no_mentor", 3),
        ({"support_denied_on": ON - timedelta(days=90)}, "support", 3),
        ({"review_due_on": ON - timedelta(days=15)}, "late_review", 2),
        ({"has_tutor": False}, "no_tutor", 2),
        ({"over_cap": None}, "no_timetable", 2),
        ({"not_on_track_on": ON}, "not_on_track", 2),
        ({"missed": 3}, "missed", 2),
        ({"absence_notice": True}, "absence", 1),
        ({"away_since": ON - timedelta(days=28)}, "away", 1),
        ({"query_since": ON}, "query", 1),
        ({"school_since": ON - timedelta(days=364)}, "new_school", 1),
    ],
)
def test_each_risk_is_named_weighed_and_said(known, code, weight):
    (found,) = risks(replace(FINE, **known), on=ON)
    assert (found.code, found.weight) == (code, weight)
    assert found.says
    assert found.source


@pytest.mark.parametrize(
    "known",
    [
        {"review_due_on": ON - timedelta(days=14)},
        {"missed": 2},
        {"away_since": ON - timedelta(days=27)},
        {"school_since": ON - timedelta(days=365)},
    ],
)
def test_just_short_of_it_is_no_risk(known):
    assert risks(replace(FINE, **known), on=ON) == ()


def test_the_weightiest_comes_first():
    found = risks(replace(FINE, has_mentor=False, absence_notice=True, over_cap=None), on=ON)
    assert [risk.weight for risk in found] == [3, 2, 1]
    assert score(found) == 6


def test_a_schools_risks_are_counted_and_name_nobody():
    one = risks(replace(FINE, has_mentor=False, school_since=ON), on=ON)
    two = risks(replace(FINE, has_mentor=False, query_since=ON, school_since=ON), on=ON)
    told = of_school([one, two, ()])
    assert [(risk.code, risk.weight) for risk in told] == [("no_mentor", 4), ("new_school", 1), ("query", 1)]
    assert told[0].says == "2 ECTs have no mentor"
    assert told[2].says == "1 ECT waits for an answer about their service"


def test_every_risk_of_one_ect_is_said_of_a_school():
    worst = replace(
        FINE, has_mentor=False, has_tutor=False, over_cap=True, support_denied_on=ON, missed=4, absence_notice=True,
        review_due_on=date(2026, 1, 1), not_on_track_on=ON, away_since=date(2026, 1, 1), query_since=ON,
    )  # fmt: skip
    found = risks(worst, on=ON)
    assert all(risk.says.startswith("1 ECT ") for risk in of_school([found]))
    assert all(risk.says.startswith("2 ECTs ") for risk in of_school([found, found]))
