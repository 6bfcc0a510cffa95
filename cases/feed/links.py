"""Whose link it is, and as whom its reader is answered: as that person today, or not at all."""

from dataclasses import dataclass
from datetime import date

from induction_portal.accounts.models import Membership
from induction_portal.accounts.models.invitations import digest
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from ..models import FeedLink


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks by a link that works."""

    link: FeedLink
    viewer: Viewer


def reader_by(token: str, *, on: date) -> Reader | None:
    """Whoever made the link with this secret; None for one that is unknown, was ended, or has died. Two queries."""
    known = FeedLink.objects.select_related("user", "organisation__trust", "read")
    link = known.filter(digest=digest(token), ended_on=None).first()
    viewer = _acting(link, on) if link else None
    return Reader(link, viewer) if link and viewer else None


def link_of(viewer: Viewer) -> FeedLink | None:
    """The viewer's link for whom they act for now, if they have made one and not ended it."""
    own = FeedLink.objects.filter(user=viewer.user, organisation=viewer.organisation, ended_on=None)
    return own.select_related("user", "organisation", "read").first()


def works(link: FeedLink, *, on: date) -> bool:
    """Whether a link is answered today."""
    return _acting(link, on) is not None


def _acting(link: FeedLink, on: date) -> Viewer | None:
    """The person as they act today. A link dies with the account, and with the last of the roles that they held when
    they made it: who comes back to a school later makes another.
    """
    if not link.user.is_active:
        return None
    if link.organisation is None:
        return Viewer(link.user, None, frozenset({Role.ECT}), on) if link.user.is_ect else None
    held = list(Membership.objects.filter(user=link.user, organisation=link.organisation).current(on=on))
    if not any(each.starts_on <= link.made_on for each in held):
        return None
    return Viewer(link.user, link.organisation, frozenset(Role(each.role) for each in held), on)
