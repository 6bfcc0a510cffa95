"""What the worker's timetable has for a day, moment by moment, as the demo does it when its clock is moved.

Read from the timetable itself. What it has many times an hour is done when the rest is done: once before mail goes out
in the morning, once after. What it has many times a day is done the first time: the others make good what a worker
that was down left undone.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from celery.schedules import crontab

from cases.rules.mailing import MORNING
from induction_portal.celery import app

A_MINUTE = timedelta(minutes=1)


class Round(NamedTuple):
    """A moment, and the sweeps that are run then, as the timetable calls them."""

    at: datetime
    sweeps: list[str]


def frequent() -> list[str]:
    """What is run by the minute, whatever the hour."""
    return [name for name, line in app.conf.beat_schedule.items() if not isinstance(line["schedule"], crontab)]


def rounds(day: date, *, after: datetime) -> Iterator[Round]:
    """What is left of a day after a moment, in the order of the hours.

    The last round is that of the morning in which mail goes out that waited for it, unless something comes later.
    """
    found = defaultdict[datetime, list[str]](list)
    for name, line in app.conf.beat_schedule.items():
        if isinstance(line["schedule"], crontab) and (at := _first(line["schedule"], day, after)):
            found[at].append(name)
    morning = datetime.combine(day, MORNING, after.tzinfo)
    early, late = ([at for at in found if (at > morning) is later] for later in (False, True))
    for last in (max(early, default=morning), morning, max(late, default=morning)):
        if last + A_MINUTE > after:
            found[last + A_MINUTE] = frequent()
    for at in sorted(found):
        yield Round(at, found[at])


def _first(line: crontab, day: date, after: datetime) -> datetime | None:
    """The first moment of a day, after another, at which a line of the timetable has its turn."""
    if not (
        day.day in line.day_of_month and day.month in line.month_of_year and day.isoweekday() % 7 in line.day_of_week
    ):
        return None
    times = (time(hour, minute) for hour in sorted(line.hour) for minute in sorted(line.minute))
    return next((at for each in times if (at := datetime.combine(day, each, after.tzinfo)) > after), None)
