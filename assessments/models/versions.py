"""Sealed content: what was submitted, exactly, and who vouches for it."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models.sealed import Sealed
from cases.rules.standards import Rating as Level
from cases.rules.standards import Standard

from .reviews import ProgressReview

STANDARDS = [(standard.value, standard.label) for standard in Standard]


class Version(Sealed):
    """One submitted state of a review."""

    review = models.ForeignKey(ProgressReview, models.PROTECT, related_name="versions")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="version_sealed"),
        ]


class Rating(models.Model):
    """How one Teachers' Standard was rated, with the statement that a low rating asks for (R55)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="ratings")
    standard = models.CharField(max_length=3, choices=STANDARDS)
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.label) for level in Level])
    statement = models.TextField(blank=True)

    class Meta:
        ordering = ["standard"]
        constraints = [
            models.UniqueConstraint(fields=["version", "standard"], name="rating_one_a_standard"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="rating_one_to_five"),
            models.CheckConstraint(
                condition=Q(standard__in=[standard.value for standard in Standard]), name="rating_standard_known"
            ),
            models.CheckConstraint(condition=Q(level__gte=3) | ~Q(statement=""), name="rating_low_has_a_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.level}"


class Target(models.Model):
    """Something the ECT is to work on, agreed at a review (R52, R57)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="targets")
    place = models.PositiveSmallIntegerField()
    text = models.TextField()
    standard = models.CharField(max_length=3, choices=STANDARDS)
    due_on = models.DateField()
    success_criteria = models.TextField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="target_place_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(success_criteria=""), name="target_complete"),
            models.CheckConstraint(
                condition=Q(standard__in=[standard.value for standard in Standard]), name="target_standard_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Target {self.place}"
