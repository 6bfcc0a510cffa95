"""The doors to the papers of a plan: who signs one, and who puts one right (R79)."""

from uuid import UUID

from cases.service_access import NOBODY, holds_case, is_own_now
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from ..models import Plan
from ..plans.access import plan as find_plan
from .standing import TUTORS


def plan_to_sign(viewer: Viewer, plan_id: UUID) -> Found:
    """A plan for its ECT, whenever, and for the tutor of the school where the ECT is."""
    found = find_plan(viewer, plan_id)
    return Found(found.subject, signing_roles(viewer, found.subject, found.roles))


def signing_roles(viewer: Viewer, plan: Plan, roles: frozenset[Role]) -> frozenset[Role]:
    """Those of the roles in which a viewer reaches a plan in which they may sign it."""
    if viewer.organisation is None:
        return roles & {Role.ECT}
    own = is_own_now(viewer, plan.placement) and holds_case(viewer, plan.induction)
    return roles & TUTORS if own and viewer.organisation.pk == plan.school_id else NOBODY
