"""``calculate deadline``: D5, D8-D12, D14, D15, D18, with the worked examples of R60-R67 and R93."""

import json
from datetime import date

import pytest

from cases.rules.calculate import answer
from cases.rules.deadlines import KINDS
from cases.rules.working_days import wd_excl

TODAY = date(2026, 11, 22)


def ask(**line):
    return json.loads(answer("deadline", json.dumps({"id": "x", **line}), TODAY))


@pytest.mark.parametrize(
    ("kind", "trigger", "due"),
    [
        ("decision", "2026-08-10", "2026-09-07"),  # D11
        ("recommendation", "2026-07-22", "2026-08-04"),  # R60, D9
        ("decision", "2026-12-14", "2027-01-13"),  # R62, D11
        ("decision_notice", "2026-12-18", "2026-12-22"),  # R63, D12
        ("appeal", "2027-02-01", "2027-03-02"),  # R66, D14
        ("dismissal", "2027-03-02", "2027-03-15"),  # R67, D18
        ("final_report", "2026-07-22", "2026-08-05"),  # D8, exclusive
        ("review_to_body", "2026-07-22", "2026-08-05"),  # D5, exclusive
        ("representations", "2026-07-22", "2026-08-04"),  # R61, D10
        ("appeal_reply", "2026-08-10", "2026-09-07"),  # R66, D15
        ("recommendation", "2026-12-19", "2027-01-06"),  # from a Saturday
        ("final_report", "2026-12-19", "2027-01-06"),  # R93: both counts agree from a Saturday
        ("appeal", "2026-12-23", "2027-01-26"),  # received on Christmas Day
        ("decision", "1999-12-30", "2000-01-28"),  # the millennium's holiday
    ],
)
def test_due(kind, trigger, due):
    reply = ask(kind=kind, trigger=trigger)
    assert reply["due_on"] == due
    assert list(reply) == ["id", "due_on", "because"]
    assert all(set(reason) == {"rule", "source", "says"} and all(reason.values()) for reason in reply["because"])


def test_the_sentences_hold_the_numbers_of_the_case():
    says = [reason["says"] for reason in ask(kind="appeal", trigger="2026-12-23")["because"]]
    assert says == [
        "The notice was e-mailed on 23 December 2026 and counts as received on the second day after, 25 December 2026.",
        "Appeal: within 20 working days beginning with 25 December 2026, so by 26 January 2027 "
        "(notice e-mailed: 23 December 2026).",
        "25 December 2026 is no working day, so counting starts on 29 December 2026.",
        "Bank holidays are not counted: 25 December 2026, 28 December 2026, 1 January 2027.",
        "Working days are Monday to Friday other than bank holidays; school holidays count.",
    ]


@pytest.mark.parametrize("year", range(2025, 2030))
def test_r66_the_agency_s_own_words_give_the_same_day(year):
    """Adding one day to the date of the letter, then 20 working days after: no difference on any date 2025-2029."""
    for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        sent = date.fromordinal(ordinal)
        theirs = wd_excl(date.fromordinal(ordinal + 1), 20)
        assert ask(kind="appeal", trigger=sent.isoformat())["due_on"] == theirs.isoformat()


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ({"kind": "party", "trigger": "2026-08-10"}, "kind"),
        ({"kind": 1, "trigger": "2026-08-10"}, "kind"),
        ({"kind": {}, "trigger": "2026-08-10"}, "kind"),
        ({"kind": "decision", "trigger": "2026-02-30"}, "trigger"),
        ({"kind": "decision", "trigger": None}, "trigger"),
        ({"kind": "decision", "trigger": "1998-12-31"}, "trigger"),
        ({"kind": "decision", "trigger": "2100-11-01"}, "trigger"),
        ({"kind": "decision", "trigger": "9999-12-31"}, "trigger"),
        ({"kind": "decision"}, "trigger"),
        ({"trigger": "2026-08-10"}, "kind"),
        ({"kind": "decision", "trigger": "2026-08-10", "why": ""}, "why"),
    ],
)
def test_errors(line, path):
    assert ask(**line)["error"]["path"] == path


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_answered_to_the_end_of_the_table(kind):
    assert "2100-11-01" <= ask(kind=kind, trigger="2100-10-31")["due_on"] <= "2100-12-31"
