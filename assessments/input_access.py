"""The door to input that was asked of colleagues: a record of the case; its own school's while the ECT is there.

A mentor has no part in it, whatever the school lets mentors read: it is evidence for an assessment (R79).
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from cases import access
from cases.models import Induction
from cases.service_access import NOBODY, holds_case
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .evidence_access import permissions_on
from .models import InputRequest


def visible_inputs(viewer: Viewer) -> QuerySet[InputRequest]:
    """Every request, answered or not, that this viewer may know exists; reading one takes the permission as well."""
    return access.visible_records(viewer, _requests())


def given_inputs(viewer: Viewer, induction: Induction) -> list[InputRequest]:
    """What colleagues said of the ECT of a case that came from `cases.access`, the latest first, with the answers."""
    if Permission.READ_INPUT not in permissions_on(viewer, induction):
        return []
    found = visible_inputs(viewer).filter(induction=induction, answered_on__isnull=False, nothing_to_say=False)
    return list(found.order_by("-answered_on", "pk").prefetch_related("answers"))


def input_request(viewer: Viewer, input_id: UUID) -> Found:
    """A request by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, _requests(), input_id)


def own_input(viewer: Viewer, input_id: UUID) -> Found:
    """A request that the viewer's school may send again, withdraw or read off: its own, while it holds the case."""
    found, roles, besides = input_request(viewer, input_id)
    return Found(found, roles if is_own_request(viewer, found) else NOBODY, besides)


def is_own_request(viewer: Viewer, asked: InputRequest) -> bool:
    """Whether a visible request was made by the viewer's school, and the school still has the case."""
    own = viewer.organisation is not None and viewer.organisation.pk == asked.school_id
    return own and holds_case(viewer, asked.induction)


def input_by(link_digest: str) -> InputRequest | None:
    """The request whose link has this digest, whatever became of it: for whom the link was mailed to."""
    rows = InputRequest.objects.of(link_digest).select_related("induction__teacher", "school", "body", "asked_by")
    return rows.first()


def may_see_input(user: User, input_id: UUID) -> bool:
    """Whether a user may read a request today in any of their capacities: asked before a message is delivered."""
    return access.may_read(user, input_id, find=input_request, needs=Permission.READ_INPUT)


def whose_inputs(viewer: Viewer, input_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these requests that the viewer may know of."""
    requests = visible_inputs(viewer).filter(pk__in=input_ids)
    return requests.values_list("pk", "induction__teacher__name")


def _requests() -> QuerySet[InputRequest]:
    return InputRequest.objects.select_related("induction__teacher", "school", "asked_by")
