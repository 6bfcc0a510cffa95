"""``calculate timeline``: the worked example, every named error with its path, and what is no error."""

import json
from datetime import date

import pytest

from cases.rules.calculate import answer
from tests.rules.example import CASE, TERMS, absence, changed, term

TODAY = date(2026, 11, 22)


def ask(case):
    return json.loads(answer("timeline", json.dumps(case), TODAY))


def error(case):
    reply = ask(case)
    assert set(reply) == {"id", "error"}, reply
    assert set(reply["error"]) == {"path", "message"}
    assert reply["error"]["message"]
    return reply["error"]["path"]


def test_the_worked_example_to_the_letter():
    reply = ask(CASE)
    because = reply.pop("because")
    assert reply == {
        "id": "any",
        "as_of": "2026-11-22",
        "ends_on": "2027-10-18",
        "served_terms": "3.2703",
        "remaining_terms": "2.7297",
        "parts": [
            {
                "number": 1,
                "starts_on": "2025-09-02",
                "unextended_end": "2026-07-21",
                "ends_on": "2026-10-16",
                "absence_days": "34",
                "threshold": "30",
                "automatic_extension_days": "34",
                "elected_extension_days": "0",
                "timetable_cap_percent": 90,
            },
            {
                "number": 2,
                "starts_on": "2026-10-19",
                "unextended_end": "2027-10-18",
                "ends_on": "2027-10-18",
                "absence_days": "0",
                "threshold": "30",
                "automatic_extension_days": "0",
                "elected_extension_days": "0",
                "timetable_cap_percent": 95,
            },
        ],
        "extensions": [],
        "events": [
            {"kind": "progress_review", "number": 1, "due_on": "2025-12-19"},
            {"kind": "progress_review", "number": 2, "due_on": "2026-03-27"},
            {"kind": "progress_review", "number": 3, "due_on": "2026-07-21"},
            {"kind": "first_assessment", "due_on": "2026-10-16"},
            {"kind": "progress_review", "number": 5, "due_on": "2027-03-25"},
            {"kind": "progress_review", "number": 6, "due_on": "2027-07-21"},
            {"kind": "final_assessment", "due_on": "2027-10-18"},
        ],
        "assumed_from": None,
        "ignored_placements": [],
    }
    assert list(reply) == [
        "id", "as_of", "ends_on", "served_terms", "remaining_terms", "parts", "extensions", "events", "assumed_from",
        "ignored_placements",
    ]  # fmt: skip
    says = {reason["says"] for reason in because}
    assert "34 days of absence in part 1 reach 30, so it is extended by all 34." in says
    assert all(set(reason) == {"rule", "source", "says"} and all(reason.values()) for reason in because)


def test_optional_keys_have_the_defaults_written_out():
    short = {key: CASE[key] for key in ("id", "as_of", "calendars", "placements")}
    full = {**changed(absences=[]), "before": None}
    assert ask(short) == ask(full)
    assert ask(changed("as_of"))["as_of"] == "2026-11-22"
    row = {"start": "2025-09-08", "end": "2025-10-23", "kind": "sickness"}
    assert ask(changed(absences=[row])) == ask(CASE)
    assert ask(changed("placements[0].end")) == ask(CASE)
    assert ask(changed("calendars.A.terms[0].closures")) == ask(changed("calendars.A.terms[0].closures", []))


PLACEMENT = CASE["placements"][0]
STEP = PLACEMENT["working_pattern"][0]
ROW = CASE["absences"][0]


