"""Claims that a body brings along: each row is checked by the rules of registration (R1, R2, R12)."""

from datetime import date

import pytest

from cases.rules.errors import RuleBroken
from cases.rules.importing import NAME, URN, EarlierClaim, claim_in, faults, read_claims
from cases.rules.national import BORN, PROGRAMME, STARTS, TRN

TODAY = date(2026, 6, 1)
GOOD = {TRN: "0123456", BORN: "2001-03-04", PROGRAMME: "Provider-Led", STARTS: "2025-09-01"}
HEADINGS = b"TRN,Date of birth,Induction programme,Induction period start date"


def test_a_good_row_has_no_fault_and_tells_its_claim():
    assert faults(GOOD, on=TODAY) == []
    assert claim_in(GOOD) == EarlierClaim("0123456", date(2001, 3, 4), "provider_led", date(2025, 9, 1))
    more = GOOD | {NAME: "Zoë O’Neill-Lark", URN: "100123"}
    assert faults(more, on=TODAY) == []
    assert claim_in(more).name == "Zoë O’Neill-Lark"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({TRN: "123456"}, "7 digits"),
        ({TRN: ""}, "7 digits"),
        ({TRN: "٠١٢٣٤٥٦"}, "7 digits"),
        ({BORN: "2001-02-31"}, "must be a real date in the format YYYY-MM-DD, not 2001-02-31"),
        ({BORN: "04/03/2001"}, "must be a real date in the format YYYY-MM-DD, not 04/03/2001"),
        ({BORN: "2008-06-02"}, "18 to 100"),
        ({PROGRAMME: "fip"}, "either provider-led or school-led"),
        ({STARTS: "2026-06-02"}, "must have come"),
        ({STARTS: "2021-09-01"}, "after 1 September 2021"),
        ({STARTS: "2026-02-31"}, "Induction period start date must be a real date"),
        ({NAME: "=HYPERLINK(“x”)"}, "begins like a spreadsheet formula"),
        ({NAME: "@SUM(A1)"}, "begins like a spreadsheet formula"),
        ({NAME: "x" * 201}, "200 characters"),
        ({URN: "12"}, "5 or 6 digits"),
    ],
)  # fmt: skip
def test_a_bad_row_says_what_is_wrong(change, says):
    (fault,) = faults(GOOD | change, on=TODAY)
    assert says in fault


def test_everything_wrong_with_a_row_is_said_at_once():
    assert len(faults(dict.fromkeys(GOOD, ""), on=TODAY)) == 4


def test_a_row_of_today_is_a_start_that_has_come():
    assert faults(GOOD | {STARTS: "2026-06-01"}, on=TODAY) == []
    assert faults(GOOD | {STARTS: "2021-09-02"}, on=TODAY) == []


def test_an_error_file_may_be_sent_again():
    rows = read_claims(HEADINGS + b",Error message\n0123456,2001-03-04,school-led,2025-09-01,Try again\n")
    assert faults(rows[0].cells, on=TODAY) == []


def test_one_teacher_twice_is_refused():
    row = b"\n0123456,2001-03-04,school-led,2025-09-01"
    with pytest.raises(RuleBroken, match="Rows 2 and 3 have the same TRN, 0123456"):
        read_claims(HEADINGS + row * 2)


def test_a_row_that_was_not_checked_tells_nothing():
    with pytest.raises(ValueError, match="not checked"):
        claim_in(GOOD | {BORN: "soon"})
