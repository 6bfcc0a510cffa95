"""The public calculator: the same answer as the command, every mistake beside its input, and nothing kept."""

import json
from datetime import date
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.rules.calculate import answer as calculate
from cases.rules.facts_json import read_facts
from cases.rules.timeline import timeline
from cases.views.calculator import A_MINUTE
from tests.rules.example import CASE, absence, changed
from tests.support.forms import Page
from tests.support.markup import soup
from tests.support.typed import query, typed

pytestmark = pytest.mark.django_db
PATH, TIMETABLE, DEADLINE = "/calculator/", "/calculator/timetable/", "/calculator/deadline/"
SIMPLE = {"start-day": "1", "start-month": "9", "start-year": "2026", "working": "full"}
AWAY = {"absences-row": "0", "absences-0-start-day": "8", "absences-0-start-month": "9",
        "absences-0-start-year": "2026", "absences-0-end-day": "30", "absences-0-end-month": "10",
        "absences-0-end-year": "2026",
        "absences-0-kind": "sickness"}  # fmt: skip
PARTS = [{"school": "A", "start": "2025-09-02", "end": "2026-04-10",
          "working_pattern": [{"from": "2025-09-02", "fte": "0.6", "days": {"mon": "1", "tue": "1", "wed": "1"}},
                              {"from": "2026-01-05", "fte": "0.5", "days": {"mon": "1", "wed": "0.5", "fri": "1"}}]},
         {"school": "B", "start": "2026-04-13", "end": None,
          "working_pattern": [{"from": "2026-04-13", "fte": "1"}]}]  # fmt: skip
