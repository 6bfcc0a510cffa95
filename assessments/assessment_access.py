"""The door to assessments: as to reviews, but an appropriate body knows of none before it was sent one (R53, R79)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from cases import access
from cases.models import Induction
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .models import Assessment, AssessmentVersion, HeadLetter, Sending


def visible_assessments(viewer: Viewer) -> QuerySet[Assessment]:
    """Every assessment that this viewer may know exists; reading one takes the permission as well."""
    return access.visible_records(viewer, _rows(viewer))


def _rows(viewer: Viewer) -> QuerySet[Assessment]:
    rows = Assessment.objects.select_related("induction__teacher", "school", "body", "placement")
    return rows.filter(sent__gte=1) if _is_body(viewer) else rows


def _is_body(viewer: Viewer) -> bool:
    return viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY


def sent_on(order: str) -> Subquery:
    """For assessments: the day on which each was sent to the body, the first time ("at") or the last ("-at")."""
    sendings = Sending.objects.filter(version__assessment=OuterRef("pk"))
    return Subquery(sendings.order_by(order).values("on")[:1])


def seen_assessments(viewer: Viewer, induction: Induction) -> list[Assessment]:
    """The assessments of a case that this viewer may know of, each with the day on which it was first sent and whether
    a headteacher's letter came with it; a page that asks several times reads them once.
    """
    if not hasattr(induction, "seen_assessments"):
        letters = HeadLetter.objects.filter(signature__version__assessment=OuterRef("pk"))
        rows = visible_assessments(viewer).filter(induction=induction)
        induction.seen_assessments = list(rows.annotate(sent_on=sent_on("at"), has_letter=Exists(letters)))
    return induction.seen_assessments


def assessment(viewer: Viewer, assessment_id: UUID) -> Found:
    """An assessment by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, _rows(viewer), assessment_id)


def own_assessment(viewer: Viewer, assessment_id: UUID) -> Found:
    """An assessment that the viewer's own side may write, sign or answer: what was handed over is for reading (R85).

    Raises Http404 as `assessment` does.
    """
    found = assessment(viewer, assessment_id)
    return found if is_own(viewer, found.subject) else Found(found.subject, frozenset())


def is_own(viewer: Viewer, assessment: Assessment) -> bool:
    """Whether a visible assessment is the ECT's own, was written at the viewer's school or was sent to their body."""
    return viewer.organisation is None or viewer.organisation.pk in (assessment.school_id, assessment.body_id)


def seen_versions(viewer: Viewer, assessment: Assessment) -> QuerySet[AssessmentVersion]:
    """The versions that a viewer of the assessment may read: a body, and who was handed it over, those up to the one
    that the body has.
    """
    versions = AssessmentVersion.objects.filter(assessment=assessment).select_related("sealed_by", "comment")
    inside = viewer.organisation is None or viewer.organisation.pk == assessment.school_id
    return versions if inside else versions.filter(number__lte=assessment.sent)


def may_see_assessment(user: User, assessment_id: UUID) -> bool:
    """Whether a user may read an assessment today in any of their capacities: asked before a message is delivered."""
    return access.may_read(user, assessment_id, find=assessment, needs=Permission.READ_ASSESSMENT)


def whose_assessments(viewer: Viewer, assessment_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these assessments that the viewer may know of."""
    found = visible_assessments(viewer).filter(pk__in=assessment_ids)
    return found.values_list("pk", "induction__teacher__name")
