"""The door to bundles: only the appropriate body that asked for one knows of it, for as long as it may see the case."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from cases import access
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from ..models import CaseBundle


def visible_bundles(viewer: Viewer) -> QuerySet[CaseBundle]:
    """Every bundle that the viewer's own body asked for."""
    return CaseBundle.objects.filter(body=viewer.organisation).select_related("induction", "body", "asked_by")


def bundle(viewer: Viewer, bundle_id: UUID) -> Found:
    """A bundle by its id. Raises Http404 for one that the viewer may not know of."""
    found = visible_bundles(viewer).filter(pk=bundle_id).first() if viewer.organisation else None
    if found is None:
        raise Http404
    found.induction, roles, _ = access.case(viewer, found.induction_id)
    return Found(found, roles)


def maker_of(bundle: CaseBundle) -> Viewer:
    """Through whose eyes the worker reads: an officer of the body, as at the day on which the bundle was asked for."""
    return Viewer(bundle.asked_by, bundle.body, frozenset({Role.BODY_OFFICER}), bundle.asked_on)


def may_see_bundle(user: User, bundle_id: UUID) -> bool:
    """Whether a user may download a bundle today: asked before a message is delivered."""
    return access.may_read(user, bundle_id, find=bundle, needs=Permission.MAKE_BUNDLE)


def whose_bundles(viewer: Viewer, bundle_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these bundles that the viewer may know of."""
    if viewer.organisation is None:
        return CaseBundle.objects.none().values_list("pk", "induction__teacher__name")
    found = visible_bundles(viewer).filter(pk__in=bundle_ids, induction__in=access.visible_keys(viewer))
    return found.values_list("pk", "induction__teacher__name")
