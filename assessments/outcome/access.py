"""The door to decisions and to what ECTs write before them (R79): a proposal is the body's own affair, representations
the ECT's and the body's.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from cases import access
from cases.models import Induction
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .. import assessment_access
from ..models import Decision, Recommendation
from .received import OF_ASSESSMENT, received

TEACHER = f"{OF_ASSESSMENT}__induction__teacher__name"


def visible_decisions(viewer: Viewer) -> QuerySet[Decision]:
    """Every decision that this viewer may know exists; reading one takes the permission as well."""
    return access.visible_records(viewer, _rows(viewer))


def _rows(viewer: Viewer) -> QuerySet[Decision]:
    rows = Decision.objects.select_related("induction__teacher", "school", "body", "assessment", "report", "by")
    if viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY:
        return rows.filter(Q(made_on__isnull=False) | Q(body=viewer.organisation))
    return rows.filter(made_on__isnull=False)


def decision(viewer: Viewer, decision_id: UUID) -> Found:
    """A decision by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, _rows(viewer), decision_id)


def own_decision(viewer: Viewer, decision_id: UUID) -> Found:
    """A decision that the viewer's own body made or proposes: nobody else has a role in it. Raises Http404 as
    `decision` does.
    """
    found = decision(viewer, decision_id)
    own = viewer.organisation is not None and viewer.organisation.pk == found.subject.body_id
    return found if own else Found(found.subject, frozenset())


def deciding_case(viewer: Viewer, case_id: UUID) -> Found:
    """A case that the viewer's body decides. Raises Http404 for a case that the viewer may not know of."""
    return access.responsible_case(viewer, case_id)


def recommendation(viewer: Viewer, recommendation_id: UUID) -> Found:
    """A recommendation that was received, by its id, for who may read the report it came with. Raises Http404."""
    row = received().filter(pk=recommendation_id).first()
    if row is None:
        raise Http404
    found = assessment_access.assessment(viewer, row.signature.version.assessment_id)
    row.assessment = found.subject
    return Found(row, found.roles, found.besides)


def may_see_decision(user: User, decision_id: UUID) -> bool:
    """Whether a user may read a decision today in any of their capacities: asked before a message is delivered."""
    return access.may_read(user, decision_id, find=decision, needs=Permission.READ_DECISION)


def may_see_representations(user: User, recommendation_id: UUID) -> bool:
    """Whether a user may read what an ECT writes about a recommendation, as `may_see_decision`."""
    return access.may_read(user, recommendation_id, find=recommendation, needs=Permission.READ_REPRESENTATIONS)


def whose_decisions(viewer: Viewer, decision_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these decisions that the viewer may know of."""
    found = visible_decisions(viewer).filter(pk__in=decision_ids)
    return found.values_list("pk", "induction__teacher__name")


def whose_recommendations(viewer: Viewer, recommendation_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these recommendations whose report the viewer may know of."""
    seen = assessment_access.visible_assessments(viewer).values("pk")
    found = Recommendation.objects.filter(pk__in=recommendation_ids, **{f"{OF_ASSESSMENT}__in": seen})
    return found.values_list("pk", TEACHER)


def may_read_decisions(viewer: Viewer, induction: Induction, may: frozenset[Permission]) -> QuerySet[Decision]:
    """The decisions of a visible case that this viewer may read."""
    rows = visible_decisions(viewer) if Permission.READ_DECISION in may else Decision.objects.none()
    return rows.filter(induction=induction)


def seen_decisions(viewer: Viewer, induction: Induction, may: frozenset[Permission]) -> list[Decision]:
    """The same, the earliest first; a page that asks several times reads them once.

    Until a recommendation was sent there are none, which the case's deadlines tell without another question.
    """
    if not is_recommended(induction):
        return []
    if not hasattr(induction, "seen_decisions"):
        rows = may_read_decisions(viewer, induction, may).select_related("assessment", "appeal", "appeal_time")
        induction.seen_decisions = list(rows.order_by("at"))
    return induction.seen_decisions


def is_recommended(induction: Induction) -> bool:
    """Whether the body has, or had, a recommendation to decide on, of a case whose deadlines were fetched."""
    return any(row.code == "D11" for row in induction.deadlines.all())
