"""Questions to exemptions where records were lost: who may know of one, and whether there is one."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import QuerySet

from cases import access
from cases.parts import Ended
from cases.rules.statuses import InductionStatus
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .models import Exemption, TrailSearch


def visible_searches(viewer: Viewer) -> QuerySet[TrailSearch]:
    """Every search for lost records that this viewer may know of."""
    return access.visible_records(viewer, TrailSearch.objects.select_related("body", "recorded_by"))


def visible_exemptions(viewer: Viewer) -> QuerySet[Exemption]:
    """Every exemption that this viewer may know of."""
    return access.visible_records(viewer, Exemption.objects.select_related("body", "decided_by", "induction__teacher"))


def exemption(viewer: Viewer, exemption_id: UUID) -> Found:
    """An exemption by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, Exemption.objects.select_related("body"), exemption_id)


def exempted(case_ids: Collection[UUID]) -> Mapping[UUID, Ended]:
    """Which inductions an exemption has ended, and when."""
    found = Exemption.objects.filter(induction__in=case_ids).values_list("induction", "decided_on")
    return {key: Ended(on, InductionStatus.EXEMPT.label) for key, on in found}


def may_see_exemption(user: User, exemption_id: UUID) -> bool:
    """Whether a user may read an exemption today: asked before a message is delivered."""
    return access.may_read(user, exemption_id, find=exemption, needs=Permission.READ_EXEMPTION)


def whose_exemptions(viewer: Viewer, exemption_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these exemptions that the viewer may know of."""
    found = visible_exemptions(viewer).filter(pk__in=exemption_ids)
    return found.values_list("pk", "induction__teacher__name")
