"""The national service's files: what an appropriate body claims, releases and passes (R12, R14, R25, R88).

The Department's service takes two: claims (a start) and actions (an end). It takes no failure by file, no day to come,
no start before QTS or on or before 1 September 2021, and at most 1,000 rows or 100 KB. It returns what it refused with
a last column "Error message". No file has names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .csv_files import LARGEST, MOST_ROWS, as_csv, check_once_each, read
from .dates import ONE_DAY, say
from .eligibility import is_of_age
from .errors import RuleBroken
from .facts import CaseFacts
from .length import exported_terms
from .registration import check_trn
from .timeline import timeline

TRN, BORN, PROGRAMME, STARTS = "TRN", "Date of birth", "Induction programme", "Induction period start date"
ENDS, TERMS, OUTCOME, ERROR = "Induction period end date", "Number of terms", "Outcome", "Error message"
COLUMNS = {"claims": (TRN, BORN, PROGRAMME, STARTS), "actions": (TRN, BORN, ENDS, TERMS, OUTCOME)}
PROGRAMMES = {"provider_led": "provider-led", "school_led": "school-led"}
PASS, FAIL, RELEASE = "pass", "fail", "release"
OPEN = "open"  # decided, and still to be appealed against: never in a file
LAST_UNDER_OLD_RULES = date(2021, 9, 1)
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Cells = tuple[str, ...]


class Teacher(NamedTuple):
    """By what the service knows a teacher (R12), and the day of QTS, before which it takes no start."""

    trn: str
    date_of_birth: date
    qts_on: date


@dataclass(frozen=True, slots=True)
class Start:
    """A start that a body claims: `route` is "provider_led" or "school_led"."""

    teacher: Teacher
    route: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class End:
    """An end that a body reports; `outcome` is "pass", "release" or "fail", `terms` those served in this period."""

    teacher: Teacher
    starts_on: date
    ends_on: date
    terms: Fraction
    outcome: str
    start_is_told: bool


class Answer(NamedTuple):
    """What the service said of one teacher of a file: a reason, or nothing for a row that it took."""

    row: int
    trn: str
    date_of_birth: str
    says: str


def claim(start: Start, *, today: date) -> Cells:
    """A row of claims. Raises RuleBroken for what the service would refuse."""
    _check_teacher(start.teacher, today)
    if start.starts_on > today:
        raise RuleBroken(f"Starts on {say(start.starts_on)}: the service takes a start once it has come")
    _check_start(start.starts_on)
    if start.starts_on < start.teacher.qts_on:
        raise RuleBroken("Starts before qualified teacher status was awarded: check both days with the school")
    return (*_who(start.teacher), PROGRAMMES[start.route], start.starts_on.isoformat())


def action(end: End, *, today: date) -> Cells:
    """A row of actions. Raises RuleBroken for what the service would refuse, a failure above all."""
    _check_teacher(end.teacher, today)
    if end.outcome == OPEN:
        raise RuleBroken("Not over yet: the decision may still be changed on appeal, and nothing is told until then")
    if end.outcome == FAIL:
        raise RuleBroken("Failed: the service takes no failure by file. Record it there, with its date, by itself")
    if end.ends_on > today:
        raise RuleBroken(f"Ends on {say(end.ends_on)}: the service takes an end once it has come")
    if end.ends_on < end.starts_on:
        raise RuleBroken("Ends before it starts: check both days with the school")
    _check_start(end.starts_on)
    if not end.start_is_told:
        raise RuleBroken("The service has not accepted the start yet: claim it first")
    return (*_who(end.teacher), end.ends_on.isoformat(), exported_terms(end.terms), end.outcome)


def _check_teacher(teacher: Teacher, today: date) -> None:
    check_trn(teacher.trn)
    if not is_of_age(teacher.date_of_birth, today):
        raise RuleBroken("The date of birth makes the teacher younger than 18 or older than 100: correct it first")


def _check_start(starts_on: date) -> None:
    if starts_on <= LAST_UNDER_OLD_RULES:
        raise RuleBroken(f"Started on or before {say(LAST_UNDER_OLD_RULES)}: the service takes no such start by file")


def _who(teacher: Teacher) -> Cells:
    return teacher.trn, teacher.date_of_birth.isoformat()


def served_between(facts: CaseFacts, first: date, last: date) -> Fraction:
    """FTE terms served from one day to another, both included: what was served by the last, less what was before."""
    by_the_end = timeline(replace(facts, as_of=last)).served_terms
    return max(by_the_end - timeline(replace(facts, as_of=first - ONE_DAY)).served_terms, Fraction(0))


def write(kind: str, rows: Sequence[Cells]) -> str:
    """A file byte for byte as the service's templates are: every value in quotation marks, line feeds, no mark."""
    return as_csv(COLUMNS[kind], rows, quoted=True)


def split(kind: str, rows: Sequence[Cells]) -> list[list[Cells]]:
    """The rows in as few files as the service takes: 1,000 rows and 100 KB each."""
    files: list[list[Cells]] = []
    room = 0
    for row in rows:
        size = len(as_csv(row, (), quoted=True).encode())
        if not files or len(files[-1]) == MOST_ROWS or size > room:
            files.append([])
            room = LARGEST - len(write(kind, ()).encode())
        files[-1].append(row)
        room -= size
    return files


def rows_of(kind: str, text: str) -> list[Cells]:
    """The rows of a file that was written here."""
    columns = COLUMNS[kind]
    return [tuple(row.cells[column] for column in columns) for row in read(text.encode(), needed=columns)]


def read_answer(kind: str, content: bytes) -> list[Answer]:
    """The error file that the service returned, or the same file with errors filled in.

    Raises RuleBroken for a file that is none, naming the row and what to do.
    """
    columns = COLUMNS[kind]
    rows = read(content, needed=(*columns, ERROR))
    check_once_each(rows, TRN)
    return [Answer(row.number, row.cells[TRN].zfill(7), row.cells[BORN], row.cells[ERROR]) for row in rows]


def match(kind: str, answers: Sequence[Answer], sent: Sequence[Cells]) -> dict[int, str]:
    """What the service said of each row of a file, by its place from 0; matched by TRN and date of birth (R12).

    Raises RuleBroken for an answer about somebody who is not in the file.
    """
    places = {cells[:2]: place for place, cells in enumerate(sent)}
    known = {cells[0] for cells in sent}
    found = {}
    for answer in answers:
        place = places.get((answer.trn, answer.date_of_birth))
        if place is None and answer.trn in known:
            raise RuleBroken(
                f"Row {answer.row}: the date of birth is not the one in the file that was made here. A spreadsheet may "
                "have changed its form: upload the error file as you downloaded it",
                "file",
            )
        if place is None:
            raise RuleBroken(
                f"Row {answer.row}: no teacher in the file that was made here has the TRN {answer.trn}. Choose the "
                "error file of this file",
                "file",
            )
        found[place] = answer.says
    return found


def day_in(cell: str) -> date | None:
    """The day that a cell names as YYYY-MM-DD; None for anything else, a day that does not exist too."""
    try:
        return date.fromisoformat(cell) if ISO.fullmatch(cell) else None
    except ValueError:
        return None
