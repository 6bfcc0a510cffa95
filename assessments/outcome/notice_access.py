"""The door to notices: the body reads each that it gave, the ECT and the headteacher the one to them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from cases import access
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from ..models import Notice
from .notice_document import rows


def visible_notices(viewer: Viewer) -> QuerySet[Notice]:
    """Every notice that this viewer may know exists; reading one takes the permission as well."""
    return access.visible_records(viewer, _rows(viewer))


def _rows(viewer: Viewer) -> QuerySet[Notice]:
    if viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY:
        return rows()
    return rows().filter(recipient=viewer.user)


def notice(viewer: Viewer, given_id: UUID) -> Found:
    """A notice by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, _rows(viewer), given_id)


def own_notice(viewer: Viewer, given_id: UUID) -> Found:
    """A notice of the viewer's own body: nobody else has a role in it. Raises Http404 as `notice` does."""
    found = notice(viewer, given_id)
    own = viewer.organisation is not None and viewer.organisation.pk == found.subject.body_id
    return found if own else Found(found.subject, frozenset())


def may_see_notice(user: User, notice_id: UUID) -> bool:
    """Whether a user may read a notice today in any of their capacities: asked before a message is delivered."""
    return access.may_read(user, notice_id, find=notice, needs=Permission.READ_DECISION)


def whose_notices(viewer: Viewer, notice_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these notices that the viewer may know of."""
    found = visible_notices(viewer).filter(pk__in=notice_ids)
    return found.values_list("pk", "induction__teacher__name")
