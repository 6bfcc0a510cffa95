"""The national register of schools (GIAS) as a CSV file: read, and checked row by row.

Nothing here reads or writes the database; `cases.actions.register` compares and writes what was read.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import NamedTuple

from django.db.models import Model

from induction_portal.accounts.models import Organisation

from .models import School
from .rules.errors import RuleBroken

URN_HEADING, NAME_HEADING = "URN", "EstablishmentName"
# Where two headings mean one fact, the first that the file has counts.
FACTS = {
    "local_authority": ("LA (name)",),
    "establishment_type": ("TypeOfEstablishment (name)", "SchoolType"),
    "establishment_status": ("EstablishmentStatus (name)",),
    "phase": ("PhaseOfEducation (name)",),
    "town": ("Town",),
    "postcode": ("Postcode",),
}
URN = re.compile(r"[0-9]{5,6}")
# Control characters, those that reverse the direction of text, and bytes that the file's encoding does not know.
NEVER_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST_RECORD = 20  # lines: a quotation mark not closed by then spoils its own line, not the rest of the file


class Entry(NamedTuple):
    """What the register says of one school; `facts` are School's columns, only those that the file has."""

    urn: str
    name: str
    facts: dict[str, str]


class Rejection(NamedTuple):
    """A line of the file that was skipped, counted from 1, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Register:
    """A file that was read: its schools, what was skipped, and the SHA-256 of its bytes."""

    digest: str
    columns: frozenset[str]
    entries: list[Entry] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


class _Layout(NamedTuple):
    """The headings, and where the values stand that are used; `facts` by School's column."""

    headings: list[str]
    urn: int
    name: int
    facts: dict[str, int]

    @property
    def width(self) -> int:
        return len(self.headings)


class _Unfit(Exception):  # noqa: N818 - says why a row is skipped
    pass


def read_register(content: bytes) -> Register:
    """Read a file's bytes: UTF-8, with or without its mark, or Windows-1252.

    Raises RuleBroken when the file as a whole is not what it should be: empty, not text, without the two headings that
    are needed, or without a single row that can be used.
    """
    lines = list(StringIO(_text(content), newline=""))
    layout = _layout(_headings(lines[0]))
    register = Register(hashlib.sha256(content).hexdigest(), frozenset(layout.facts))
    seen: dict[str, int] = {}
    for line, row in _records(lines, layout.width):
        try:
            entry = _entry(row, layout)
            if entry.urn in seen:
                raise _Unfit(f"URN {entry.urn} is on line {seen[entry.urn]} already")
        except _Unfit as unfit:
            register.rejections.append(Rejection(line, str(unfit)))
        else:
            seen[entry.urn] = line
            register.entries.append(entry)
    if not register.entries:
        raise RuleBroken(_nothing_usable(register.rejections), "file")
    return register


def _nothing_usable(rejections: list[Rejection]) -> str:
    if not rejections:
        return "The file has headings but no schools"
    return f"No row of the file can be used. Line {rejections[0].line}: {rejections[0].reason}"


def _text(content: bytes) -> str:
    """The file's text. A byte that its encoding does not know becomes a mark that spoils its own row only."""
    if not content.strip():
        raise RuleBroken("The file is empty", "file")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RuleBroken("The file is in UTF-16: save it as “CSV UTF-8” and try again", "file")
    marked = content.startswith(b"\xef\xbb\xbf")
    encoding = "utf-8-sig" if marked or _mostly_utf8(content) else "cp1252"
    return content.decode(encoding, "surrogateescape")


def _mostly_utf8(content: bytes) -> bool:
    """Whether more lines with accents read as UTF-8 than do not: one broken line does not decide for all."""
    accented = [line for line in content.splitlines() if not line.isascii()]
    return sum(_is_utf8(line) for line in accented) * 2 > len(accented) or not accented


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _headings(line: str) -> list[str]:
    try:
        return [heading.strip() for heading in next(csv.reader([line]))]
    except csv.Error:
        return []


def _layout(headings: list[str]) -> _Layout:
    """Where each column stands. Raises RuleBroken when one that is needed is missing, or one used stands twice."""
    missing = [heading for heading in (URN_HEADING, NAME_HEADING) if heading not in headings]
    if missing:
        raise RuleBroken(
            f"This is not the register’s CSV file: its first line has no heading {' and no '.join(missing)}", "file"
        )
    used = [URN_HEADING, NAME_HEADING, *(heading for several in FACTS.values() for heading in several)]
    twice = [heading for heading in used if headings.count(heading) > 1]
    if twice:
        raise RuleBroken(f"The heading {twice[0]} stands twice in the first line", "file")
    found = {fact: next((h for h in several if h in headings), None) for fact, several in FACTS.items()}
    facts = {fact: headings.index(heading) for fact, heading in found.items() if heading}
    return _Layout(headings, headings.index(URN_HEADING), headings.index(NAME_HEADING), facts)


def _records(lines: list[str], width: int) -> Iterator[tuple[int, list[str] | None]]:
    """Each record after the headings with the number of its first line; None for one that is no CSV."""
    place = 1
    while place < len(lines):
        row, used = _record(lines[place : place + LONGEST_RECORD], width)
        if row is None or any(row):
            yield place + 1, row
        place += used


def _record(lines: list[str], width: int) -> tuple[list[str] | None, int]:
    """The first record of some lines, and how many of them it takes."""
    reader = csv.reader(lines, strict=True)
    try:
        row = next(reader)
    except csv.Error:
        return None, 1
    return (row, reader.line_num) if reader.line_num == 1 or len(row) == width else (None, 1)


def _entry(row: list[str] | None, layout: _Layout) -> Entry:
    if row is None:
        raise _Unfit("it is not a CSV row: a quotation mark is missing or not closed, or a value is far too long")
    if len(row) != layout.width:
        raise _Unfit(f"the number of its values is {len(row)}, that of the headings {layout.width}")
    if any(NEVER_TEXT.search(value) for value in row):
        raise _Unfit("it holds characters that are not text")
    urn = row[layout.urn].strip()
    if not URN.fullmatch(urn):
        raise _Unfit("its URN is not a number of 5 or 6 digits")
    name = _value(row, layout, layout.name, Organisation, "name")
    if not name:
        raise _Unfit(f"it has no {NAME_HEADING}")
    return Entry(urn, name, {fact: _value(row, layout, at, School, fact) for fact, at in layout.facts.items()})


def _value(row: list[str], layout: _Layout, place: int, model: type[Model], column: str) -> str:
    """A value as it stands, its spaces tidied: what looks like a formula is text too."""
    tidy = " ".join(row[place].split())
    limit: int = model._meta.get_field(column).max_length  # type: ignore[union-attr,assignment]
    if len(tidy) > limit:
        raise _Unfit(f"its {layout.headings[place]} is longer than {limit} characters")
    return tidy
