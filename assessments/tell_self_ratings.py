"""Who is told of a self-rating: the tutor alone. The message says nothing of what it says."""

from uuid import UUID

from django.urls import reverse

from cases.access import may_read
from cases.people import tutors
from cases.rules.mailing import Topic
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from notifications import kinds, outbox

from .evidence_access import self_rating, whose_self_ratings
from .models import SelfRating

SHARED = "self_rating_shared"
SUBJECTS = {SHARED: "An ECT has shared a self-rating before a progress review"}


def register_kinds() -> None:
    """Make this kind of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_self_rating,
        about=whose_self_ratings,
        topic=Topic.REVIEWS,
    )


def shared(rating: SelfRating) -> None:
    """The tutor of the placement."""
    url = reverse("assessments:self_rating", args=[rating.pk])
    to = list(tutors(rating.placement))
    outbox.queue(SHARED, to=to, subject_id=rating.pk, organisation_id=rating.school_id, url=url, once="shared")


def may_see_self_rating(user: User, rating_id: UUID) -> bool:
    """Whether a user may read a self-rating today in any of their capacities."""
    return may_read(user, rating_id, find=self_rating, needs=Permission.READ_SELF_RATING)
