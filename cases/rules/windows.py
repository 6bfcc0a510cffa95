"""The submission window: when an appropriate body takes in the reviews and assessments of a term (R52; SG 2.54).

The guidance gives no day by which a review is sent. Bodies set one, usually some two weeks before a term ends. It may
ask for a review or assessment sooner than its own date (R48 to R50), never later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .calendar import TERM_NAMES, Calendar, school_year_name
from .dates import say
from .errors import RuleBroken
from .explained import Explained, Reason

TermKey = tuple[int, str]
FIRST_MONTH = 8


@dataclass(frozen=True, slots=True)
class Window:
    """One body's window for a term of the school year that begins in ``first_year``."""

    first_year: int
    term: str
    opens_on: date
    due_on: date

    @property
    def key(self) -> TermKey:
        """What tells it from the body's others: (2026, "autumn")."""
        return self.first_year, self.term


def term_words(key: TermKey) -> str:
    """``autumn term 2026/27``."""
    return f"{key[1]} term {school_year_name(key[0])}"


def check_window(window: Window, others: Iterable[Window]) -> None:
    """Raises RuleBroken, naming the field, for a window that ends before it opens, lies outside its school year, or
    does not keep the order of the terms with the body's other windows of that year.
    """
    if window.due_on < window.opens_on:
        raise RuleBroken("The last day must be on or after the day the window opens", "due_on")
    first, last = date(window.first_year, FIRST_MONTH, 1), date(window.first_year + 1, FIRST_MONTH - 1, 31)
    for name in ("opens_on", "due_on"):
        if not first <= getattr(window, name) <= last:
            raise RuleBroken(f"The date must be in the school year, from {say(first)} to {say(last)}", name)
    for other in others:
        if other.first_year != window.first_year or other.term == window.term:
            continue
        later = TERM_NAMES.index(window.term) > TERM_NAMES.index(other.term)
        if later and window.opens_on <= other.due_on:
            ends = f"The window must open after the {other.term} term’s has ended, on {say(other.due_on)}"
            raise RuleBroken(ends, "opens_on")
        if not later and window.due_on >= other.opens_on:
            opens = f"The window must end before the {other.term} term’s opens, on {say(other.opens_on)}"
            raise RuleBroken(opens, "due_on")


def term_of(calendar: Calendar, day: date) -> TermKey | None:
    """The term of a school that ``day`` lies in or, in the holidays, the one before; None before its first."""
    found = None
    for term in calendar.terms_from(date(day.year - 1, day.month, 1)):
        if term.start > day:
            break
        found = term
    return (int(found.school_year[:4]), found.name) if found else None


def due_to_body(
    own: date, *, opened_on: date, term: TermKey | None, windows: Mapping[TermKey, Window], body: str, because: Reason
) -> Explained[date]:
    """When a review or assessment is due: on its ``own`` day (R48-R50, explained by ``because``) or by the last day of
    the body's window for that ``term``, whichever comes first.

    A window that ended before the review or assessment could begin, on ``opened_on``, asks for nothing.
    """
    window = windows.get(term) if term else None
    if window is None or not opened_on <= window.due_on < own:
        return Explained(own, lambda: (because,))
    asked = f"{body} asks for what is due in the {term_words(window.key)} by {say(window.due_on)}, which comes first"
    says = f"{asked}. Without that, {because.says[:1].lower()}{because.says[1:]}"
    return Explained(window.due_on, lambda: (Reason("R52", "SG 2.54", says),))
