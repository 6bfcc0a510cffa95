"""The door to registrations: the school that sent one, and the body that it named. Nobody else knows that it exists."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from induction_portal import clock
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission, Role, permissions_of
from induction_portal.accounts.viewer import Viewer, options
from induction_portal.pages import Found
from notifications.kinds import Names

from .models import Registration

REACHES = {
    Organisation.Kind.SCHOOL: frozenset({Role.HEADTEACHER, Role.SCHOOL_ADMIN}),
    Organisation.Kind.BODY: frozenset({Role.BODY_OFFICER, Role.BODY_ADMIN}),
}


def _reaching(viewer: Viewer) -> frozenset[Role]:
    kind = viewer.organisation.kind if viewer.organisation else None
    return viewer.roles & REACHES.get(kind, frozenset())  # type: ignore[call-overload]


def visible_registrations(viewer: Viewer) -> QuerySet[Registration]:
    """Every registration that the viewer's school sent, or that names the viewer's body."""
    registrations = Registration.objects.select_related("school", "body", "reported_by")
    if not _reaching(viewer):
        return registrations.none()
    return registrations.filter(Q(school=viewer.organisation) | Q(body=viewer.organisation))


def registration(viewer: Viewer, registration_id: UUID) -> Found:
    """A registration by its id. Raises Http404 for one that the viewer may not know of."""
    found = visible_registrations(viewer).filter(pk=registration_id).first()
    if found is None:
        raise Http404
    return Found(found, _reaching(viewer))


def may_see_registration(user: User, registration_id: UUID) -> bool:
    """Whether a user may read a registration today in any of their capacities: asked before a message is delivered."""
    return any(
        Permission.READ_REGISTRATION in permissions_of(_reaching(viewer))
        and visible_registrations(viewer).filter(pk=registration_id).exists()
        for viewer in options(user, on=clock.today())
    )


def whose_registrations(viewer: Viewer, registration_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these registrations that the viewer may know of."""
    return visible_registrations(viewer).filter(pk__in=registration_ids).values_list("pk", "name")
