"""What the page of a review shows to the person who opens it."""

from typing import Any

from django.http import HttpRequest

from cases.frame import frame
from cases.models import Induction
from cases.rules.reviews import due_to_body
from cases.rules.statuses import ReviewStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .access import is_own
from .asking import policies_for, sides
from .evidence_access import permissions_on, visible_self_ratings
from .forms import AcceptanceForm, AcknowledgementForm
from .models import ProgressReview, SelfStatement, Version
from .reading import reading_of

COLOURS = {ReviewStatus.SUBMITTED: "blue", ReviewStatus.ACCEPTED: "green", ReviewStatus.RETURNED: "orange"}


def review_context(request: HttpRequest, review: ProgressReview) -> dict[str, Any]:
    """Everything of the page: the version asked for (the latest unless `?version=`), its comments and answers, and what
    this viewer may do next.
    """
    versions = list(review.versions.select_related("sealed_by"))
    version = _version_asked_for(request, versions)
    responses = list(review.responses.select_related("by", "version"))
    return frame(request, review.induction) | {
        "title": str(review),
        "review": review,
        "colour": COLOURS[review.state],
        "version": version,
        "versions": versions,
        "is_latest": version.number == review.latest,
        "reading": reading_of(review, version),
        "comments": list(review.comments.select_related("author", "version")),
        "read": review.acknowledgements.filter(version__number=review.latest).first(),
        "returned": next((r for r in reversed(responses) if r.outcome == "returned"), None),
        "accepted": next((r for r in responses if r.outcome == "accepted"), None),
        **_timing(review, versions[0]),
        "may": _may(request, review),
    }


def self_statements(viewer: Viewer, induction: Induction, number: int) -> list[SelfStatement]:
    """What the ECT shared of themself before this review, for who may read it."""
    if Permission.READ_SELF_RATING not in permissions_on(viewer, induction):
        return []
    shared = visible_self_ratings(viewer).filter(induction=induction, number=number)
    return list(SelfStatement.objects.filter(self_rating__in=shared.values("pk")))


def _timing(review: ProgressReview, first: Version) -> dict[str, Any]:
    """By when the body answers, and by when the school should have sent the review, if it came later (D5)."""
    policies = policies_for([review])
    sent_by = due_to_body(review.held_on, policies.on(review.held_on, **sides(review)).review_within_days)
    answer = policies.on(review.submitted_on, **sides(review)).review_answer_days
    return {
        "body_answers_by": due_to_body(review.submitted_on, answer),
        "sent_late": sent_by if first.sealed_on > sent_by else None,
    }


def _may(request: HttpRequest, review: ProgressReview) -> dict[str, Any]:
    """What to offer: a link, or a form that is a button alone."""
    held = request.permissions if is_own(request.viewer, review) else frozenset()
    waiting = review.state is ReviewStatus.SUBMITTED
    acting = {"acting": request.viewer}
    responds = Permission.RESPOND_TO_REVIEW in held and waiting
    comments = Permission.COMMENT_ON_REVIEW in held
    unread = comments and not review.acknowledgements.filter(version__number=review.latest).exists()
    return {
        "comment": comments,
        "acknowledge": AcknowledgementForm(**acting) if unread else None,
        "accept": AcceptanceForm(version=review.latest, **acting) if responds else None,
        "return": responds,
        "correct": Permission.WRITE_REVIEW in held and review.state is ReviewStatus.RETURNED,
    }


def _version_asked_for(request: HttpRequest, versions: list[Version]) -> Version:
    asked = request.GET.get("version", "")
    return next((v for v in versions if str(v.number) == asked), versions[-1])
