"""Progress reviews: R52, R55, R57, R59 and D5."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.reviews import Review, Target, check_review, due_to_body
from cases.rules.standards import Rating, Standard

TODAY, STARTED = date(2025, 12, 19), date(2025, 9, 2)
TARGET = Target("Use retrieval practice daily", Standard.TS2, date(2026, 2, 1), "Quiz scores rise")
GOOD = Review(
    held_on=date(2025, 12, 12),
    present=("ect", "reviewer"),
    ratings=dict.fromkeys(Standard, Rating.SECURE),
    statements={},
    targets=[TARGET],
    on_track=True,
    evidence="Three observations and the tracker",
)


def objections(**changes):
    return check_review(replace(GOOD, **changes), today=TODAY, placement_start=STARTED)


def fields(**changes):
    return [objection.field for objection in objections(**changes)]


def test_r52_a_complete_review_meets_no_objection():
    assert objections() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"held_on": None}, ["held_on"]),
        ({"held_on": date(2025, 12, 20)}, ["held_on"]),
        ({"held_on": date(2025, 9, 1)}, ["held_on"]),
        ({"held_on": TODAY}, []),
        ({"held_on": STARTED}, []),
        ({"present": ()}, ["present"]),
        ({"present": ("ect",)}, ["present"]),
        ({"present": ("reviewer", "mentor")}, ["present"]),
        ({"on_track": None}, ["on_track"]),
        ({"on_track": False}, ["support_outline"]),
        ({"on_track": False, "support_outline": "Weekly coaching by the tutor"}, []),
        ({"evidence": " \n"}, ["evidence"]),
        ({"targets": []}, ["targets"]),
        ({"targets": [replace(TARGET, text=" ")]}, ["targets-0-text"]),
        ({"targets": [TARGET, replace(TARGET, standard=None)]}, ["targets-1-standard"]),
        ({"targets": [replace(TARGET, due_on=None)]}, ["targets-0-due_on"]),
        ({"targets": [replace(TARGET, due_on=date(2025, 12, 11))]}, ["targets-0-due_on"]),
        ({"targets": [replace(TARGET, due_on=date(2025, 12, 11))], "held_on": None}, ["held_on"]),
        ({"targets": [replace(TARGET, success_criteria="")]}, ["targets-0-success_criteria"]),
    ],
)
def test_r52_r57_each_thing_that_is_missing_is_named(changes, expected):
    assert fields(**changes) == expected


@pytest.mark.parametrize("rating", list(Rating))
def test_r55_a_statement_is_asked_for_each_standard_rated_2_or_less(rating):
    ratings = {**GOOD.ratings, Standard.TS7: rating, Standard.PART_TWO: rating}
    low = rating <= 2
    found = fields(ratings=ratings, no_concern_reason="Improving quickly")
    assert found == (["statement_TS7", "statement_P2"] if low else [])
    assert fields(ratings=ratings, statements={Standard.TS7: "x", Standard.PART_TWO: "y"}, no_concern_reason="z") == []


def test_r55_every_standard_is_rated():
    assert fields(ratings={}) == [f"rating_{standard}" for standard in Standard]


def test_r55_a_cause_for_concern_and_on_track_needs_a_reason():
    concern = {"ratings": {**GOOD.ratings, Standard.TS1: Rating.CONCERN}, "statements": {Standard.TS1: "Low bar"}}
    assert fields(**concern) == ["no_concern_reason"]
    assert fields(**concern, on_track=False, support_outline="Daily planning help") == []


def test_r55_r59_words():
    assert len(Standard) == 9
    assert Standard.TS4.label == "TS4: Plan and teach well structured lessons"
    assert Standard.PART_TWO.label == "Part Two: Personal and professional conduct"
    assert [rating.label for rating in Rating] == [
        "Exemplary", "Strong", "Secure", "Attention needed", "Cause for concern",
    ]  # fmt: skip
    assert Rating(1) is Rating.CONCERN
    assert all(rating.definition.endswith(".") for rating in Rating)


def test_every_objection_is_a_sentence_that_says_what_to_do():
    for _, message in objections(
        held_on=None, present=(), ratings={}, targets=[Target("", None, None, "")], on_track=None, evidence=""
    ):
        assert message[0].isupper()
        assert not message.endswith(".")


def test_d5_the_body_has_it_in_ten_working_days():
    assert due_to_body(date(2025, 12, 19)) == date(2026, 1, 7)
