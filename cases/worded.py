"""Small phrases about dates and parts, the same wherever they are shown."""

from datetime import date

from .models import Induction

SOON = 28


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


def part_of(induction: Induction, on: date) -> str:
    """Which part is being served on a day after the start: "Part 1" or "Part 2"; "Completed" after the last."""
    dates = getattr(induction, "clock", None)
    if dates is None:
        return ""
    if dates.ends_on and dates.ends_on < on:
        return "Served in full"
    return "Part 2" if dates.part_2_starts_on and dates.part_2_starts_on <= on else "Part 1"
