"""Mentor meetings: a light log, and a warning when there has been none for some school days (R46)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from .calendar import Calendar
from .dates import say
from .observations import Served
from .reviews import Objection

A_DAY = timedelta(days=1)
Spell = tuple[date, date | None]


def check_meeting(held_on: date, focus: str, *, today: date, served: Served) -> list[Objection]:
    """Everything that keeps a mentor meeting from being logged, in the order of the form."""
    return [*_held(held_on, today, served), *_about(focus)]


def meeting_due(calendar: Calendar, *, since: date, within: int, away: Sequence[Spell], today: date) -> date | None:
    """R46: the school day by which the next meeting should have been held, once that day has passed; else None.

    ``since`` is the last meeting, or the day before the mentor's first: the ``within`` school days after it are
    counted on the school's calendar, less the spells in which the ECT was ``away``.
    """
    if calendar.school_days(since + A_DAY, today - A_DAY) < within:
        return None
    day, passed = since, 0
    while passed < within:
        day += A_DAY
        if day >= today:
            return None
        passed += calendar.is_school_day(day) and not _is_away(day, away)
    return day


def _is_away(day: date, away: Sequence[Spell]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in away)


def _held(held_on: date, today: date, served: Served) -> Iterator[Objection]:
    first, last = served
    if held_on > today:
        yield Objection("held_on", "The date of the meeting must be today or in the past")
    elif held_on < first:
        says = f"The date of the meeting must be on or after {say(first)}, when the placement started"
        yield Objection("held_on", says)
    elif last is not None and held_on > last:
        says = f"The date of the meeting must be on or before {say(last)}, when the placement ended"
        yield Objection("held_on", says)


def _about(focus: str) -> Iterator[Objection]:
    if not focus.strip():
        yield Objection("focus", "Enter what the meeting was about")
