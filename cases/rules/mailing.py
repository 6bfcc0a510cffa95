"""When somebody is mailed: at once or several messages together, and never at a weekend what may wait.

A *moment* is aware, in England's time. A *morning* is seven o'clock by the clock on the wall, whatever the season: no
clock change touches that hour. Working days are R91's: school holidays are no quiet days, for deadlines run in them.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from .statuses import Status
from .working_days import is_working_day, wd_excl, wd_incl

MORNING = time(7)
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


class Pace(Status):
    """How soon a person wants to be mailed what may wait."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "One email each working day"
    WEEKLY = "weekly", "One email a week"
    NEVER = "never", "No email, only in the portal"


class Topic(Status):
    """What messages that may wait are about, as a person chooses among them."""

    PEOPLE = "people", "Registrations, changes of service and moves"
    REVIEWS = "reviews", "Progress reviews, observations, self-ratings and meetings"
    SUPPORT = "support", "Concerns and support"
    QUALITY = "quality", "Quality assurance by the appropriate body"
    REMINDERS = "reminders", "Reminders of what is due, and chasers"
    OTHER = "other", "Everything else that can wait"


def is_quiet(moment: datetime) -> bool:
    """Whether it is a weekend or a bank holiday (R91), or the first working day after one has not come to its morning.

    Then only what is statutory, or has its last day today, is mailed.
    """
    today = moment.date()
    if not is_working_day(today):
        return True
    return moment.time() < MORNING and not is_working_day(today - ONE_DAY)


def end_of_quiet(moment: datetime) -> datetime:
    """The moment itself unless it is quiet, else the next working day's morning."""
    return morning(wd_incl(moment.date(), 1), moment) if is_quiet(moment) else moment


def morning(day: date, moment: datetime) -> datetime:
    """Seven o'clock of a day, where that moment is."""
    return datetime.combine(day, MORNING, moment.tzinfo)


def digest_day(pace: Pace, moment: datetime, weekday: int = 0) -> date:
    """The working day with whose morning mail a message of this moment goes: the first morning that is still to come.

    `weekday` counts from 0, a Monday. A weekly mail whose day is a bank holiday goes on the next working day.
    Raises ValueError for a pace that gathers nothing.
    """
    today = moment.date()
    if pace is Pace.DAILY:
        day = wd_incl(today, 1)
        return day if morning(day, moment) > moment else wd_excl(today, 1)
    if pace is not Pace.WEEKLY:
        raise ValueError(f"{pace.value} gathers no messages")
    # From the week before: its mail may have been put off by holidays into these days.
    named = today - timedelta(days=(today.weekday() - weekday) % 7)
    while morning(day := wd_incl(named, 1), moment) <= moment:
        named += WEEK
    return day


def goes_out(
    moment: datetime, *, statutory: bool = False, urgent: bool = False, pace: Pace = Pace.AT_ONCE, weekday: int = 0
) -> datetime | None:
    """When a message of this moment is mailed; None when it is not.

    What is `statutory` goes at once on any day, whatever its recipient prefers. What is `urgent`, on its last day, goes
    at once on any day too, unless its recipient wants no mail of its topic.
    """
    if statutory:
        return moment
    if pace is Pace.NEVER:
        return None
    if urgent:
        return moment
    if pace is Pace.AT_ONCE:
        return end_of_quiet(moment)
    return morning(digest_day(pace, moment, weekday), moment)
