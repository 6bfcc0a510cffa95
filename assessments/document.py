"""The review as a document: what its PDF shows, and which issue of it is current."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from induction_portal.documents.models import IssuedDocument

from .models import ProgressReview
from .reading import reading_of

KIND = "progress_review"


def without_document(limit: int = 200) -> QuerySet:
    """Ids of reviews whose document, as they stand, has not been issued."""
    issued = IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef("pk"), version=OuterRef("revision"))
    return ProgressReview.objects.filter(~Exists(issued)).order_by("pk").values_list("pk", flat=True)[:limit]


def context(review: ProgressReview) -> dict[str, Any]:
    """What the PDF's template is given."""
    version = review.versions.get(number=review.latest)
    return {
        "title": f"{review}: {json.loads(version.content)['ect']}",
        "review": review,
        "version": version,
        "reading": reading_of(review, version),
    }


def filename(review: ProgressReview) -> str:
    """A name that files itself: no TRN, no other detail than the name on it."""
    name = "-".join(review.induction.teacher.sort_name.split())
    return f"progress-review-{review.number}-{name}.pdf"
