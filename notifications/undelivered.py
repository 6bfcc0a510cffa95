"""Whom mail does not reach, and who has to know: the administrators of the organisation that looks after them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from induction_portal import clock
from induction_portal.accounts.models import Membership
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from . import kinds
from .models import DIGEST, Message, Undelivered

ROWS = 50


def note(message: Message, failure: str, *, to_address: bool) -> None:
    """A message was given up: somebody has to see to whom it was for. In the caller's transaction."""
    statutory, about = kinds.get(message.kind).statutory, _about(message)
    whose = {"recipient": message.recipient, "settled": ""}
    if message.recipient is None:
        whose |= {"address": message.address, "organisation_id": message.organisation_id}
    row, is_new = Undelivered.objects.get_or_create(
        **whose,
        defaults={
            "addressee": message.addressee,
            "organisation_id": about,
            "first": message,
            "to_address": to_address,
            "statutory": statutory,
            "failure": failure,
        },
    )
    if not is_new:
        known = Undelivered.objects.filter(pk=row.pk)
        known.update(count=F("count") + 1, last_at=clock.now(), failure=failure, to_address=to_address)
        if statutory:
            known.update(statutory=True)
        if about:
            known.update(organisation_id=about)


def _about(message: Message) -> UUID | None:
    """The organisation that a message is about; of a mail of several, that of the latest line with one."""
    if message.kind != DIGEST:
        return message.organisation_id
    lines = message.lines.exclude(organisation_id=None).order_by("-pk")
    return lines.values_list("organisation_id", flat=True).first()


def undelivered_of(viewer: Viewer) -> QuerySet[Undelivered]:
    """What the viewer's organisation has to see to, or has seen to: of whoever holds a role there today; of those who
    hold none anywhere, an ECT or somebody without an account, what was about this organisation.
    """
    if viewer.organisation is None:
        return Undelivered.objects.none()
    held = Membership.objects.current(on=viewer.on).filter(user=OuterRef("recipient"))
    here = Exists(held.filter(organisation=viewer.organisation))
    about_us = Q(organisation_id=viewer.organisation.pk) & ~Exists(held)
    return Undelivered.objects.filter(here | about_us).select_related("recipient")


def one_page(viewer: Viewer, most: int = ROWS) -> tuple[list[Undelivered], bool]:
    """The statutory first, then the oldest; and whether there are more."""
    found = list(undelivered_of(viewer).filter(settled="").order_by("-statutory", "since", "pk")[: most + 1])
    return found[:most], len(found) > most


def is_ours(viewer: Viewer, row: Undelivered) -> bool:
    """Whether it is somebody with a role at the viewer's organisation, whose address they look after: an ECT's is the
    ECT's own.
    """
    if row.recipient_id is None or viewer.organisation is None:
        return False
    held = Membership.objects.current(on=viewer.on).filter(user=row.recipient_id)
    return held.filter(organisation=viewer.organisation).exists()


def problem(viewer: Viewer, undelivered_id: UUID) -> Found:
    """One of them. Raises Http404 for another organisation's."""
    row = undelivered_of(viewer).filter(pk=undelivered_id).first()
    if row is None:
        raise Http404
    return Found(row, viewer.roles)


def without_mail(users: Collection[UUID]) -> set[UUID]:
    """Those of many people whom mail does not reach today."""
    return set(Undelivered.objects.filter(recipient__in=users, settled="").values_list("recipient", flat=True))


def without_address(users: Collection[UUID]) -> set[UUID]:
    """Those of many people whose address is refused today."""
    known = Undelivered.objects.filter(recipient__in=users, settled="", to_address=True)
    return set(known.values_list("recipient", flat=True))


def given_up(row: Undelivered) -> QuerySet[Message]:
    """The messages that were given up since the problem began, each by itself, but for those whose owner has been told
    of it and sends again by other means, as a body does a notice.
    """
    owned = [kind.name for kind in kinds.registered() if kind.on_sent or kind.on_lost or kind.name == DIGEST]
    # The lines of a mail are older than it.
    began = Q(pk__gte=row.first_id) | Q(digest__gte=row.first_id)
    since = Message.objects.filter(began, status="abandoned").exclude(kind__in=owned)
    if row.recipient_id:
        return since.filter(recipient=row.recipient_id)
    return since.filter(recipient=None, address=row.address, organisation_id=row.organisation_id)
