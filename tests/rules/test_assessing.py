"""What a report must hold (R53, R54, R58; SG 2.58, 4.4), and when an ECT who leaves needs an interim one (R54)."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.assessing import (
    AssessmentKind,
    Judged,
    Report,
    Unsatisfactory,
    check_carried_out_by,
    check_report,
    flagged_by_review,
    waits_words,
)
from cases.rules.errors import RuleBroken
from cases.rules.leaving import interim_due
from cases.rules.standards import Standard
from tests.rules.build import placed, reckoned

FIRST, TODAY = date(2025, 9, 1), date(2026, 7, 14)
SOUND = Judged(True, "Visits")
REPORT = Report(
    kind=AssessmentKind.FIRST, held_on=date(2026, 7, 10), present=("ect", "author"),
    judged=dict.fromkeys(Standard, SOUND), strengths="Explains well", development="Questions", support_given=True,
    satisfactory=True, stays=True,
)  # fmt: skip
LETTER = Unsatisfactory("Behaviour", "Settle classes", "Visits", "Notes", "Six weeks", "Failing")


def fields(report=REPORT, flagged=(), last=None, **changes):
    objections = check_report(replace(report, **changes), today=TODAY, placed=(FIRST, last), flagged=flagged)
    return [objection.field for objection in objections]


def judged(**changes):
    return REPORT.judged | {Standard.TS4: replace(SOUND, **changes)}


def test_a_whole_report_meets_no_objection():
    assert fields() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"held_on": None}, ["held_on"]),
        ({"held_on": date(2026, 7, 15)}, ["held_on"]),
        ({"held_on": date(2025, 8, 31)}, ["held_on"]),
        ({"present": ("ect",)}, ["present"]),
        ({"present": ("author", "headteacher")}, ["present"]),
        ({"judged": {k: v for k, v in REPORT.judged.items() if k != "TS4"}}, ["satisfactory_TS4", "evidence_TS4"]),
        ({"judged": judged(satisfactory=None)}, ["satisfactory_TS4"]),
        ({"judged": judged(evidence=" ")}, ["evidence_TS4"]),
        ({"strengths": ""}, ["strengths"]),
        ({"development": " "}, ["development"]),
        ({"support_given": None}, ["support_given"]),
        ({"satisfactory": None}, ["satisfactory"]),
        ({"stays": None}, ["stays"]),
        ({"stays": False}, ["leaves_on"]),
        ({"stays": False, "leaves_on": date(2026, 7, 9)}, ["leaves_on"]),
        ({"stays": False, "leaves_on": date(2026, 7, 20)}, []),
    ],
)
def test_what_is_missing_is_named_in_the_order_of_the_form(changes, expected):
    assert fields(**changes) == expected


def test_it_is_held_while_the_ect_is_at_the_school():
    assert fields(last=date(2026, 7, 9)) == ["held_on"]
    assert fields(last=date(2026, 7, 10)) == []


def test_an_unfavourable_judgement_that_nobody_heard_of_asks_why():
    told = judged(satisfactory=False, development="Plan for all")
    assert fields(judged=told) == ["surprise_reason_TS4"]
    assert fields(judged=told, flagged={Standard.TS4}) == []
    assert fields(judged=judged(satisfactory=False, development="Plan", surprise_reason="New class")) == []
    assert fields(judged=judged(satisfactory=False), flagged={Standard.TS4}) == ["development_TS4"]


def test_progress_that_is_not_satisfactory_needs_what_the_letter_sets_out():
    told = judged(satisfactory=False, development="Plan for all")
    missing = fields(judged=told, satisfactory=False, flagged={Standard.TS4})
    assert missing == [f"unsatisfactory_{name}" for name in Unsatisfactory.__slots__]
    assert fields(judged=told, satisfactory=False, flagged={Standard.TS4}, unsatisfactory=LETTER) == []


def test_progress_that_is_not_satisfactory_names_a_standard():
    assert fields(satisfactory=False, unsatisfactory=LETTER) == ["satisfactory"]


@pytest.mark.parametrize("kind", [AssessmentKind.FINAL, AssessmentKind.EXTENSION])
def test_what_carries_a_recommendation_asks_neither_progress_nor_the_future(kind):
    assert kind.takes_recommendation
    assert fields(kind=kind, satisfactory=None, stays=None) == []


def test_an_interim_one_asks_when_the_ect_leaves_and_may_come_late():
    interim = {"kind": AssessmentKind.INTERIM, "stays": None}
    assert fields(**interim) == ["leaves_on"]
    assert fields(**interim, leaves_on=date(2025, 8, 1)) == ["leaves_on"]
    assert fields(**interim, leaves_on=date(2026, 7, 3), last=date(2026, 7, 3)) == []


@pytest.mark.parametrize(
    ("roles", "may"),
    [
        ({"mentor"}, False),
        ({"school_admin"}, False),
        ({"mentor", "induction_tutor"}, True),
        ({"headteacher"}, True),
        ({"induction_lead"}, True),
    ],
)
def test_a_mentor_carries_none_out_unless_they_are_the_tutor_too(roles, may):
    if may:
        check_carried_out_by(roles)
    else:
        with pytest.raises(RuleBroken, match="A mentor may not"):
            check_carried_out_by(roles)


def test_what_a_review_flags():
    ratings = {Standard.TS1: 3, Standard.TS2: 2, Standard.TS3: 1}
    assert flagged_by_review(ratings, {}, on_track=True) == {"TS2", "TS3"}
    assert flagged_by_review(ratings, {Standard.TS1: "Why"}, on_track=True) == {"TS1", "TS2", "TS3"}
    assert flagged_by_review({}, {}, on_track=True) == frozenset()
    assert flagged_by_review({}, {}, on_track=False) == set(Standard)


def test_what_holds_an_assessment_back_is_said():
    assert "until the ECT has returned" in waits_words("return", TODAY)
    assert "14 July 2026" in waits_words("choice", TODAY)
    assert waits_words("", TODAY) == ""


def interim(leaves_on, start=FIRST, ends_on=None):
    told = reckoned(placed(start, ends_on), as_of=TODAY)
    return interim_due(told, told.facts.placements[0], leaves_on)


@pytest.mark.parametrize(
    ("leaves_on", "needed"),
    [
        (date(2025, 11, 28), False),  # less than a term
        (date(2026, 1, 9), True),
        (date(2026, 7, 3), True),  # in the final term of part 1
        (date(2026, 7, 22), False),  # the first assessment falls due on that day
        (date(2026, 8, 31), False),  # nothing was served after it
        (date(2026, 12, 18), True),
        (date(2027, 7, 2), True),
    ],
)
@pytest.mark.parametrize("known", [True, False], ids=["end recorded", "end said"])
def test_who_leaves_after_a_term_with_service_not_looked_back_on_needs_an_interim_one(leaves_on, needed, known):
    assert interim(leaves_on, ends_on=leaves_on if known else None) is needed


def test_who_goes_on_at_another_school_needs_one_for_what_came_after_the_last():
    told = reckoned(placed(date(2025, 5, 12), date(2026, 6, 25)), placed(date(2026, 7, 6), school="B"), as_of=TODAY)
    assert interim_due(told, told.facts.placements[0], date(2026, 6, 25))
