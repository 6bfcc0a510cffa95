"""The review as a document: what its PDF shows, and which issue of it is current."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch

from .models import ProgressReview
from .reading import reading_of
from .tasks import render_later

KIND = "progress_review"


def without_document(limit: int = 200) -> QuerySet:
    """Ids of reviews whose document, as they stand, has not been issued."""
    issued = IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef("pk"), version=OuterRef("revision"))
    return ProgressReview.objects.filter(~Exists(issued)).order_by("pk").values_list("pk", flat=True)[:limit]


def issued(review: ProgressReview) -> IssuedDocument | None:
    """The document of the review as it stands, if the worker has made it."""
    return fetch(subject_id=review.pk, kind=KIND, version=review.revision)


def ask_again(review: ProgressReview) -> None:
    """Ask the worker for a document that somebody is waiting for."""
    render_later(review)


def context(review: ProgressReview) -> dict[str, Any]:
    """What the PDF's template is given: the latest sealed version, and what was said of the review so far."""
    version = review.versions.get(number=review.latest)
    return {
        "title": str(review) if review.latest == 1 else f"{review}, version {review.latest}",
        "organisation": review.school.name,
        "reading": reading_of(review, version),
        "comments": list(review.comments.select_related("author")),
        "read": review.acknowledgements.filter(version=version).first(),
        "responses": list(review.responses.select_related("by", "version")),
        "fingerprint": version.sha256,
    }


def filename(review: ProgressReview) -> str:
    """A name that files itself: no TRN, no other detail than the name on it."""
    name = "-".join(review.induction.teacher.sort_name.split())
    return f"progress-review-{review.number}-{name}.pdf"
