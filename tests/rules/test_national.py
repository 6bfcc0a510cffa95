"""The national service's files: byte for byte as its templates, nothing in them that it would refuse, and what it
returns matched again (R12, R14, R25, R88)."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules import national
from cases.rules.errors import RuleBroken
from cases.rules.national import COLUMNS, Answer, End, Start, Teacher
from tests.rules.build import ENGLAND, facts, placed

# The two templates of the service, byte for byte.
CLAIMS = b'"TRN","Date of birth","Induction programme","Induction period start date"\n'
ACTIONS = b'"TRN","Date of birth","Induction period end date","Number of terms","Outcome"\n'
TODAY = date(2026, 6, 1)
ANN = Teacher("0123456", date(2001, 3, 4), date(2025, 7, 12))
START = Start(ANN, "provider_led", date(2025, 9, 1))
END = End(ANN, date(2025, 9, 1), date(2026, 5, 22), Fraction(269, 100), "release", start_is_told=True)


def test_the_headings_are_those_of_the_templates_byte_for_byte():
    assert national.write("claims", ()).encode() == CLAIMS
    assert national.write("actions", ()).encode() == ACTIONS


def test_a_claim_and_an_action_are_written_as_the_service_reads_them():
    claims = national.write("claims", [national.claim(START, today=TODAY)])
    assert claims.encode() == CLAIMS + b'"0123456","2001-03-04","provider-led","2025-09-01"\n'
    actions = national.write("actions", [national.action(END, today=TODAY)])
    assert actions.encode() == ACTIONS + b'"0123456","2001-03-04","2026-05-22","2.7","release"\n'


@pytest.mark.parametrize(("terms", "told"), [("0", "0.0"), ("269/100", "2.7"), ("5/4", "1.3"), ("16", "16.0")])
def test_terms_go_to_one_decimal_half_up(terms, told):
    assert national.action(replace(END, terms=Fraction(terms)), today=TODAY)[3] == told


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"starts_on": TODAY + timedelta(days=1)}, "once it has come"),
        ({"starts_on": date(2025, 7, 11)}, "before qualified teacher status"),
        ({"starts_on": date(2021, 9, 1), "teacher": ANN._replace(qts_on=date(2021, 7, 1))}, "on or before 1 September"),
        ({"teacher": ANN._replace(trn="123456")}, "7 digits"),
        ({"teacher": ANN._replace(date_of_birth=date(2008, 6, 2))}, "younger than 18"),
        ({"teacher": ANN._replace(date_of_birth=date(1925, 6, 1))}, "older than 100"),
    ],
)  # fmt: skip
def test_a_claim_that_would_be_refused_is_left_out_with_the_reason(change, says):
    with pytest.raises(RuleBroken, match=says):
        national.claim(replace(START, **change), today=TODAY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"outcome": "fail"}, "takes no failure by file"),
        ({"ends_on": TODAY + timedelta(days=1)}, "once it has come"),
        ({"ends_on": date(2025, 8, 31)}, "Ends before it starts"),
        ({"starts_on": date(2021, 9, 1)}, "on or before 1 September"),
        ({"terms": Fraction(161, 10)}, "0 to 16 terms"),
        ({"start_is_told": False}, "claim it first"),
        ({"teacher": ANN._replace(trn="")}, "7 digits"),
    ],
)  # fmt: skip
def test_an_action_that_would_be_refused_is_left_out_with_the_reason(change, says):
    with pytest.raises(RuleBroken, match=says):
        national.action(replace(END, **change), today=TODAY)


TRNS = st.from_regex(r"[0-9]{7}", fullmatch=True)
DAYS = st.dates(date(2021, 9, 2), TODAY)
BORN = st.dates(date(1960, 1, 1), date(2003, 1, 1))


@given(st.lists(st.tuples(TRNS, BORN, st.sampled_from(["provider_led", "school_led"]), DAYS), unique_by=lambda r: r[0]))
def test_claims_come_back_as_they_went(drawn):
    rows = [
        national.claim(Start(Teacher(trn, born, date(2021, 7, 1)), route, day), today=TODAY)
        for trn, born, route, day in drawn
    ]
    text = national.write("claims", rows)
    assert text.encode().startswith(CLAIMS)
    assert national.write("claims", rows and national.rows_of("claims", text)) == text


@given(st.lists(st.tuples(TRNS, DAYS, st.integers(0, 160), st.sampled_from(["pass", "release"])), min_size=1,
                unique_by=lambda r: r[0]))  # fmt: skip
def test_actions_come_back_as_they_went(drawn):
    rows = [
        national.action(
            End(ANN._replace(trn=trn), date(2021, 9, 2), day, Fraction(tenths, 10), outcome, start_is_told=True),
            today=TODAY,
        )
        for trn, day, tenths, outcome in drawn
    ]
    assert national.rows_of("actions", national.write("actions", rows)) == rows
    returned = national.write("actions", rows).splitlines()
    errors = [f'{returned[0]},"Error message"', *(f'{line},"Try again later"' for line in returned[1:])]
    answers = national.read_answer("actions", "\n".join(errors).encode())
    assert national.match("actions", answers, rows) == dict.fromkeys(range(len(rows)), "Try again later")


def test_a_thousand_rows_are_one_file_and_one_more_makes_two():
    row = national.claim(START, today=TODAY)
    assert [len(file) for file in national.split("claims", [row] * 1000)] == [1000]
    assert [len(file) for file in national.split("claims", [row] * 2001)] == [1000, 1000, 1]
    assert national.split("claims", []) == []


def test_a_hundred_kilobytes_are_not_passed():
    long = ("0123456", "2001-03-04", "x" * 500, "2025-09-01")
    files = national.split("claims", [long] * 450)
    assert sum(len(file) for file in files) == 450
    assert [len(national.write("claims", file).encode()) <= 100 * 1024 for file in files] == [True] * 3


SENT = [national.claim(START, today=TODAY), ("7654321", "1999-01-02", "school-led", "2025-09-01")]


def test_an_answer_is_matched_by_trn_and_date_of_birth():
    file = (
        CLAIMS.replace(b"\n", b',"Error message"\n')
        + b'"7654321","1999-01-02","school-led","2025-09-01","QTS not awarded"\n'
    )
    answers = national.read_answer("claims", file)
    assert answers == [Answer(2, "7654321", "1999-01-02", "QTS not awarded")]
    assert national.match("claims", answers, SENT) == {1: "QTS not awarded"}


def test_a_spreadsheet_may_drop_the_noughts_of_a_trn():
    answers = [Answer(2, "123456".zfill(7), "2001-03-04", "Try again later")]
    assert national.match("claims", answers, SENT) == {0: "Try again later"}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(2, "0123456", "04/03/2001", "x"), "Row 2: the date of birth is not the one"),
        (Answer(3, "1111111", "2001-03-04", "x"), "Row 3: no teacher in the file .* has the TRN 1111111"),
    ],
)
def test_an_answer_about_somebody_else_is_refused(answer, says):
    with pytest.raises(RuleBroken, match=says):
        national.match("claims", [answer], SENT)


def test_the_file_that_was_sent_is_not_its_answer():
    with pytest.raises(RuleBroken, match="It has no “Error message”"):
        national.read_answer("claims", national.write("claims", SENT).encode())


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "2026-02-31", "2026-2-3", "20260203", "", "2026-02-03T00:00", "٢٠٢٦-٠٢-٠٣"]
)
def test_a_cell_that_is_no_day_is_none(cell):
    assert national.day_in(cell) is None


def test_no_file_has_a_name():
    assert not any("name" in column.casefold() for columns in COLUMNS.values() for column in columns)


def test_terms_of_a_period_are_those_served_in_it():
    """A body that takes over after two terms reports what came after, not what was before."""
    autumn, spring, summer = ENGLAND.terms[:3]
    told = facts(placed(autumn.start, None), as_of=date(2026, 11, 22))
    assert national.served_between(told, autumn.start, spring.end) == 2
    assert national.served_between(told, summer.start, summer.end) == 1
    assert national.served_between(told, autumn.start, autumn.start - timedelta(days=1)) == 0


def test_a_period_without_a_whole_term_counts_for_nothing():
    """R19: service of less than a term at a school does not count, and is released with 0.0 terms."""
    autumn = ENGLAND.terms[0]
    last = autumn.end - timedelta(days=14)
    assert national.served_between(facts(placed(autumn.start, last)), autumn.start, last) == 0
