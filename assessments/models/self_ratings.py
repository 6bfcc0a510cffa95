"""How the ECT sees themself before a progress review, once they have shared it with their tutor."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models import CaseRecord
from cases.models.standards import STANDARDS
from cases.rules.standards import Rating as Level
from cases.rules.standards import Standard


class SelfRating(CaseRecord):
    """What the ECT shared before a review. It stands; what is not shared yet is the ECT's own draft."""

    number = models.PositiveSmallIntegerField(help_text="Of the progress review that it was written for (R50)")
    shared_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "number"], name="self_rating_one_for_each_review"),
            models.CheckConstraint(condition=Q(number__gte=1), name="self_rating_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"Self-rating before progress review {self.number}"


class SelfStatement(models.Model):
    """What the ECT says of one Standard: a rating, their own words, or both."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    self_rating = models.ForeignKey(SelfRating, models.PROTECT, related_name="statements")
    standard = models.CharField(max_length=3, choices=STANDARDS)
    level = models.PositiveSmallIntegerField(null=True, choices=[(level.value, level.label) for level in Level])
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["standard"]
        constraints = [
            models.UniqueConstraint(fields=["self_rating", "standard"], name="self_statement_one_a_standard"),
            models.CheckConstraint(
                condition=Q(standard__in=[each.value for each in Standard]),
                name="self_statement_standard_known",
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__gte=1, level__lte=5), name="self_statement_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | ~Q(words=""), name="self_statement_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Of {self.standard}"

    @property
    def of(self) -> Standard:
        """The Standard, with its words."""
        return Standard(self.standard)

    @property
    def rated(self) -> str:
        """The rating in words; empty where none was given."""
        return Level(self.level).label if self.level else ""
