"""The doors to absences: who reads them, and who may do what about them (R29, R38, R79)."""

from uuid import UUID

from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from .access import case, record
from .frame import own_placement
from .models import Absence, AbsenceNotice
from .service_access import BODY, NOBODY, holds_case, is_own_now

ROWS = Absence.objects.select_related("placement__school", "recorded_by", "confirmed_by")
SCHOOL = frozenset({Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN})


def absence(viewer: Viewer, absence_id: UUID) -> Found:
    """An absence of the viewer's own side. Raises Http404 for any other (R79, R85)."""
    found = record(viewer, ROWS, absence_id)
    found.subject.placement.induction = found.subject.induction
    return found


def own_absence(viewer: Viewer, absence_id: UUID) -> Found:
    """An absence that the viewer's school may change: of its own placement, while that goes on."""
    found, roles, besides = absence(viewer, absence_id)
    own = is_own_now(viewer, found.placement) and holds_case(viewer, found.induction)
    return Found(found, roles if own else NOBODY, besides)


def body_absence(viewer: Viewer, absence_id: UUID) -> Found:
    """An absence of a case that the viewer's body is responsible for."""
    found, roles, besides = absence(viewer, absence_id)
    return Found(found, roles & BODY if holds_case(viewer, found.induction) else NOBODY, besides)


def recording(viewer: Viewer, case_id: UUID) -> Found:
    """A case at whose own placement the viewer's school may record an absence."""
    found, roles, besides = case(viewer, case_id)
    placement = own_placement(found, viewer)
    own = placement is not None and is_own_now(viewer, placement) and holds_case(viewer, found)
    return Found(found, roles if own else NOBODY, besides)


def notice(viewer: Viewer, notice_id: UUID) -> Found:
    """A note that a figure was reached, for who has to answer it: a warning the school, the notice of 30 days its
    headteacher and the body.
    """
    found, roles, besides = record(viewer, AbsenceNotice.objects.select_related("placement__school"), notice_id)
    if not holds_case(viewer, found.induction):
        return Found(found, NOBODY, besides)
    answering = BODY | {Role.HEADTEACHER} if found.is_to_body else SCHOOL
    own = viewer.organisation is not None and viewer.organisation.pk in (found.school_id, found.body_id)
    return Found(found, roles & answering if own else NOBODY, besides)
