"""The only readers of the time.

Everything else is handed a date or a moment. Legal dates are dates in England, so "today" is Europe/London's.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in Europe/London."""
    return timezone.localtime(machine() + ahead())


def today() -> date:
    """Today's date in England."""
    return now().date()


def machine() -> datetime:
    """The machine's own time, in UTC, wherever the demo's clock stands."""
    return timezone.now()


def ahead() -> timedelta:
    """How far the demo's clock was moved ahead of the machine's; nothing anywhere else, for there it cannot be moved.

    Read anew each time, so that web, worker and scheduler of a running demo see the same day at once (ADR 0098).
    """
    try:
        return timedelta(seconds=int(settings.CLOCK_AHEAD.read_text())) if settings.CLOCK_AHEAD else timedelta()
    except FileNotFoundError:
        return timedelta()