def placement(**changes):
    return {**PLACEMENT, **changes}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        # unknown keys, missing keys, wrong types
        ("surprise", 1),
        ("placements[0].surprise", 1),
        ("placements[0].working_pattern[0].surprise", 1),
        ("placements[0].working_pattern[0].days.sat", "1"),
        ("absences[0].surprise", 1),
        ("calendars.A.surprise", 1),
        ("calendars.A.terms[0].surprise", 1),
        ("calendars.A.terms[0].closures[0].surprise", 1),
        ("before.surprise", "1"),
        ("decision_extensions[0].surprise", 1),
        ("calendars", []),
        ("calendars.A", None),
        ("calendars.A.terms", {}),
        ("calendars.A.terms[0]", "autumn"),
        ("placements", {}),
        ("placements", None),
        ("placements[0]", []),
        ("placements[0].school", 7),
        ("placements[0].working_pattern", {}),
        ("placements[0].working_pattern[0].days", []),
        ("absences", {}),
        ("absences[0].elect_extension", "yes"),
        ("absences[0].elect_extension", 1),
        ("required_terms", 6),
        ("required_terms", None),
        ("decision_extensions", {}),
        ("before", []),
        ("as_of", 20261122),
        # amounts that are no plain decimal strings
        *[
            ("placements[0].working_pattern[0].fte", bad)
            for bad in (
                1, 0.5, True, None, "", "one", "1e-1", "0,5", ".5", "1.", "+1", " 1", "1 ", "0x1", "1/2", "NaN",
                "Infinity", "٠.٥", "1_0", "--1", "0." + "1" * 60, "1\n",
            )
        ],
        # dates that do not exist
        *[
            (path, bad)
            for path in ("as_of", "placements[0].start", "absences[0].start", "calendars.A.terms[0].start")
            for bad in ("2026-02-30", "2025-2-3", "20250902", "2025-W36-2", "", 5, "2025-09-02T00:00", "0000-01-01")
        ],
        ("calendars.A.terms[1].closures[0].end", "2026-02-29"),
        ("placements[0].end", "2026-06-31"),
        ("placements[0].end", False),
        # end before start
        ("placements[0].end", "2025-09-01"),
        ("absences[0].end", "2025-09-07"),
        ("calendars.A.terms[0].end", "2025-09-01"),
        ("calendars.A.terms[0].closures[0].end", "2025-10-26"),
        # terms
        ("calendars.A.terms[1].start", "2025-12-19"),
        ("calendars.A.terms[1].start", "2024-12-19"),
        ("calendars.A.terms[0].school_year", "2025"),
        ("calendars.A.terms[0].school_year", "2025/27"),
        ("calendars.A.terms[0].school_year", 2025),
        ("calendars.A.terms[0].name", 1),
        # placements and patterns
        ("placements[0].school", "B"),
        ("placements[0].start", "2025-07-31"),
        ("placements[0].working_pattern[0].fte", "1.01"),
        ("placements[0].working_pattern[0].fte", "0.0499"),
        ("placements[0].working_pattern[0].fte", "0"),
        ("placements[0].working_pattern[0].fte", "-1"),
        ("placements[0].working_pattern[0].days", {}),
        ("placements[0].working_pattern[0].days", {"mon": "0", "fri": "0.0"}),
        ("placements[0].working_pattern[0].days.mon", "1.1"),
        ("placements[0].working_pattern[0].days.tue", "-0.1"),
        ("placements[0].working_pattern[0].days.wed", 1),
        # the rest
        ("absences[0].kind", "holiday"),
        ("absences[0].kind", None),
        ("absences[0].kind", ["sickness"]),
        ("absences[0].day_fraction", "0"),
        ("absences[0].day_fraction", "1.5"),
        ("absences[0].day_fraction", "-0.5"),
        ("absences[0].day_fraction", 1),
        ("required_terms", "0.99"),
        ("required_terms", "6.01"),
        ("required_terms", "-6"),
        ("decision_extensions[0].terms", "0"),
        ("decision_extensions[0].terms", "-1"),
        ("before.terms", "6"),
        ("before.terms", "-0.1"),
        ("before.calendar_terms", "-1"),
        ("before.absence_days", "-1"),
        ("id", None),
        ("id", 1.5),
        ("id", ["x"]),
        ("id", True),
    ],
)  # fmt: skip
def test_an_impossible_fact_is_named_with_its_path(path, value):
    case = changed(
        before={"terms": "1", "calendar_terms": "1", "absence_days": "1"}, decision_extensions=[{"terms": "1"}]
    )
    case["placements"][0]["working_pattern"][0]["days"] = {"mon": "1"}
    assert "error" not in ask(case)
    assert error(changed(path, value, **case)) == path


