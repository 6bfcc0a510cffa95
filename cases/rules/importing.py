"""Claims that a body made in the national service before it used this portal, as it brings them here (R1, R2, R12).

What a body knows of such an ECT is a claim: who, from when, on which programme, perhaps at which school. Each row is
checked by the rules of registration; all that is wrong with it is said at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .csv_files import Row, check_once_each, is_formula, read
from .eligibility import is_of_age
from .errors import RuleBroken
from .national import BORN, COLUMNS, ERROR, LAST_UNDER_OLD_RULES, PROGRAMME, PROGRAMMES, STARTS, TRN, day_in
from .registration import check_trn

NAME, URN = "Name", "School URN"
OPTIONAL = (NAME, URN)
LONGEST_NAME = 200
A_URN = re.compile(r"[0-9]{5,6}")
ROUTES = {told: route for route, told in PROGRAMMES.items()}


@dataclass(frozen=True, slots=True)
class EarlierClaim:
    """A claim as a row of the file tells it; `name` and `urn` are empty where it does not say."""

    trn: str
    date_of_birth: date
    route: str
    starts_on: date
    name: str = ""
    urn: str = ""


def read_claims(content: bytes) -> list[Row]:
    """The rows of a claims file, of the error file that came back for one, or of a body's register with its columns.

    Raises RuleBroken for a file that as a whole is not what it should be.
    """
    rows = read(content, needed=COLUMNS["claims"], optional=(*OPTIONAL, ERROR))
    check_once_each(rows, TRN)
    return rows


def faults(cells: Mapping[str, str], *, on: date) -> list[str]:
    """Everything that stands in the way of a row on the day `on`, in the order of its columns; empty for a good one."""
    return [*_teacher(cells, on), *_start(cells, on), *_more(cells)]


def claim_in(cells: Mapping[str, str]) -> EarlierClaim:
    """The claim that a row without faults tells."""
    born, starts_on = day_in(cells[BORN]), day_in(cells[STARTS])
    if born is None or starts_on is None:
        raise ValueError("The row was not checked")
    route = ROUTES[cells[PROGRAMME].casefold()]
    return EarlierClaim(cells[TRN], born, route, starts_on, cells.get(NAME, ""), cells.get(URN, ""))


def _teacher(cells: Mapping[str, str], on: date) -> Iterator[str]:
    """R12: a whole TRN and a real day of birth, 18 to 100 years ago."""
    try:
        check_trn(cells[TRN])
    except RuleBroken:
        yield "Enter a valid TRN using 7 digits: a spreadsheet may have dropped the noughts at its beginning"
    born = day_in(cells[BORN])
    if born is None:
        yield _no_day(BORN, cells[BORN])
    elif not is_of_age(born, on):
        yield "Date of birth must make the teacher 18 to 100 years old"


def _start(cells: Mapping[str, str], on: date) -> Iterator[str]:
    """A programme, and a start that has come and fell under the rules of today."""
    if cells[PROGRAMME].casefold() not in ROUTES:
        yield f"{PROGRAMME} must be either provider-led or school-led"
    starts_on = day_in(cells[STARTS])
    if starts_on is None:
        yield _no_day(STARTS, cells[STARTS])
    elif starts_on > on:
        yield f"{STARTS} must have come: the school registers a start that is still to come"
    elif starts_on <= LAST_UNDER_OLD_RULES:
        yield f"{STARTS} must be after 1 September 2021"


def _more(cells: Mapping[str, str]) -> Iterator[str]:
    name, urn = cells.get(NAME, ""), cells.get(URN, "")
    if is_formula(name):
        yield f"{NAME} begins like a spreadsheet formula: enter the teacher’s name"
    if len(name) > LONGEST_NAME:
        yield f"{NAME} must be {LONGEST_NAME} characters or fewer"
    if urn and not A_URN.fullmatch(urn):
        yield f"{URN} must be a number of 5 or 6 digits"


def _no_day(heading: str, typed: str) -> str:
    said = f", not {typed[:20]}" if typed else ""
    return f"{heading} must be a real date in the format YYYY-MM-DD{said}"