BOTH = dict.fromkeys("AB", CASE["calendars"]["A"])
SAME = {
    "the contract's example": changed(),
    "two schools, part time, changed": changed(placements=PARTS, calendars=BOTH),
    "leave elected and not": changed(absences=[
        absence("2025-11-03", "2026-02-27", "maternity", elect_extension=True),
        absence("2026-05-01", "2026-05-14", "paternity", elect_extension=None),
        absence("2026-06-01", "2026-06-01", "strike", day_fraction="0.5"),
        absence("2026-11-02", None, "sickness") | {"end": None},
    ]),
    "reduced, extended, with earlier service": changed(
        required_terms="4", decision_extensions=[{"terms": "1"}, {"terms": "0.5"}],
        before={"terms": "1.4", "calendar_terms": "2", "absence_days": "12"},
    ),
    "ends too early": changed(placements=[PARTS[0]]),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_visits_yet():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_cache")


def ask(sent, path=PATH, **headers):
    return Client().get(f"{path}?{query(sent)}", headers=headers)


def shown(response):
    return soup(response.content.decode())


def words(tag):
    return " ".join(tag.get_text(" ").split())


def problems(response):
    page = Page(response.content.decode())
    assert not page.broken_links
    return page.errors


@pytest.mark.parametrize("name", SAME)
def test_the_page_says_what_the_command_says(name):
    """The same inputs through the page, through the command, and through the rules: the same JSON, the same reasons."""
    case = SAME[name]
    page = shown(ask(typed(case)))
    sent = json.loads(page.select_one("pre code").get_text())
    told = json.loads(calculate("timeline", json.dumps(sent), date(2000, 1, 1)))
    direct = json.loads(calculate("timeline", json.dumps(case), date(2000, 1, 1)))
    assert {**told, "id": None} == {**direct, "id": None}
    reasons = [words(line) for line in page.select(".app-reasons li")]
    assert reasons == [f"{r['says']} Rule {r['rule']}: {r['source']}" for r in direct["because"]]
    facts = read_facts(case, date(2000, 1, 1), also=("id",))
    assert [r["says"] for r in direct["because"]] == [r.says for r in timeline(facts).because]


def test_the_example_of_the_contract_reads_as_it_should():
    page = shown(ask(typed(CASE)))
    assert words(page.select_one("#answer")) == "Induction ends on 18 October 2027"
    assert "3.27 full-time terms are served and 2.73 are left" in words(page.main)
    parts, dates = page.select("table")
    assert "34 days" in words(parts)
    assert "90%" in words(parts)
    assert "Friday 16 October 2026" in words(dates)
    assert len(page.select("svg.app-picture__svg")) == 1


def test_the_first_view_asks_and_answers_nothing(django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(0):
        response = client.get(PATH)
    page = shown(response)
    assert response.status_code == 200
    assert not page.select("#answer, .govuk-error-summary, details[open]")
    assert not response.cookies


def test_an_answer_costs_one_query(django_assert_num_queries):
    client = Client()
    client.get(PATH)
    with django_assert_num_queries(1):
        response = client.get(f"{PATH}?{query(SIMPLE | AWAY)}")
    assert words(shown(response).select_one("#answer")).startswith("Induction ends on ")


def test_england_s_usual_terms_are_said_to_be_assumed():
    page = shown(ask(SIMPLE))
    assert "England’s usual terms" in words(page.main)
    assert "What was assumed" in words(page.main)


def test_the_link_gives_the_same_answer():
    first = shown(ask(typed(SAME["two schools, part time, changed"])))
    link = first.find("a", string="Link to this answer")["href"]
    second = shown(Client().get(PATH + link))
    assert first.select_one(".app-answer") == second.select_one(".app-answer")


def test_only_reading_is_answered():
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert Client().generic(method, PATH).status_code == 405
    assert Client().head(PATH).status_code == 200


def test_unknown_keys_are_passed_over(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get(f"{PATH}?utm_source=mail&x=1")
    assert not shown(response).select(".govuk-error-summary")
    assert shown(ask(SIMPLE | {"utm_source": "mail"})).select("#answer")


def test_rows_grow_and_shrink_without_a_script_and_the_answer_stays():
    response = ask(SIMPLE | AWAY | {"add_absence": "1"})
    page = shown(response)
    assert [row["value"] for row in page.select("[name=absences-row]")] == ["0", "1"]
    assert not problems(response)
    assert page.select("#answer")
    assert page.select_one("[name=absences-0-start-day]")["value"] == "8"
    more = ask(SIMPLE | {"placements-row": ["0", "1"], "placements-1-school": "Elm", "remove_placement": "0"})
    page = shown(more)
    assert [row["value"] for row in page.select("[name=placements-row]")] == ["1"]
    assert page.select("details[open] [name=placements-1-school]")


def test_every_button_of_the_form_asks_by_get():
    form = shown(Client().get(PATH)).select_one("main form")
    assert form["method"] == "get"
    assert {button["name"] for button in form.select("button[name]")} == {
        "add_absence", "add_placement", "add_change_of_hours", "add_extension",
    }  # fmt: skip


def date_of(name, day, month, year):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


PART = {"working": "part"}
PLACED = {"placements-row": "0", "placements-0-school": "A", **date_of("placements-0-start", "1", "9", "2027")}
CHANGE = {"changes-row": "0", **date_of("changes-0-start", "1", "9", "2027"), "changes-0-fte": "0.5"}
OWN_TERMS = (
    "2 September 2026 to 18 December 2026\n4/1/2027 - 25/3/2027, 2027-02-15 2027-02-19\n12 Apr 2027 to 21 July 2027"
)
WRONG = {
    "31 February": (date_of("start", "31", "2", "2026"), "start", "must be a real date"),
    "end before start": (date_of("end", "1", "8", "2026"), "end", "before the start, 1 September 2026"),
    "before the rules": (date_of("start", "1", "9", "1970"), "start", "on or after 1 September 1999"),
    "FTE 0": (PART | {"fte": "0"}, "fte", "from 0.05 to 1"),
    "FTE above 1": (PART | {"fte": "1.1"}, "fte", "from 0.05 to 1"),
    "FTE missing": (PART, "fte", "Enter the part of full time"),
    "FTE in words": (PART | {"fte": "three days"}, "fte", "must be a number"),
    "FTE of 400 digits": (PART | {"fte": "9" * 400}, "fte", "fewer digits"),
    "weekday above 1": (PART | {"fte": "0.4", "days": "Mon 2"}, "days", "A weekday weighs from 0 to 1"),
    "no weekday worked": (PART | {"fte": "0.4", "days": "Mon 0"}, "days", "At least one weekday"),
    "no weekday": (PART | {"fte": "0.4", "days": "Someday"}, "days", "days of the week"),
    "5,000 characters": ({"school": "x" * 5000}, "school", "60 characters or fewer"),
    "NUL": ({"school": "a\x00b"}, "school", "cannot be kept"),
    "overlapping placements": (PLACED, "placements-0-start", "overlaps another placement"),
    "a later placement without a school": (PLACED | {"placements-0-school": ""}, "placements-0-school", "Enter a name"),
    "a later placement's FTE": (PLACED | {"placements-0-fte": "0"} | {"placements-0-school": "B"}, "placements-0-fte",
                                "from 0.05 to 1"),
    "two patterns on one day": (CHANGE | date_of("changes-0-start", "1", "9", "2026"), "changes-0-start", "two steps"),
    "a change before the start": (CHANGE | date_of("changes-0-start", "1", "9", "2025"), "changes-0-start",
                                  "No placement there has begun"),
    "a change to FTE 0": (CHANGE | {"changes-0-fte": "0"}, "changes-0-fte", "from 0.05 to 1"),
    "a change to no day": (CHANGE | {"changes-0-days": "Fri 0"}, "changes-0-days", "At least one weekday"),
    "absence ends before it starts": (AWAY | date_of("absences-0-end", "7", "9", "2026"), "absences-0-end",
                                      "before the start"),
    "absence without a kind": (AWAY | {"absences-0-kind": ""}, "absences-0-kind", "Select the kind of absence 1"),
    "absence of a kind unknown": (AWAY | {"absences-0-kind": "hangover"}, "absences-0-kind", "from the list"),
    "absence without a start": (AWAY | date_of("absences-0-start", "", "", ""), "absences-0-start",
                                "first day of absence 1"),
    "more than a day": (AWAY | {"absences-0-day_fraction": "1.5"}, "absences-0-day_fraction", "above 0 and at most 1"),
    "no part of a day": (AWAY | {"absences-0-day_fraction": "0"}, "absences-0-day_fraction", "above 0 and at most 1"),
    "7 terms": ({"required_terms": "7"}, "required_terms", "at least 1"),
    "half a term": ({"required_terms": "0.5"}, "required_terms", "at least 1"),
    "negative earlier service": ({"before_terms": "-1"}, "before_terms", "less than 0"),
    "all served before": ({"before_terms": "6"}, "before_terms", "fewer than the terms required"),
    "negative earlier calendar terms": ({"before_terms": "1", "before_calendar_terms": "-1"}, "before_calendar_terms",
                                        "less than 0"),
    "earlier absence without service": ({"before_absence_days": "3"}, "before_terms", "Enter the full-time terms"),
    "negative earlier absence": ({"before_terms": "1", "before_absence_days": "-3"}, "before_absence_days",
                                 "less than 0"),
    "extension of 0": ({"extensions-row": "0", "extensions-0-terms": "0"}, "extensions-0-terms", "longer than 0 terms"),
    "no own terms": ({"calendar": "own"}, "terms", "Enter the school’s terms"),
    "two terms": ({"calendar": "own", "terms": "\n".join(OWN_TERMS.split("\n")[:2])}, "terms", "three"),
    "terms that overlap": ({"calendar": "own", "terms": OWN_TERMS.replace("12 Apr 2027", "1 March 2027")}, "terms",
                           "Line 3"),
    "a term that ends first": ({"calendar": "own", "terms": OWN_TERMS.replace("18 December 2026", "1 September 2026")},
                               "terms", "Line 1"),
    "terms that are no dates": ({"calendar": "own", "terms": "autumn\nspring"}, "terms", "Line 1 must have dates"),
    "a term's 31 February": ({"calendar": "own", "terms": OWN_TERMS.replace("15", "31")}, "terms",
                             "must be a real date"),
    "a term without an end": ({"calendar": "own", "terms": "2 September 2026"}, "terms",
                              "a last day for every first day"),
    "a start before its calendar": ({"calendar": "own", "terms": OWN_TERMS} | date_of("start", "1", "9", "2024"),
                                    "start", "before the school’s calendar opens"),
    "as of no day": (date_of("as_of", "31", "6", "2026"), "as_of", "must be a real date"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_named_beside_its_input_and_nothing_typed_is_lost(name):
    wrong, field, says = WRONG[name]
    sent = SIMPLE | wrong
    response = ask(sent)
    assert response.status_code == 200
    page = shown(response)
    found = problems(response)
    assert len(found) == 1, found
    assert says in found[0]
    link = page.select_one(".govuk-error-summary a")["href"]
    assert link.removeprefix("#").startswith(f"id_{field}"), link
    group = page.select_one(link).find_parent(class_="govuk-form-group--error")
    assert says in words(group.select_one(".govuk-error-message"))
    assert not page.select("#answer")
    for detail in page.select(link)[0].find_parents("details"):
        assert detail.has_attr("open")
    for typed_name, value in sent.items():
        box = page.select_one(f"main form [name='{typed_name}']")
        if box.name == "textarea":
            assert box.get_text().strip("\n") == value
        elif box.get("type") == "text":
            assert box.get("value", "") == value.strip(), typed_name


def test_own_terms_can_be_pasted_in_several_ways():
    page = shown(ask(SIMPLE | {"calendar": "own", "terms": OWN_TERMS} | date_of("start", "2", "9", "2026")))
    (calendar,) = json.loads(page.select_one("pre code").get_text())["calendars"].values()
    assert [term["start"] for term in calendar["terms"]] == ["2026-09-02", "2027-01-04", "2027-04-12"]
    assert calendar["terms"][1]["closures"] == [{"start": "2027-02-15", "end": "2027-02-19"}]
    assert [term["name"] for term in calendar["terms"]] == ["autumn", "spring", "summer"]


@pytest.mark.parametrize(("text", "weights"), [
    ("Monday, Tuesday, Wednesday 0.5", {"mon": "1", "tue": "1", "wed": "0.5"}),
    ("mon-wed", {"mon": "1", "tue": "1", "wed": "1"}),
    ("Tues and Thurs", {"tue": "1", "thu": "1"}),
    ("Wednesday to Friday 0.25", {"wed": "1", "thu": "1", "fri": "0.25"}),
])  # fmt: skip
def test_weekdays_are_read_as_people_write_them(text, weights):
    page = shown(ask(SIMPLE | PART | {"fte": "0.5", "days": text}))
    sent = json.loads(page.select_one("pre code").get_text())
    assert sent["placements"][0]["working_pattern"][0]["days"] == weights


def test_what_a_choice_hides_cannot_be_wrong():
    page = shown(ask(SIMPLE | {"fte": "nine", "days": "x", "calendar": "usual", "terms": "nonsense"}))
    assert page.select("#answer")
    assert page.select_one("[name=fte]")["value"] == "nine"


@pytest.mark.parametrize(("sent", "shown_rows"), [(33, 33), (80, 35)])
def test_too_many_rows_are_refused_and_as_many_kept_as_a_page_can_bear(sent, shown_rows):
    rows = {"absences-row": [str(number) for number in range(sent)]}
    rows |= {f"absences-{number}-day_fraction": "1" for number in range(sent)}
    response = ask(SIMPLE | rows)
    assert f"You can enter up to 30. Remove {shown_rows - 30} of them" in problems(response)
    assert len(shown(response).select("[name=absences-row]")) == shown_rows


@pytest.mark.parametrize("text", ["x" * 100_000, "absences-row=1&" * 3000, "&".join(f"{n}=1" for n in range(1200))])
def test_an_address_too_long_starts_afresh_and_says_so(text, django_assert_num_queries):
    client = Client()
    client.get(PATH)
    with django_assert_num_queries(0):
        response = client.get(f"{PATH}?start-day=1&x={text}")
    assert response.status_code == 414
    assert "starts afresh" in words(shown(response).main)


def test_hundreds_of_rows_in_an_address_are_answered():
    rows = "&".join(f"absences-row={number}" for number in range(450))
    assert Client().get(f"{PATH}?{query(SIMPLE)}&{rows}").status_code == 200


def test_a_part_of_the_page_is_the_answer_alone():
    response = ask(SIMPLE, **{"X-Fragment": "1"})
    page = shown(response)
    assert page.select_one("[data-live-headline]").get_text().startswith("Induction ends on ")
    assert not page.select("form, h1, html")
    assert "X-Fragment" in response["Vary"]
    assert "no-cache" in response["Cache-Control"]
    missing = shown(ask(date_of("start", "31", "2", "2026"), **{"X-Fragment": "1"}))
    assert words(missing) == "Not worked out yet. The first day of induction must be a real date"


@pytest.fixture
def few_visits(monkeypatch):
    """So that a test need not ask a hundred times."""
    assert A_MINUTE >= 60
    monkeypatch.setattr("cases.views.calculator.A_MINUTE", 3)


def test_the_throttle_is_shared_and_says_when_to_come_back(few_visits):
    for _ in range(3):
        assert ask({"part": "3"}, TIMETABLE).status_code == 200
    response = ask(SIMPLE)
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "Wait a minute" in words(shown(response).main)
    assert Client().get(PATH).status_code == 200, "the empty page stays open"
    other = Client(REMOTE_ADDR="192.0.2.7").get(f"{PATH}?{query(SIMPLE)}")
    assert other.status_code == 200


def test_a_minute_later_the_throttle_is_open_again(few_visits):
    for _ in range(4):
        last = ask({"part": "3"}, TIMETABLE)
    assert last.status_code == 429
    with connection.cursor() as cursor:
        cursor.execute("UPDATE portal_cache SET expires = now() - interval '1 second'")
    assert ask(SIMPLE).status_code == 200


def test_no_address_is_kept():
    ask(SIMPLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM portal_cache")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert "127.0.0.1" not in str(rows)


def test_one_network_of_ipv6_is_one_visitor(few_visits):
    for number in range(4):
        last = Client(REMOTE_ADDR=f"2001:db8::{number:x}").get(f"{TIMETABLE}?part=3")
    assert last.status_code == 429
    assert Client(REMOTE_ADDR="2001:db8:0:1::1").get(f"{TIMETABLE}?part=3").status_code == 200


def test_the_timetable_is_the_command_s():
    page = shown(ask({"part": "1", "fte": "1", "reference": "1325", "unit": "minutes", "taught": "1192.5"}, TIMETABLE))
    assert words(page.select_one("#answer")) == "At most 1,192 minutes"
    assert "The timetable given complies" in words(page.main)
    told = json.loads(calculate("timetable", page.select_one("pre code").get_text(), date(2000, 1, 1)))
    assert [words(line) for line in page.select(".app-reasons li")] == [
        f"{r['says']} Rule {r['rule']}: {r['source']}" for r in told["because"]
    ]
    wrong = ask({"part": "1", "fte": "0", "reference": "1325", "unit": "minutes"}, TIMETABLE)
    assert problems(wrong) == ["The full-time equivalent is from 0.05 to 1"]


def test_the_deadline_is_the_command_s():
    page = shown(ask({"deadline": "decision", **date_of("trigger", "10", "8", "2026")}, DEADLINE))
    assert words(page.select_one("#answer")) == "The last day is Monday 7 September 2026"
    told = json.loads(calculate("deadline", page.select_one("pre code").get_text(), date(2000, 1, 1)))
    assert told["due_on"] == "2026-09-07"
    early = ask({"deadline": "decision", **date_of("trigger", "10", "8", "1950")}, DEADLINE)
    assert "bank holidays are known" in problems(early)[0]


def test_everybody_finds_it():
    for path in ("/accounts/sign-in/", PATH):
        links = [link["href"] for link in shown(Client().get(path)).select("footer a, main a")]
        assert PATH in links


NAMES = [
    "start-day", "start-month", "start-year", "working", "fte", "days", "end-day", "calendar", "terms",
    "absences-row", "absences-0-start-day", "absences-0-start-month", "absences-0-start-year", "absences-0-kind",
    "add_absence", "remove_absence", "placements-row", "placements-0-school", "placements-0-start-year",
    "changes-row", "changes-0-fte", "extensions-row", "extensions-0-terms", "required_terms", "before_terms",
    "as_of-year", "part", "reference", "unit", "taught", "deadline", "trigger-day", "trigger-month", "trigger-year",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(["", "0", "1", "9", "31", "2026", "2090", "0.6", "own", "part", "sickness", "decision", "minutes",
                     "1e999999", "-0", "NaN", "\x00", "٣", "²", "Mon-Fri", OWN_TERMS]),
    st.text(max_size=30),
)  # fmt: skip
PAIRS = st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), VALUES), max_size=25)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS, path=st.sampled_from([PATH, TIMETABLE, DEADLINE]), fragment=st.booleans(), whole=st.booleans())
def test_no_address_is_an_error_of_the_server(pairs, path, fragment, whole):
    sent = [*(SIMPLE.items() if whole else []), *pairs]
    text = "&".join(f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in sent)
    response = Client(REMOTE_ADDR=f"192.0.2.{len(text) % 250}").get(
        f"{path}?{text}", headers={"X-Fragment": "1"} if fragment else {}
    )
    assert response.status_code in {200, 414, 429}
    if response.status_code == 200 and not fragment:
        assert not Page(response.content.decode()).broken_links


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
def test_no_bytes_are_an_error_of_the_server(raw):
    cache.clear()
    response = Client().get(f"{PATH}?start-day=1&{quote(raw)}={quote(raw)}&school={quote(raw)}")
    assert response.status_code == 200
