"""The door to reviews: those of visible cases that came from, or were sent or handed over to, the viewer's own side."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from cases import access
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .models import ProgressReview


def visible_reviews(viewer: Viewer) -> QuerySet[ProgressReview]:
    """Every review that this viewer may know exists; reading one takes the permission as well."""
    return access.visible_records(viewer, _reviews())


def _reviews() -> QuerySet[ProgressReview]:
    return ProgressReview.objects.select_related("induction__teacher", "school", "body")


def review(viewer: Viewer, review_id: UUID) -> Found:
    """A review by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, _reviews(), review_id)


def own_review(viewer: Viewer, review_id: UUID) -> Found:
    """A review that the viewer's own side may write or answer: what was handed over to it is for reading only (R85).

    Raises Http404 as `review` does.
    """
    found = review(viewer, review_id)
    return found if is_own(viewer, found.subject) else Found(found.subject, frozenset())


def is_own(viewer: Viewer, review: ProgressReview) -> bool:
    """Whether a visible review is the ECT's own, was written at the viewer's school or was sent to their body."""
    return viewer.organisation is None or viewer.organisation.pk in (review.school_id, review.body_id)


def may_see_review(user: User, review_id: UUID) -> bool:
    """Whether a user may read a review today in any of their capacities: asked before a message is delivered."""
    return access.may_read(user, review_id, find=review, needs=Permission.READ_REVIEW)


def whose_reviews(viewer: Viewer, review_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these reviews that the viewer may know of."""
    reviews = visible_reviews(viewer).filter(pk__in=review_ids)
    return reviews.values_list("pk", "induction__teacher__name")
