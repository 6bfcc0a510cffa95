"""Working days: Monday to Friday but for England's bank holidays (R91), counted two ways (R93).

School holidays are working days: deadlines run in August. Working days from 1999 to 2100 are numbered once, from 0, so
that counting them between two dates is one subtraction. ``number(day)`` is how many lie before ``day``.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from datetime import date
from itertools import accumulate

from .bank_holidays import BANK_HOLIDAYS, FIRST_YEAR, LAST_YEAR
from .errors import RuleBroken

FIRST = date(FIRST_YEAR, 1, 1)
LAST = date(LAST_YEAR, 12, 31)
_ORIGIN = FIRST.toordinal()
_HOLIDAYS = frozenset(day.toordinal() for day in BANK_HOLIDAYS)
# date.toordinal() % 7 is 0 on a Sunday and 6 on a Saturday
_ORDINALS = array("l", (n for n in range(_ORIGIN, LAST.toordinal() + 1) if n % 7 not in (0, 6) and n not in _HOLIDAYS))
COUNT = len(_ORDINALS)
_NUMBERS = array("l", (bisect_left(_ORDINALS, n) for n in range(_ORIGIN, LAST.toordinal() + 2)))
_SIZE = len(_NUMBERS)
_WEEKDAY_TOTALS = tuple(
    array("l", accumulate((n % 7 == weekday + 1 for n in _ORDINALS), initial=0)) for weekday in range(5)
)


def number(day: date) -> int:
    """How many working days since 1999 lie before ``day``; days outside 1999 to 2100 count as the nearest edge."""
    place = day.toordinal() - _ORIGIN
    if 0 <= place < _SIZE:
        return _NUMBERS[place]
    return 0 if place < 0 else COUNT


def number_after(day: date) -> int:
    """How many working days since 1999 lie on or before ``day``."""
    place = day.toordinal() - _ORIGIN + 1
    if 0 <= place < _SIZE:
        return _NUMBERS[place]
    return 0 if place < 0 else COUNT


def nth(place: int) -> date:
    """The working day numbered ``place``."""
    return date.fromordinal(_ORDINALS[place])


def weekday(place: int) -> int:
    """The weekday of the working day numbered ``place``: 0 is Monday, 4 is Friday."""
    return _ORDINALS[place] % 7 - 1


def weekday_count(weekday: int, start: int, stop: int) -> int:
    """How many of the working days numbered from ``start`` up to but not ``stop`` fall on ``weekday``."""
    totals = _WEEKDAY_TOTALS[weekday]
    return totals[stop] - totals[start]


def is_working_day(day: date) -> bool:
    """R91: Monday to Friday and no England bank holiday."""
    return number_after(day) > number(day)


def wd_incl(day: date, count: int) -> date:
    """R93, "beginning with": the ``count``-th working day on or after ``day``. Raises RuleBroken beyond 2100."""
    return _reached(day, number(day) + count - 1)


def wd_excl(day: date, count: int) -> date:
    """R93: the ``count``-th working day after ``day``. Raises RuleBroken beyond 2100."""
    return _reached(day, number_after(day) + count - 1)


def wd_before(day: date, count: int) -> date:
    """The last day on which at least ``count`` working days still lie between it and ``day`` (D16, D17)."""
    return _reached(day, number(day) - count)


def _reached(day: date, place: int) -> date:
    if not FIRST <= day <= LAST or not 0 <= place < COUNT:
        raise RuleBroken(f"Use a date between {FIRST_YEAR} and {LAST_YEAR}: bank holidays are known only for those.")
    return nth(place)


def clear_days(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; none when ``end`` comes first."""
    return max(number_after(end) - number_after(start), 0)