@pytest.mark.parametrize(
    "path",
    [
        "id",
        "calendars",
        "placements",
        "calendars.A.terms",
        *[f"calendars.A.terms[0].{key}" for key in ("name", "school_year", "start", "end")],
        *[f"placements[0].{key}" for key in ("school", "start", "working_pattern")],
        *[f"placements[0].working_pattern[0].{key}" for key in ("from", "fte")],
        *[f"absences[0].{key}" for key in ("start", "kind")],
        *[f"before.{key}" for key in ("terms", "calendar_terms", "absence_days")],
        "decision_extensions[0].terms",
    ],
)
def test_a_key_left_out_is_named(path):
    case = changed(
        before={"terms": "1", "calendar_terms": "1", "absence_days": "1"}, decision_extensions=[{"terms": "1"}]
    )
    assert error(changed(path, **case)) == path


ONE_DAY = placement(start="2026-01-10", end="2026-01-10")
LATE_STEP = {"from": "2025-09-03", "fte": "0.5"}
EARLY = term("x", "1997/98", "1998-09-02", "1998-12-18")
LATE = term("x", "2100/01", "2100-09-02", "2101-01-18")
TWO = {"A": {"terms": TERMS}, "B": {"terms": TERMS}}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"placements": [placement()] * 21}, "placements"),
        ({"absences": [ROW] * 501}, "absences"),
        ({"placements": [placement(working_pattern=[STEP] * 51)]}, "placements[0].working_pattern"),
        ({"calendars": {"A": {"terms": TERMS * 13}}}, "calendars.A.terms"),
        ({"calendars": {"A": {"terms": TERMS[:2]}}}, "calendars.A.terms"),
        ({"calendars": {"A": {"terms": []}}}, "calendars.A.terms"),
        ({"calendars": {"A": {"terms": [TERMS[0], TERMS[1], TERMS[5]]}}}, "calendars.A.terms"),
        ({"calendars": {"A": {"terms": TERMS}, "b.c": {"terms": TERMS[:1]}}}, "calendars.b.c.terms"),
        ({"placements": [placement(end="2026-01-09"), placement(start="2026-01-09")]}, "placements[1].start"),
        ({"placements": [placement(start="2026-01-09"), placement()]}, "placements[0].start"),
        (
            {"placements": [placement(end="2026-01-09"), ONE_DAY, placement(start="2026-01-10")]},
            "placements[2].start",
        ),
        ({"placements": [placement(working_pattern=[STEP, STEP])]}, "placements[0].working_pattern[1].from"),
        ({"placements": [placement(working_pattern=[LATE_STEP])]}, "placements[0].working_pattern"),
        ({"placements": [placement(working_pattern=[])]}, "placements[0].working_pattern"),
        ({"required_terms": "3", "before": {"terms": "3", "calendar_terms": "3", "absence_days": "0"}}, "before.terms"),
        ({"calendars": {"A": {"terms": [EARLY, *TERMS]}}}, "calendars.A.terms[0].start"),
        ({"calendars": {"A": {"terms": [*TERMS, LATE]}}}, "calendars.A.terms[7].end"),
    ],
)  # fmt: skip
def test_limits_and_contradictions(changes, path):
    assert error(changed(**changes)) == path


def test_the_last_three_terms_may_span_exactly_364_days():
    terms = [
        term("a", "2025/26", "2025-09-01", "2025-12-19"),
        term("b", "2025/26", "2026-01-05", "2026-03-27"),
        term("c", "2025/26", "2026-04-13", "2026-08-30"),
    ]
    assert "error" not in ask(changed(calendars={"A": {"terms": terms}}))
    terms[2]["end"] = "2026-08-31"
    assert error(changed(calendars={"A": {"terms": terms}})) == "calendars.A.terms"


YEAR = (("a", 0, "09-02", "12-18"), ("b", 1, "01-06", "03-24"), ("c", 1, "04-25", "07-20"))


