"""The only readers of the time.

Everything else is handed a date or a moment. Legal dates are dates in England, so "today" is Europe/London's.
"""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in Europe/London."""
    return timezone.localtime()


def today() -> date:
    """Today's date in England."""
    return now().date()
