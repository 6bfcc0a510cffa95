"""Small phrases about dates and parts, the same wherever they are shown."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from induction_portal.govuk import words

from .models import Induction
from .rules.working_days import clear_days

SOON = 28
DAY_NAMES = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}


def due_words(due_on: date, *, today: date) -> str:
    """How a due date stands to today: "Overdue", "Due today", "Due in 9 days"; empty when it is far off."""
    days = (due_on - today).days
    if days < 0:
        return "Overdue"
    if days == 0:
        return "Due today"
    if days == 1:
        return "Due tomorrow"
    return f"Due in {days} days" if days <= SOON else ""


def late_words(due_on: date, *, today: date) -> str:
    """How long something has been late: "3 working days late"; over a weekend at least one."""
    gone = max(clear_days(due_on, today), 1)
    return f"{gone} working day{'' if gone == 1 else 's'} late"


def left_words(due_on: date, *, today: date) -> str:
    """How long there is left in the law's days: "2 working days left", "Due today", or how late it is."""
    if due_on < today:
        return late_words(due_on, today=today)
    left = clear_days(today, due_on)
    if due_on == today or not left:
        return "Due today"
    return f"{left} working day{'' if left == 1 else 's'} left"


def part_of(induction: Induction, on: date) -> str:
    """Which part is being served on a day after the start: "Part 1" or "Part 2"; "Completed" after the last."""
    dates = getattr(induction, "clock", None)
    if dates is None:
        return ""
    if dates.ends_on and dates.ends_on < on:
        return "Served in full"
    return "Part 2" if dates.part_2_starts_on and dates.part_2_starts_on <= on else "Part 1"


def step_words(fte: Any, days: Mapping[str, Any] | None) -> str:
    """How much is worked: "Full time", or "0.6 of full time: Monday, Tuesday and half of Wednesday"."""
    amount = Decimal(fte)
    share = "Full time" if amount == 1 else f"{format(amount.normalize(), 'f')} of full time"
    worked = [_day_words(name, Decimal(days[day])) for day, name in DAY_NAMES.items() if days and Decimal(days[day])]
    return f"{share}: {words.listed(worked)}" if worked and worked != list(DAY_NAMES.values()) else share


def _day_words(name: str, weight: Decimal) -> str:
    if weight == 1:
        return name
    return f"half of {name}" if weight == Decimal("0.5") else f"{format(weight.normalize(), 'f')} of {name}"
