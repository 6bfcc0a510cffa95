"""Comma-separated files: written so that nothing is a formula, and refused with what to do where they are wrong."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.csv_files import LARGEST, as_csv, check_once_each, is_formula, read
from cases.rules.errors import RuleBroken

HEADINGS = ("TRN", "Name")
ROWS = b"TRN,Name\r\n1234567,Ann Lee\r\n"


def refused(content: bytes) -> str:
    with pytest.raises(RuleBroken) as broken:
        read(content, needed=HEADINGS, optional=("Error message",))
    assert broken.value.field == "file"
    return broken.value.message


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    rows = read(b"\xef\xbb\xbfname , TRN\n\nZo\xc3\xab  Lark,1234567\n,,\n Ann,0000001,\n", needed=HEADINGS)
    assert [(row.number, row.cells) for row in rows] == [
        (3, {"Name": "Zoë Lark", "TRN": "1234567"}),
        (5, {"Name": "Ann", "TRN": "0000001"}),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b" \r\n ", "The file is empty"),
        (b"TRN,Name\r\n", "no row below them"),
        (b"TRN,Name\r\n,\r\n", "no row below them"),
        (b"PK\x03\x04" + b"\x00" * 90, "spreadsheet’s own format"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 90, "spreadsheet’s own format"),
        (ROWS.decode().encode("utf-16"), "UTF-16"),
        ((ROWS * 9).decode().encode("utf-16-le"), "UTF-16"),
        ((ROWS * 9).decode().encode("utf-16-be"), "UTF-16"),
        (b"TRN,Name\r\n1234567,Ann\r\n1234568,Zo\xeb\r\n", "Row 3 has a letter that is not in UTF-8"),
        (b"TRN,Name\n1234567,An\x00n\n", "Row 2 has a character that is not text"),
        ("TRN,Name\n1234567,An\u202en\n".encode(), "Row 2 has a character that is not text"),
        (b'TRN,Name\n1234567,Ann\n1234568,"Bo\nNo"\n', "Row 3 has a quotation mark that is not closed"),
        (b'TRN,Name\n1234567,"Ann" B\n', "Row 2 has a quotation mark"),
        (b"TRN,Name\n1234567,Lee, Ann\n", "Row 2 has 3 values for 2 headings"),
        (b"TRN;Name\n1234567;Ann\n", "It has no “TRN”, “Name”. “TRN;Name” is not known"),
        (b"TRN,Full name\n1234567,Ann\n", "It has no “Name”. “Full name” is not known"),
        (b"TRN,Name,trn\n1234567,Ann,1\n", "“TRN” stands there twice"),
        (b"1234567,Ann\n1234568,Bo\n", "The first row must have the headings “TRN”, “Name”"),
        (b"TRN,Name\n" + b"1,A\n" * 1001, "The file has 1,001 rows"),
        (b"TRN,Name\n" + b"1," + b"A" * LARGEST, "larger than 100 KB"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(content, says):
    message = refused(content)
    assert says in message
    assert any(word in message for word in ("hoose", "Split")), "It says what to do"


def test_as_many_rows_as_the_service_takes_are_read():
    assert len(read(b"TRN,Name\n" + b"1,A\n" * 1000, needed=HEADINGS)) == 1000


def test_a_value_that_stands_twice_names_both_rows():
    rows = read(b"TRN,Name\n1,A\n2,B\n1,C\n,D\n,E\n", needed=HEADINGS)
    with pytest.raises(RuleBroken, match="Rows 2 and 4 have the same TRN, 1"):
        check_once_each(rows, "TRN")
    check_once_each(rows[1:], "TRN")


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5), st.booleans())
def test_no_cell_that_is_written_is_a_formula(lines, quoted):
    text = as_csv(HEADINGS, lines, quoted=quoted)
    written = list(csv.reader(io.StringIO(text, newline="")))
    assert not any(is_formula(cell) for row in written for cell in row)
    kept = [[cell.removeprefix("'") if is_formula(cell[1:]) else cell for cell in row] for row in written[1:]]
    assert kept == [[cell.removeprefix("'") if is_formula(cell[1:]) else cell for cell in line] for line in lines]


@given(st.binary(max_size=300))
def test_whatever_bytes_come_are_read_or_refused(content):
    for tried in (content, b"TRN,Name\n" + content):
        with suppress(RuleBroken):
            assert all(set(row.cells) == set(HEADINGS) for row in read(tried, needed=HEADINGS))
