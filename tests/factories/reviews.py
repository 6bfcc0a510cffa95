"""Progress reviews and what hangs on them, without the actions."""

import hashlib
from datetime import date

from factory import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from assessments.models import Acknowledgement, BodyResponse, Comment, ProgressReview, Rating, Target, Version

from .accounts import UserFactory
from .cases import PlacementFactory

DAY = date(2025, 12, 15)


class ProgressReviewFactory(DjangoModelFactory):
    class Meta:
        model = ProgressReview

    placement = SubFactory(PlacementFactory)
    induction = SelfAttribute("placement.induction")
    school = SelfAttribute("placement.school")
    body = SelfAttribute("placement.reported_body")
    number = 1
    status = "submitted"
    due_on = date(2025, 12, 19)
    period_starts_on = SelfAttribute("placement.starts_on")
    held_on = date(2025, 12, 12)
    submitted_by = SubFactory(UserFactory)
    submitted_on = DAY


class VersionFactory(DjangoModelFactory):
    class Meta:
        model = Version

    review = SubFactory(ProgressReviewFactory)
    number = Sequence(lambda n: n + 1)
    content = "{}"
    sha256 = hashlib.sha256(b"{}").hexdigest()
    sealed_by = SelfAttribute("review.submitted_by")
    sealed_on = DAY


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = Rating

    version = SubFactory(VersionFactory)
    standard = "TS1"
    level = 3


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    version = SubFactory(VersionFactory)
    place = 1
    text = "Ask a hinge question"
    standard = "TS6"
    due_on = date(2026, 2, 1)
    success_criteria = "Seen in two visits"


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    version = SubFactory(VersionFactory)
    review = SelfAttribute("version.review")
    author = SubFactory(UserFactory)
    text = "A fair picture"
    on = DAY


class AcknowledgementFactory(DjangoModelFactory):
    class Meta:
        model = Acknowledgement

    version = SubFactory(VersionFactory)
    review = SelfAttribute("version.review")
    by = SubFactory(UserFactory)
    on = DAY


class BodyResponseFactory(DjangoModelFactory):
    class Meta:
        model = BodyResponse

    version = SubFactory(VersionFactory)
    review = SelfAttribute("version.review")
    outcome = "accepted"
    by = SubFactory(UserFactory)
    on = DAY
