"""An assessment as a document: rendered once for each version that was signed by all."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.rules.signing import ORDER
from cases.rules.statuses import AssessmentStatus
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch

from .assessment_reading import reading_of
from .models import Assessment, AssessmentVersion
from .paper_words import heard, signed
from .standing import standing_of
from .tasks import render_assessment_later

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


def ask_again(assessment: Assessment) -> None:
    """Ask the worker for a document that somebody is waiting for."""
    render_assessment_later(assessment)


def context(assessment: Assessment) -> dict[str, Any]:
    """What the PDF's template is given: the latest sealed version, the ECT's comments, signatures, recommendation."""
    version = assessment.versions.get(number=assessment.latest)
    standing = standing_of(assessment)
    return {
        "title": f"{assessment}" if version.number == 1 else f"{assessment}, version {version.number}",
        "organisation": assessment.school.name,
        "version": version,
        "reading": reading_of(json.loads(version.content)),
        "heard": [heard(said) for said in standing.said],
        "signatures": [signed(standing.answers[role]) for role in ORDER],
        "recommendation": standing.recommendation,
        "fingerprint": version.sha256,
    }


def filename(assessment: Assessment) -> str:
    """A name that files itself: no TRN, no other detail than the name on it."""
    name = "-".join(assessment.induction.teacher.sort_name.split())
    return f"{assessment.kind}-assessment-{name}.pdf"
