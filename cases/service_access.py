"""The doors to what may be changed in a case after registration: a school's own placement while it goes on, the body's
own case while it is responsible, the ECT's own service (SG 2.74, 5.2). Who has let a case go changes nothing.
"""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from .access import as_at, case, case_of_placement, visible_records
from .models import Agreement, Appointment, Induction, Placement, WorkingPattern

Row = TypeVar("Row", bound=Model)
BODY = frozenset({Role.BODY_OFFICER, Role.BODY_ADMIN})
NOBODY: frozenset[Role] = frozenset()


def is_own_now(viewer: Viewer, placement: Placement) -> bool:
    """Whether a placement is at the viewer's own school and goes on today, or is still to begin."""
    own = viewer.organisation is not None and placement.school_id == viewer.organisation.pk
    return own and not _is_over(placement, viewer.on)


def _is_over(placement: Placement, on: date) -> bool:
    return placement.ends_on is not None and placement.ends_on < on


def holds_case(viewer: Viewer, induction: Induction) -> bool:
    """Whether the viewer's school or body has to do with a visible case today."""
    return viewer.organisation is not None and as_at(viewer, induction) >= viewer.on


def placement(viewer: Viewer, placement_id: UUID) -> Found:
    """A placement that the viewer's school may change. Raises Http404 for a case they may not know of."""
    induction, roles, _ = case_of_placement(viewer, placement_id)
    found = next(each for each in induction.placements.all() if each.pk == placement_id)
    found.induction = induction
    return Found(found, roles if is_own_now(viewer, found) and holds_case(viewer, induction) else NOBODY)


def pattern(viewer: Viewer, pattern_id: UUID) -> Found:
    """A step of the working pattern that the viewer's school may correct."""
    found = _one(WorkingPattern.objects.select_related("placement__school"), pattern_id)
    return _of_school(viewer, found, found.placement)


def appointment(viewer: Viewer, appointment_id: UUID) -> Found:
    """An appointment that the viewer's school may end."""
    found = _one(Appointment.objects.select_related("placement__school", "user"), appointment_id)
    return _of_school(viewer, found, found.placement)


def own_pattern(viewer: Viewer, pattern_id: UUID) -> Found:
    """A step of the working pattern, for the ECT whose it is."""
    found = _one(WorkingPattern.objects.select_related("placement__school"), pattern_id)
    induction, roles, _ = case(viewer, found.placement.induction_id)
    found.placement.induction = induction
    return Found(found, roles)


def query(viewer: Viewer, agreement_id: UUID) -> Found:
    """A query that the viewer's school may answer. Raises Http404 for one that is not of the viewer's own side."""
    records = Agreement.objects.filter(answer=Agreement.Answer.QUERIED).select_related("placement", "by", "replied_by")
    found = _one(visible_records(viewer, records), agreement_id)
    return _of_school(viewer, found, found.placement)


def held_case(viewer: Viewer, case_id: UUID) -> Found:
    """A case that the viewer's school or body may change today."""
    induction, roles, _ = case(viewer, case_id)
    return Found(induction, roles if holds_case(viewer, induction) else NOBODY)


def going_on(viewer: Viewer, case_id: UUID) -> Found:
    """A case that goes on for the viewer: who has let it go has nothing of it left to plan."""
    found = case(viewer, case_id)
    return found if as_at(viewer, found.subject) >= viewer.on else Found(found.subject, NOBODY)


def body_case(viewer: Viewer, case_id: UUID) -> Found:
    """A case whose identity details the viewer's body may correct."""
    induction, roles, _ = held_case(viewer, case_id)
    return Found(induction, roles & BODY)


def _one(rows: QuerySet[Row], row_id: UUID) -> Row:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise Http404
    return found


def _of_school(viewer: Viewer, row: Model, placement: Placement) -> Found:
    induction, roles, _ = case(viewer, placement.induction_id)
    placement.induction = induction
    own = is_own_now(viewer, placement) and holds_case(viewer, induction)
    return Found(row, roles if own else NOBODY)
