"""The progress review: one for each term without a formal assessment (R48, R49)."""

from django.db import models
from django.db.models import F, Q

from cases.models import CaseRecord
from cases.rules.statuses import ReviewStatus
from induction_portal.accounts.models import User


class ProgressReview(CaseRecord):
    """A review that has been submitted at least once. What was submitted is in its versions; drafts are nobody else's
    business and live elsewhere.
    """

    number = models.PositiveSmallIntegerField(help_text="Review k falls due when k terms have elapsed (R50)")
    status = models.CharField(
        max_length=12, choices=[(s.value, s.label) for s in ReviewStatus if s is not ReviewStatus.DRAFT]
    )
    due_on = models.DateField(help_text="The day it was due when it was first submitted")
    period_starts_on = models.DateField(help_text="First day of what it looks back on")
    held_on = models.DateField()
    latest = models.PositiveSmallIntegerField(default=1, help_text="Number of the latest version")
    revision = models.PositiveSmallIntegerField(
        default=1, help_text="Counts every version, comment, reading and answer: which issue of the document is current"
    )
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who submitted the latest")
    submitted_on = models.DateField(help_text="The day the latest version was submitted")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "number"], name="review_one_for_each_term"),
            models.CheckConstraint(
                condition=Q(status__in=["submitted", "accepted", "returned"]), name="review_status_known"
            ),
            models.CheckConstraint(
                condition=Q(period_starts_on__lte=F("held_on")), name="review_period_starts_before_held"
            ),
            models.CheckConstraint(condition=Q(number__gte=1, latest__gte=1), name="review_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"Progress review {self.number}"

    @property
    def state(self) -> ReviewStatus:
        """The status, with its words."""
        return ReviewStatus(self.status)
