"""Days on which nobody holds a role that an ECT must always have (R10)."""

from collections.abc import Iterable
from datetime import date, timedelta

Period = tuple[date, date | None]


def first_day_without(held: Iterable[Period], *, since: date, until: date | None) -> date | None:
    """The first day from `since` on that none of the periods covers, or None when all are covered (R10).

    Periods include both days; one without an end goes on. After `until`, the placement's last day, nobody is needed.
    """
    day = since
    for starts_on, ends_on in sorted(held, key=lambda period: period[0]):
        if starts_on > day:
            break
        if ends_on is None:
            return None
        day = max(day, ends_on + timedelta(days=1))
    return None if until is not None and day > until else day
