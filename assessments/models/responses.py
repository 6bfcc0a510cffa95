"""What follows a submitted review: the ECT's comments, who has read it, and the body's answer."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from induction_portal.accounts.models import User

from .reviews import ProgressReview
from .versions import Version


class Comment(models.Model):
    """What the ECT says about a review. Each stands as it was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(ProgressReview, models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField()
    on = models.DateField(help_text="The day it counts as done")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    def __str__(self) -> str:
        return f"Comment of {self.on:%-d %B %Y}"


class Acknowledgement(models.Model):
    """The ECT has read a version of a review. It means no agreement, and blocks nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(ProgressReview, models.PROTECT, related_name="acknowledgements")
    version = models.OneToOneField(Version, models.PROTECT, related_name="acknowledgement")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(help_text="The day it counts as done")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"Read on {self.on:%-d %B %Y}"


class BodyResponse(models.Model):
    """The appropriate body accepts a version of a review, or returns it with comments."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(ProgressReview, models.PROTECT, related_name="responses")
    version = models.OneToOneField(Version, models.PROTECT, related_name="response")
    outcome = models.CharField(max_length=10, choices=Outcome)
    comments = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(help_text="The day it counts as done")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["accepted", "returned"]), name="response_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="accepted") | ~Q(comments=""), name="response_return_has_comments"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.on:%-d %B %Y}"
