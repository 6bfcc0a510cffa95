"""An assessment as a document: rendered once for each version that was signed by all."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.rules.statuses import AssessmentStatus
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch

from .models import Assessment, AssessmentVersion
from .report import report_of
from .standing import standing_of

KIND = "assessment"
TEMPLATE = "pdf/assessment.html"
COMPLETE = (AssessmentStatus.SIGNED, AssessmentStatus.SENT, AssessmentStatus.ACCEPTED, AssessmentStatus.RETURNED)


def without_document(limit: int = 200) -> QuerySet:
    """Ids of assessments that have been signed by all and whose document has not been issued."""
    issued = IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef("pk"), version=OuterRef("latest"))
    signed = Assessment.objects.filter(~Exists(issued), status__in=COMPLETE)
    return signed.order_by("pk").values_list("pk", flat=True)[:limit]


def issued(version: AssessmentVersion) -> IssuedDocument | None:
    """The document of a version, if it was signed by all and the worker has made it."""
    return fetch(subject_id=version.assessment_id, kind=KIND, version=version.number)


def context(assessment: Assessment) -> dict[str, Any]:
    """What the PDF's template is given: the latest sealed version, the ECT's comments, signatures, recommendation."""
    version = assessment.versions.get(number=assessment.latest)
    told, standing = json.loads(version.content), standing_of(assessment)
    return {
        "title": f"{assessment}" if version.number == 1 else f"{assessment}, version {version.number}",
        "organisation": assessment.school.name,
        "assessment": assessment,
        "version": version,
        "told": told,
        "report": report_of(told),
        "standing": standing,
        "fingerprint": version.sha256,
    }


def filename(assessment: Assessment) -> str:
    """A name that files itself: no TRN, no other detail than the name on it."""
    name = "-".join(assessment.induction.teacher.sort_name.split())
    return f"{assessment.kind}-assessment-{name}.pdf"
