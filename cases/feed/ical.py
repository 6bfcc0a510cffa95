"""A person's dates as iCalendar (RFC 5545): whole days, of no time zone; what was changed is told in UTC."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from icalendar import Calendar, Event

from induction_portal.audit.record import canonical

from ..parts import Dated

PRODUCT = "-//Induction Portal//Dates//EN"
ASK_AGAIN = timedelta(hours=6)
FORM = 1  # goes up when the same dates are to be written differently


def fingerprint(dates: Sequence[Dated], name: str) -> str:
    """The SHA-256 of what is told, without when: the same while nothing has changed."""
    told = {"form": FORM, "name": name, "at": settings.PORTAL_URL, "dates": [asdict(each) for each in dates]}
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def as_calendar(dates: Sequence[Dated], *, name: str, revision: int, changed_at: datetime) -> bytes:
    """The whole feed: the same bytes for the same arguments. `revision` and `changed_at` are those of the feed."""
    calendar = Calendar()
    for key, value in {
        "prodid": PRODUCT, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH", "x-wr-calname": name,
        "x-wr-timezone": settings.TIME_ZONE, "x-published-ttl": "PT6H",
    }.items():  # fmt: skip
        calendar.add(key, value)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for each in dates:
        calendar.add_component(_event(each, revision, changed_at.astimezone(UTC).replace(microsecond=0)))
    return calendar.to_ical()


def uid_of(key: str) -> str:
    """The identifier of one entry, which says nothing of what it is."""
    return f"{uuid5(NAMESPACE_URL, f'{settings.PORTAL_URL}/{key}')}@{urlsplit(settings.PORTAL_URL).hostname}"


def _event(each: Dated, revision: int, changed_at: datetime) -> Event:
    link = settings.PORTAL_URL.rstrip("/") + each.url
    event = Event()
    event.add("uid", uid_of(each.key))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", revision - 1)
    event.add("summary", f"{each.about}: {each.says}" if each.about else each.says)
    event.add("dtstart", each.on)
    event.add("dtend", (each.until or each.on) + timedelta(days=1))  # the day after the last (RFC 5545, 3.6.1)
    event.add("description", "\n".join(filter(None, [each.note, f"Open it in the Induction Portal: {link}"])))
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
