"""Whom a school may ask for input, about what and until when; what an answer may be."""

from datetime import date, timedelta

import pytest

from cases.rules.colleague_input import check_answer, check_colleague, check_request, said, works_until
from cases.rules.standards import Standard

TODAY = date(2026, 11, 18)
RIGHT = {
    "name": "Marcus Bell", "post": "Head of English", "standards": [Standard.TS7], "question": "How do lessons start?",
    "answer_by": TODAY + timedelta(days=7), "today": TODAY,
}  # fmt: skip
ASKED = (Standard.TS4, Standard.TS7)


def fields(objections):
    return [objection.field for objection in objections]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, []),
        ({"name": " "}, ["name"]),
        ({"post": ""}, ["post"]),
        ({"standards": []}, ["standards"]),
        ({"question": "\n"}, ["question"]),
        ({"answer_by": TODAY}, []),
        ({"answer_by": TODAY - timedelta(days=1)}, ["answer_by"]),
        ({"answer_by": TODAY + timedelta(days=28)}, []),
        ({"answer_by": TODAY + timedelta(days=29)}, ["answer_by"]),
    ],
)
def test_what_is_asked(wrong, field):
    assert fields(check_request(**RIGHT | wrong)) == field


@pytest.mark.parametrize("whose", ["is_ect", "is_self", "is_mentor"])
def test_r53_neither_the_ect_nor_a_mentor_nor_oneself_is_asked(whose):
    nobody = dict.fromkeys(("is_ect", "is_self", "is_mentor"), False)
    assert check_colleague(**nobody) == []
    assert fields(check_colleague(**nobody | {whose: True})) == ["email"]


def test_a_link_works_for_a_week_after_its_day_or_after_it_was_sent_again():
    day = date(2026, 11, 25)
    assert works_until(day, today=TODAY) == date(2026, 12, 2)
    assert works_until(day, today=date(2026, 11, 30)) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("words", "nothing", "field"),
    [
        ({Standard.TS7: "Calm"}, False, []),
        ({Standard.TS7: " "}, True, []),
        ({}, False, ["words_TS4"]),
        ({Standard.TS4: " \n"}, False, ["words_TS4"]),
        ({Standard.TS7: "Calm"}, True, ["nothing_to_say"]),
        ({Standard.TS1: "Kind"}, False, [""]),
    ],
)
def test_an_answer_says_something_or_that_there_is_nothing_to_say(words, nothing, field):
    assert fields(check_answer(words, nothing_to_say=nothing, asked=ASKED)) == field


def test_r78_what_is_said_comes_in_the_order_of_the_standards():
    words = {Standard.TS7: " b ", Standard.TS5: "", Standard.TS4: "a"}
    assert list(said(words).items()) == [(Standard.TS4, "a"), (Standard.TS7, "b")]
