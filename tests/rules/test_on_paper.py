"""R53: what a school records of an ECT who did not answer in the portal, and from which day."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.on_paper import ECT_ANSWERS_WITHIN, OnPaper, Waiting, Way, check_on_paper, too_early

SINCE = date(2026, 7, 9)  # a Thursday: five working days later is Thursday the 16th
TODAY = date(2026, 7, 16)
COMMENTS = Waiting(SINCE, signs_in=True, to_sign=False)
SIGNING = Waiting(SINCE, signs_in=True, to_sign=True)
NO_SIGN_IN = replace(COMMENTS, signs_in=False)
COMMENTED = OnPaper(Way.COMMENTED, seen=True, given_on=date(2026, 7, 10), text="A fair picture")
NONE = OnPaper(Way.NO_COMMENTS, seen=True, given_on=SINCE)
SIGNED = OnPaper(Way.SIGNED, seen=True, given_on=TODAY, witness="Elspeth Muir")
SILENT = OnPaper(Way.SILENT, seen=True, asked_on=SINCE, asked_again_on=date(2026, 7, 14))
DECLINED = OnPaper(Way.DECLINED, seen=True, asked_on=TODAY, text="They want another report")
UNSIGNED = replace(SILENT, text="On sick leave")


def objections(told, waiting=COMMENTS, today=TODAY):
    return check_on_paper(told, waiting, today=today)


def test_an_ect_who_can_sign_in_has_five_working_days():
    assert ECT_ANSWERS_WITHIN == 5
    assert COMMENTS.opens_on == TODAY
    early = too_early(COMMENTS, today=date(2026, 7, 15))
    assert "asked on 9 July 2026 and has 5 working days" in early
    assert early.endswith("from 16 July 2026")
    assert objections(COMMENTED, today=date(2026, 7, 15)) == [("way", early)]
    assert too_early(COMMENTS, today=TODAY) == ""
    assert objections(COMMENTED) == []


def test_bank_holidays_and_weekends_are_no_working_days():
    assert replace(COMMENTS, since=date(2026, 12, 23)).until == date(2027, 1, 4)


def test_an_ect_without_a_sign_in_answers_on_paper_at_once_but_is_silent_only_after_the_days():
    assert objections(COMMENTED, NO_SIGN_IN, today=date(2026, 7, 10)) == []
    assert objections(SILENT, NO_SIGN_IN, today=date(2026, 7, 15)) == [
        ("way", "Give the ECT until 16 July 2026: they were asked on 9 July 2026")
    ]
    unsigned = replace(SIGNING, signs_in=False)
    assert objections(DECLINED, unsigned, today=date(2026, 7, 15))[0].field == "way"


@pytest.mark.parametrize(
    ("told", "waiting"),
    [(COMMENTED, COMMENTS), (NONE, COMMENTS), (SILENT, COMMENTS), (SIGNED, SIGNING), (DECLINED, SIGNING),
     (UNSIGNED, SIGNING)],
)  # fmt: skip
def test_what_is_complete_may_be_recorded_and_nothing_else_that_was_not_asked(told, waiting):
    assert objections(told, waiting) == []
    other = COMMENTS if waiting is SIGNING else SIGNING
    if told.way is not Way.SILENT:
        assert objections(told, other) == [("way", "Select how the ECT answered")]


@pytest.mark.parametrize(
    ("told", "waiting", "field"),
    [
        (replace(COMMENTED, text=" "), COMMENTS, "text"),
        (replace(COMMENTED, given_on=None), COMMENTS, "given_on"),
        (replace(NONE, given_on=date(2026, 7, 8)), COMMENTS, "given_on"),
        (replace(NONE, given_on=date(2026, 7, 17)), COMMENTS, "given_on"),
        (replace(NONE, seen=False), COMMENTS, "seen"),
        (replace(SILENT, asked_on=None), COMMENTS, "asked_on"),
        (replace(SILENT, asked_again_on=None), COMMENTS, "asked_again_on"),
        (replace(SILENT, asked_again_on=SINCE), COMMENTS, "asked_again_on"),
        (replace(SIGNED, witness=" "), SIGNING, "witness"),
        (replace(DECLINED, text=""), SIGNING, "text"),
        (replace(DECLINED, asked_again_on=date(2026, 7, 10)), SIGNING, "asked_again_on"),
        (replace(UNSIGNED, text=""), SIGNING, "text"),
    ],
)
def test_what_is_incomplete_is_said_at_its_field(told, waiting, field):
    assert [objection.field for objection in objections(told, waiting)] == [field]


def test_a_day_is_said_to_lie_between_the_sharing_and_today():
    (said,) = objections(replace(NONE, given_on=date(2026, 7, 8)))
    assert said.message == (
        "The day on which the ECT answered must be between 9 July 2026, when the report was shared, and today"
    )
