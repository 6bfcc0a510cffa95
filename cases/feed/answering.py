"""Answering a calendar programme: the dates as they are now, what they were last time, and that somebody asked."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.models.invitations import digest
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.access import log_access
from induction_portal.pages import tell_database

from .. import actions
from ..forms.feeds import EndFeedForm, MakeFeedForm
from ..models import FeedLink
from .days import dates_of
from .ical import as_calendar, fingerprint
from .links import link_of, reader_by, works

ONCE, ONCE_FOR = "calendar_link", 300  # the cookie that carries a new link to the page that shows it; seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """The feed, and what tells a programme whether it has this already."""

    content: bytes
    etag: str
    changed_at: datetime


def answer_to(token: str) -> Answer | None:
    """What the reader with this secret is given; None where the link does not work. At most twelve queries, each part's
    one included. The read goes to the log of reads, once an hour.
    """
    now = clock.now()
    reader = reader_by(token, on=clock.today())
    if reader is None:
        return None
    tell_database(reader.viewer)
    dates, name = dates_of(reader.viewer), _name(reader.viewer)
    read = actions.note_read(link=reader.link, fingerprint=fingerprint(dates, name), at=now)
    log_access(reader.viewer, reader.link, at=now)
    content = as_calendar(dates, name=name, revision=read.revision, changed_at=read.changed_at)
    return Answer(content, f'"{read.fingerprint[:32]}-{read.revision}"', read.changed_at)


def _name(viewer: Viewer) -> str:
    return f"Induction Portal: {viewer.organisation.name if viewer.organisation else 'your induction'}"


def feed_context(request: HttpRequest) -> dict[str, Any]:
    """The page about one's own link; the link itself is on it once, straight after it was made."""
    viewer = request.viewer
    link = link_of(viewer)
    return {
        "title": "Your calendar",
        "back": reverse("accounts:account"),
        "link": link,
        "works": link is not None and works(link, on=viewer.on),
        "address": _address(request, link),
        "make": MakeFeedForm(acting=viewer, again=link is not None),
        "end": EndFeedForm(acting=viewer),
    }


def _address(request: HttpRequest, link: FeedLink | None) -> str:
    token = request.COOKIES.get(ONCE, "")
    if link is None or not hmac.compare_digest(digest(token), link.digest):
        return ""
    return settings.PORTAL_URL.rstrip("/") + reverse("cases:feed_file", args=[token])
