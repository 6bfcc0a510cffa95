"""The door to appeals: for who reads the decision and may know of appeals; what was written takes one permission more.

A mentor and an induction tutor know of none; a headteacher how far one is and when, not what is said in it (R79).
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from cases import access
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from ..models import Appeal, AppealReply, AppealRequest
from .access import decision, whose_decisions

BESIDE = ("decision__body", "decision__school", "decision__assessment", "induction__teacher", "school", "body")


def rows() -> QuerySet[Appeal]:
    """Appeals with what their pages, messages and documents name."""
    return Appeal.objects.select_related(*BESIDE)


def appeal(viewer: Viewer, appeal_id: UUID) -> Found:
    """An appeal by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, rows(), appeal_id)


def own_appeal(viewer: Viewer, appeal_id: UUID) -> Found:
    """An appeal against a decision of the viewer's own body: nobody else records it. Raises Http404 as `appeal`."""
    found = appeal(viewer, appeal_id)
    return found if _is_own(viewer, found.subject) else Found(found.subject, frozenset())


def own_request(viewer: Viewer, demand_id: UUID) -> Found:
    """What the Agency asked the viewer's own body for. Raises Http404 as `appeal` does."""
    row = AppealRequest.objects.filter(pk=demand_id).first()
    if row is None:
        raise Http404
    found = own_appeal(viewer, row.appeal_id)
    row.appeal = found.subject
    return Found(row, found.roles, found.besides)


def reply(viewer: Viewer, answer_id: UUID) -> Found:
    """A body's reply by its id. Raises Http404 as `appeal` does."""
    row = AppealReply.objects.select_related("by").filter(pk=answer_id).first()
    if row is None:
        raise Http404
    found = appeal(viewer, row.appeal_id)
    row.appeal = found.subject
    return Found(row, found.roles, found.besides)


def may_see_appeal(user: User, decision_id: UUID) -> bool:
    """Whether a user may know of an appeal against a decision today: asked before a message is delivered."""
    return access.may_read(user, decision_id, find=decision, needs=Permission.READ_APPEAL)


def whose(viewer: Viewer, decision_ids: Collection[UUID]) -> dict[UUID, str]:
    """The ECT's name for each of these decisions, for who may know of appeals."""
    return whose_decisions(viewer, decision_ids) if viewer.may(Permission.READ_APPEAL) else {}


def _is_own(viewer: Viewer, row: Appeal) -> bool:
    return viewer.organisation is not None and viewer.organisation.pk == row.body_id