def test_everything_at_its_limit_is_answered():
    placements = [
        placement(start=f"2025-09-{day:02d}", end=f"2025-09-{day:02d}", working_pattern=[STEP]) for day in range(2, 21)
    ]
    steps = [{"from": f"2025-{10 + day // 25}-{1 + day % 25:02d}", "fte": "0.05"} for day in range(49)]
    placements.append(placement(start="2025-09-21", end=None, working_pattern=[STEP, *steps]))
    terms = [
        term(name, f"{year}/{year + 1 - 2000}", f"{year + after}-{start}", f"{year + after}-{end}")
        for year in range(2025, 2055)
        for name, after, start, end in YEAR
    ]
    assert (len(placements), len(terms)) == (20, 90)
    reply = ask(changed(placements=placements, absences=[ROW] * 500, calendars={"A": {"terms": terms}}))
    assert reply["parts"][0]["absence_days"] != "0"


@pytest.mark.parametrize(
    "changes",
    [
        {"placements": [placement(end="2026-07-21", working_pattern=[STEP, {"from": "2030-01-01", "fte": "0.5"}])]},
        {"placements": [placement(working_pattern=[{"from": "2026-02-02", "fte": "0.5"}, STEP])]},
        {"absences": [absence("1990-01-01"), absence("2099-01-01", "9999-12-31")]},
        {"absences": [absence("2026-12-25", kind="jury_service", elect_extension=True)]},
        {"absences": [{"start": "2027-01-01", "end": None, "kind": "sickness"}]},
        {"placements": [placement(start="2025-08-02", working_pattern=[{"from": "2020-08-02", "fte": "1"}])]},
        {"placements": [placement(start="2025-08-01", working_pattern=[{"from": "2020-08-02", "fte": "1"}])]},
        {"placements": [placement(end="9999-12-31")]},
        {"placements": [placement(working_pattern=[{"from": "2025-09-02", "fte": "1", "days": {"mon": "0.5"}}])]},
        {"placements": [placement(), placement(school="B")], "calendars": TWO},
        {"placements": []},
        {"placements": [], "calendars": {}},
        {"as_of": "0001-01-01"},
        {"as_of": "9999-12-31"},
        {"id": 7},
        {"id": ""},
        {"calendars": {"A": {"terms": TERMS}, "unused": {"terms": TERMS}}},
        {"before": {"terms": "5.9999", "calendar_terms": "1000000", "absence_days": "1000000"}},
        {"decision_extensions": [{"terms": "1000"}]},
    ],
)  # fmt: skip
def test_not_errors(changes):
    assert "error" not in ask(changed(**changes))


def test_a_case_as_export_facts_writes_it_is_taken_as_it_is():
    assert ask({**CASE, "stored": {"ends_on": "2027-10-18", "whatever": [1.5]}}) == ask(CASE)


def test_two_schools_above_full_time_are_scaled_and_because_says_so():
    reply = ask(changed(placements=[placement(), placement(school="B")], calendars=TWO, absences=[]))
    one = ask(changed(absences=[]))
    assert reply["ends_on"] == one["ends_on"] == "2027-07-21"
    assert any(reason["rule"] == "R20" and "scaled" in reason["says"] for reason in reply["because"])
    assert not any(reason["rule"] == "R20" for reason in one["because"])


def test_no_placement_gives_an_empty_timeline():
    reply = ask(changed(placements=[]))
    assert (reply["ends_on"], reply["parts"], reply["events"]) == (None, [], [])
    assert (reply["served_terms"], reply["remaining_terms"]) == ("0.0000", "6.0000")


def test_because_names_what_shaped_the_result():
    reply = ask(
        changed(
            placements=[placement(end="2026-07-21"), placement(school="B", start="2026-09-01", end="2026-09-30")],
            calendars={"A": {"terms": TERMS[:3]}, "B": {"terms": TERMS}},
            required_terms="5",
            before={"terms": "0.5", "calendar_terms": "1", "absence_days": "2"},
            absences=[absence("2026-01-05", "2026-01-09", "maternity", elect_extension=True)],
            decision_extensions=[{"terms": "1"}],
        )
    )
    rules = [reason["rule"] for reason in reply["because"]]
    assert {"R21", "R85", "R19", "R18", "R29", "R34", "R26", "R50", "R24"} <= set(rules)
    assert reply["ends_on"] is None
