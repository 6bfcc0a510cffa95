"""The people of an organisation, for who looks after them: found, and told in rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.urls import reverse

from ..pages import Found
from .giving import given_by
from .hooks import unreached
from .models import Invitation, Membership, User
from .permissions import Role
from .viewer import Viewer

ROWS = 25


@dataclass(frozen=True, slots=True)
class Held:
    """One role that somebody holds, will hold or held."""

    name: str
    email: str
    role: str
    starts_on: date
    ends_on: date | None
    end_url: str
    give_url: str
    unreached: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who has not answered yet, and how their invitation stands."""

    name: str
    email: str
    role: str
    state: str
    colour: str
    url: str


def person(viewer: Viewer, person_id: UUID) -> Found:
    """Somebody who holds or held a role at the viewer's organisation. Raises Http404 for anybody else."""
    known = Membership.objects.filter(user=OuterRef("pk"), organisation=viewer.organisation)
    return _found(viewer, User.objects.filter(Exists(known), pk=person_id).first())


def membership(viewer: Viewer, membership_id: UUID) -> Found:
    """A role at the viewer's organisation. Raises Http404 for another's."""
    held = Membership.objects.filter(organisation=viewer.organisation).select_related("user", "organisation")
    return _found(viewer, held.filter(pk=membership_id).first())


def invitation(viewer: Viewer, invitation_id: UUID) -> Found:
    """An invitation to the viewer's organisation. Raises Http404 for another's, and for an ECT's to their record."""
    sent = Invitation.objects.filter(organisation=viewer.organisation, organisation__isnull=False)
    return _found(viewer, sent.select_related("organisation").filter(pk=invitation_id).first())


def _found(viewer: Viewer, row: Any) -> Found:
    if row is None:
        raise Http404
    return Found(row, viewer.roles)


def people_of(viewer: Viewer, asked: Mapping[str, str]) -> dict[str, Any]:
    """The open invitations, and a page of the roles: in force and to come, or with `show=former` those that ended."""
    former = asked.get("show") == "former"
    ended = Q(ends_on__lt=viewer.on)
    held = Membership.objects.filter(ended if former else ~ended, organisation=viewer.organisation)
    found = list(_after(held, asked.get("after", "")).select_related("user").order_by("user__name", "pk")[: ROWS + 1])
    invited = Invitation.objects.open().filter(organisation=viewer.organisation).order_by("name", "pk")
    lost = unreached({row.user_id for row in found})
    return {
        "invited": [] if former else [_invited(row, viewer.on) for row in invited[: 4 * ROWS]],
        "held": [_held(row, viewer, former=former, lost=lost) for row in found[:ROWS]],
        "next": str(found[ROWS - 1].pk) if len(found) > ROWS else "",
        "former": former,
    }


def _after(held: Any, after: str) -> Any:
    """The rows behind one that was the last of its page."""
    try:
        last = Membership.objects.select_related("user").filter(pk=UUID(after)).first()
    except ValueError:
        return held
    return (
        held.filter(Q(user__name__gt=last.user.name) | Q(user__name=last.user.name, pk__gt=last.pk)) if last else held
    )


def _held(row: Membership, viewer: Viewer, *, former: bool, lost: Collection[UUID]) -> Held:
    may_end = not former and row.ends_on is None and row.role in given_by(viewer.roles)
    return Held(
        name=row.user.name,
        email=row.user.email,
        role=Role(row.role).label,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        end_url=reverse("accounts:end_role", args=[row.pk]) if may_end else "",
        give_url=reverse("accounts:give_role", args=[row.user_id]),
        unreached=row.user_id in lost,
    )


def _invited(row: Invitation, on: date) -> Invited:
    state, colour = state_of(row, on)
    url = reverse("accounts:shown_invitation", args=[row.pk])
    return Invited(row.name, row.email, row.label, state, colour, url)


def state_of(row: Invitation, on: date) -> tuple[str, str]:
    """How an invitation stands on a day, and the colour of its tag."""
    if row.accepted_at:
        return "Accepted", "green"
    if row.withdrawn_at:
        return "Withdrawn", "grey"
    if row.failure:
        return "Not delivered", "red"
    if on > row.expires_on:
        return "Expired", "red"
    return ("Sent", "blue") if row.sent_at else ("Being sent", "yellow")
