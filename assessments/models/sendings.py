"""A signed report on its way: sent to the appropriate body, accepted or returned."""

from django.db import models
from django.db.models import Q

from cases.models.sealed import Said

from .reports import AssessmentVersion


class Sending(Said):
    """A signed version was sent to the appropriate body, which has it from that moment: `at` is the time received."""

    version = models.OneToOneField(AssessmentVersion, models.PROTECT, related_name="sending")

    def __str__(self) -> str:
        return f"Sent on {self.on:%-d %B %Y}"


class AssessmentResponse(Said):
    """The appropriate body accepts a version, or returns it with comments."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"

    version = models.OneToOneField(AssessmentVersion, models.PROTECT, related_name="response")
    outcome = models.CharField(max_length=10, choices=Outcome)
    comments = models.TextField(blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["accepted", "returned"]), name="assessment_response_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="accepted") | ~Q(comments=""), name="assessment_return_has_comments"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.on:%-d %B %Y}"
