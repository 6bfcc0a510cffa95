"""Links for one's own calendar: made, ended, and read."""

import secrets
from datetime import date, datetime

from induction_portal.accounts.models import User
from induction_portal.accounts.models.invitations import digest
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import INSTALLATION, record

from ..models import FeedLink, FeedRead
from ..rules.errors import RuleBroken


@action
def make_feed(*, by: Viewer, on: date) -> tuple[FeedLink, str]:
    """A new link for the dates of this person as they act now, and its secret, which is kept nowhere. The one that they
    had is dead.
    """
    _end(by, on)
    token = secrets.token_urlsafe(32)
    link = FeedLink.objects.create(user=by.user, organisation=by.organisation, digest=digest(token), made_on=on)
    FeedRead.objects.create(link=link)
    record(by, Event.FEED_LINK_MADE, link, chain=INSTALLATION, on=on, after=_told(link))
    return link, token


@action
def end_feed(*, by: Viewer, on: date) -> FeedLink:
    """Nobody reads by the link any more. Raises RuleBroken where there is none."""
    link = _end(by, on)
    if link is None:
        raise RuleBroken("There is no calendar link to end")
    return link


@action
def note_read(*, link: FeedLink, fingerprint: str, at: datetime) -> FeedRead:
    """What a calendar programme is given now, and since when that has been so: the revision goes up when it changes."""
    read = link.read
    known = read.revision
    if fingerprint != read.fingerprint:
        read.fingerprint, read.changed_at, read.revision = fingerprint, at, known + 1
    # Two programmes at once tell the same change; a clock that was put back never precedes it.
    read.fetched_at = max(at, read.changed_at or at)
    FeedRead.objects.filter(pk=read.pk, revision=known).update(
        fetched_at=read.fetched_at, fingerprint=read.fingerprint, revision=read.revision, changed_at=read.changed_at
    )
    return read


def _end(by: Viewer, on: date) -> FeedLink | None:
    """End this person's link for whom they act for; the person is locked, so that two tabs make one link."""
    User.objects.select_for_update().get(pk=by.user.pk)
    link = FeedLink.objects.filter(user=by.user, organisation=by.organisation, ended_on=None).first()
    if link is None:
        return None
    link.ended_on = max(on, link.made_on)
    link.save(update_fields=["ended_on"])
    record(by, Event.FEED_LINK_ENDED, link, chain=INSTALLATION, on=on, after=_told(link))
    return link


def _told(link: FeedLink) -> dict[str, object]:
    """What the trail keeps of a link: neither its secret nor what tells it."""
    return {"user_id": link.user_id, "organisation_id": link.organisation_id, "ended_on": link.ended_on}
