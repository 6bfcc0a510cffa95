"""When somebody is reminded of a deadline, who comes next where nobody is, and to whom it goes up (R90).

The ladder counts working days (R91): before the day, on it, and after it. A step is known by its number: -5 is five
working days before, 0 the day itself, 3 three working days after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .deadline_rules import RULES
from .errors import RuleBroken
from .working_days import clear_days, wd_before, wd_excl

BEFORE = (10, 5, 2)
AFTER = (1, 3)
# Of a deadline that opens when every day before it has passed already: its first step is the day on which it opens.
AT_ONCE = -1
LAST_DAY = 0
# Working days after its own day on which a step that was missed is still said.
STILL_SAID = 10

STATUTORY = frozenset({"D8", "D9", "D10", "D11", "D12", "D13", "D14", "D15", "D16", "D17", "D18", "D19"})
SOMETHING = "something in an induction"
# What a mail may call a deadline. Every other would give away absence, support or an outcome: the page says it.
SAID = {
    code: RULES[code].name[0].lower() + RULES[code].name[1:]
    for code in ("D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D12", "D13", "D23")
} | {"D11": "decide on the recommendation", "D13": "tell the Teaching Regulation Agency"}

# Who is responsible next, where nobody who is can be reached.
NEXT: dict[str, tuple[str, ...]] = {
    "ect": ("induction_tutor", "induction_lead", "headteacher"),
    "mentor": ("induction_tutor", "induction_lead", "headteacher"),
    "induction_tutor": ("induction_lead", "headteacher", "school_admin"),
    "induction_lead": ("headteacher", "school_admin"),
    "headteacher": ("induction_lead", "school_admin"),
    "school_admin": ("headteacher",),
    "body_officer": ("body_admin",),
    "body_admin": ("body_officer",),
}
# To whom it goes up when it is late. What a headteacher owes goes to the appropriate body.
ABOVE = dict.fromkeys(
    ("ect", "mentor", "induction_tutor", "induction_lead", "school_admin"), "headteacher"
) | dict.fromkeys(("headteacher", "body_officer", "body_admin"), "body_admin")


@dataclass(frozen=True, slots=True)
class Ladder:
    """What an organisation has set: from how many working days before it reminds, and how late it goes up."""

    remind_from: int = 5
    escalate_after: int = 1


class Step(NamedTuple):
    """A step of the ladder, and the day on which it is said."""

    number: int
    on: date


def steps(opened_on: date, due_on: date, ladder: Ladder) -> tuple[Step, ...]:
    """Every step of a deadline, the earliest first. Those that lie before it opened are dropped (R90).

    A deadline that opens when they all have passed is due at once, and said on the day on which it opens. Raises
    RuleBroken where bank holidays are not known.
    """
    return tuple(step for step in _steps(due_on, ladder.remind_from, opened_on) if step.on >= opened_on)


@lru_cache(maxsize=20_000)
def _steps(due_on: date, remind_from: int, opened_on: date) -> tuple[Step, ...]:
    before = [Step(-days, wd_before(due_on, days)) for days in BEFORE if days <= remind_from]
    if before[-1].on < opened_on < due_on:
        before = [Step(AT_ONCE, opened_on)]
    return (*before, Step(LAST_DAY, due_on), *(Step(days, wd_excl(due_on, days)) for days in AFTER))


def step_to_say(found: Sequence[Step], *, on: date, said: int | None) -> Step | None:
    """The one step that has to be said on a day: the latest that has come.

    Steps that were missed are merged into it, so nobody is told twice of one deadline on one day. None when it was said
    already, or a later one was, or it has been missed for more than ten working days.
    """
    come = [step for step in found if step.on <= on]
    if not come or (said is not None and come[-1].number <= said):
        return None
    return come[-1] if clear_days(come[-1].on, on) <= STILL_SAID else None


def goes_up(step: Step, ladder: Ladder) -> bool:
    """Whether whoever is above is told as well."""
    return step.number >= max(ladder.escalate_after, AFTER[0])


def window(on: date) -> tuple[date, date]:
    """The first and the last day on which a deadline can fall due that has a step to say on a day.

    Raises RuleBroken where bank holidays are not known.
    """
    if not date(2000, 1, 1) <= on <= date(2100, 10, 1):
        raise RuleBroken("Use a date from 2000 to 2100: bank holidays are known only for those.")
    return wd_before(on, AFTER[-1] + STILL_SAID + 1), wd_excl(on, BEFORE[0] + 1)


def said(code: str) -> str:
    """What a message may call a deadline of the table: never more than everybody about an induction may know."""
    return SAID.get(code, SOMETHING)
