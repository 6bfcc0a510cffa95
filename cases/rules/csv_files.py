"""Comma-separated files as people make them with a spreadsheet: read with an answer for whatever is wrong, and written
so that no spreadsheet takes a value for a formula.

Rows are numbered as a spreadsheet numbers them: the headings are row 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .errors import RuleBroken

LARGEST = 100 * 1024  # bytes, and the most rows: what the national service takes
MOST_ROWS = 1000
FORMULAS = ("=", "+", "-", "@")
CONTROLS = ("\t", "\r", "\n")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Control characters, and those that reverse the direction of text.
NEVER_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
LINE_END = re.compile("\r\n|\r|\n")
SAVE_AGAIN = "In your spreadsheet, save it as “CSV UTF-8” and choose it again"


class Row(NamedTuple):
    """A row below the headings: its number, and its cells by the heading as it is known here."""

    number: int
    cells: dict[str, str]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula."""
    return cell.startswith(CONTROLS) or cell.lstrip().startswith(FORMULAS)


def as_csv(columns: Iterable[str], lines: Iterable[Iterable[str]], *, quoted: bool = False) -> str:
    """Comma-separated values whose cells no spreadsheet takes for a formula: one that begins as one gets an apostrophe.

    ``quoted`` puts every value in quotation marks and ends lines with a line feed alone, as the national service's
    templates do.
    """
    written = io.StringIO()
    options = {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"} if quoted else {}
    writer = csv.writer(written, **options)  # type: ignore[arg-type]  # one of two known sets
    for line in (columns, *lines):
        writer.writerow([f"'{cell}" if is_formula(cell) else cell for cell in line])
    return written.getvalue()


def read(content: bytes, *, needed: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """The rows of a file with these headings, in any order and case. Rows without any value are passed over.

    Raises RuleBroken for a file that as a whole is not what it should be, naming the row and what to do.
    """
    lines = LINE_END.split(_text(content))
    headings = _headings(_cells(lines[0], 1), needed, optional)
    rows = [_row(line, number, headings) for number, line in enumerate(lines[1:], 2) if line.strip(' ,"')]
    if not rows:
        _refuse("The file has headings but no row below them. Add a row for each teacher and choose it again")
    if len(rows) > MOST_ROWS:
        _refuse(f"The file has {len(rows):,} rows. Split it into files of {MOST_ROWS:,} rows or fewer")
    return rows


def check_once_each(rows: Sequence[Row], heading: str) -> None:
    """Raise RuleBroken where two rows have the same value under a heading."""
    seen: dict[str, int] = {}
    for row in rows:
        value = row.cells[heading]
        if value and value in seen:
            _refuse(
                f"Rows {seen[value]} and {row.number} have the same {heading}, {value}. Leave each teacher in the file "
                "once and choose it again"
            )
        seen[value] = row.number


def _refuse(message: str) -> None:
    raise RuleBroken(message, "file")


def _text(content: bytes) -> str:
    if not content.strip():
        _refuse("The file is empty. Choose one with a row of headings and a row for each teacher")
    if content.startswith(WORKBOOKS):
        _refuse(f"This is a spreadsheet’s own format, whatever the file is called. {SAVE_AGAIN}")
    if content.startswith(UTF_16) or content[1:200:2].count(0) > 20 or content[:200:2].count(0) > 20:
        _refuse(f"The file is in UTF-16 (“Unicode text”). {SAVE_AGAIN}")
    if len(content) > LARGEST:
        _refuse(f"The file is larger than {LARGEST // 1024} KB. Split it into files of {MOST_ROWS:,} rows or fewer")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        row = len(LINE_END.split(content[: broken.start].decode("latin-1")))
        _refuse(f"Row {row} has a letter that is not in UTF-8, as older programs save accents. {SAVE_AGAIN}")
    if found := NEVER_TEXT.search(text):
        row = len(LINE_END.split(text[: found.start()]))
        _refuse(f"Row {row} has a character that is not text. Type that row again, save the file and choose it again")
    return text


def _cells(line: str, number: int) -> list[str]:
    try:
        return [" ".join(cell.split()) for cell in next(csv.reader([line], strict=True), [])]
    except csv.Error:
        _refuse(
            f"Row {number} has a quotation mark that is not closed in that row, or a value far too long. Put every "
            "value on one line and choose the file again"
        )
        raise


def _headings(found: list[str], needed: Sequence[str], optional: Sequence[str]) -> list[str]:
    """The headings of a file in the spelling known here. Raises RuleBroken where they are not those needed."""
    known = {heading.casefold(): heading for heading in (*needed, *optional)}
    while found and not found[-1]:
        found = found[:-1]
    strange = [heading for heading in found if heading.casefold() not in known]
    told = [known[heading.casefold()] for heading in found if heading.casefold() in known]
    missing = [heading for heading in needed if heading not in told]
    twice = [heading for heading in told if told.count(heading) > 1]
    wrong = [
        f"It has no {_quoted(missing)}" if missing else "",
        f"{_quoted(strange)} is not known" if strange else "",
        f"{_quoted(twice[:1])} stands there twice" if twice else "",
    ]
    if any(wrong):
        found_wrong = ". ".join(part for part in wrong if part)
        _refuse(f"The first row must have the headings {_quoted(needed)}. {found_wrong}. Mend it and choose it again")
    return told


def _quoted(headings: Sequence[str]) -> str:
    return ", ".join(f"“{heading[:40]}”" for heading in headings[:8])


def _row(line: str, number: int, headings: list[str]) -> Row:
    cells = _cells(line, number)
    if any(cells[len(headings) :]):
        _refuse(
            f"Row {number} has {len(cells)} values for {len(headings)} headings. A value with a comma must stand in "
            "quotation marks: mend it and choose the file again"
        )
    filled = [*cells, *[""] * len(headings)]
    return Row(number, dict(zip(headings, filled, strict=False)))
