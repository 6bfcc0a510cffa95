"""Plain arithmetic and words for dates."""

from __future__ import annotations

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def add_years(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February. It stays within the year 9999."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def say(day: date) -> str:
    """``5 March 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
