"""``calculate timetable``: R40-R44, with the worked examples."""

import json
from datetime import date

import pytest

from cases.rules.calculate import answer

LINE = {"id": "x", "part": 1, "fte": "1", "reference": "1325", "unit": "minutes", "taught": "1192.5"}


def ask(**changes):
    line = {key: value for key, value in {**LINE, **changes}.items() if value != "left out"}
    return json.loads(answer("timetable", json.dumps(line), date(2026, 11, 22)))


def test_the_published_example():
    reply = ask()
    reply.pop("because")
    assert reply == {"id": "x", "cap": 1192, "complies": True, "headroom": "0"}


@pytest.mark.parametrize(
    ("part", "fte", "reference", "unit", "cap"),
    [
        (1, "1", "22", "periods", 19),  # R42
        (2, "1", "22", "periods", 20),
        (1, "1", "1260", "minutes", 1134),  # R40
        (2, "1", "1260", "minutes", 1197),
        (1, "0.4", "1260", "minutes", 453),  # R44
        (1, "1", "21", "periods", 18),  # R41: what a comparator teaches after PPA, 21 of 25
        (1, "0.05", "1", "periods", 0),
        (1, "0.33", "0", "periods", 0),
    ],
)
def test_r42_the_cap_is_rounded_down(part, fte, reference, unit, cap):
    reply = ask(part=part, fte=fte, reference=reference, unit=unit, taught="left out")
    assert (reply["cap"], reply["complies"], reply["headroom"]) == (cap, None, None)


@pytest.mark.parametrize(
    ("taught", "complies", "headroom"),
    [
        ("1192.5", True, "0"),
        ("1192.50", True, "0"),
        ("1192.51", False, "-0.01"),
        ("1192.49999999999999999999999999999", True, "0.00000000000000000000000000001"),
        ("0", True, "1192.5"),
        ("1200", False, "-7.5"),
        (None, None, None),
    ],
)
def test_r42_compliance_is_exact(taught, complies, headroom):
    reply = ask(taught=taught)
    assert (reply["complies"], reply["headroom"]) == (complies, headroom)


def test_the_sentences():
    says = [reason["says"] for reason in ask(taught="1200")["because"]]
    assert says[1:] == [
        "1325 minutes × 90% × 1 FTE = 1192.5 minutes, so at most 1192 whole minutes.",
        "The ECT teaches 1200 minutes, which is 7.5 too many.",
    ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"part": 3}, "part"),
        ({"part": "1"}, "part"),
        ({"part": True}, "part"),
        ({"part": 1.0}, "part"),
        ({"part": None}, "part"),
        ({"fte": "1.1"}, "fte"),
        ({"fte": "0.04"}, "fte"),
        ({"fte": 1}, "fte"),
        ({"reference": "-1"}, "reference"),
        ({"reference": 1325}, "reference"),
        ({"reference": "1e3"}, "reference"),
        ({"unit": "hours"}, "unit"),
        ({"taught": "-1"}, "taught"),
        ({"taught": 1192.5}, "taught"),
        ({"extra": 1}, "extra"),
        *[({key: "left out"}, key) for key in LINE if key != "taught"],
    ],
)
def test_errors(changes, path):
    assert ask(**changes)["error"]["path"] == path
