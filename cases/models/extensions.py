"""An extension that a body decided at the end of an induction (R65)."""

import uuid

from django.db import models
from django.db.models import Q

from .people import Induction


class DecisionExtension(models.Model):
    """Terms to be served after the last part, one extension after the other: a fact of the clock, written by the
    decision that is to extend.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="decision_extensions")
    number = models.PositiveSmallIntegerField(help_text="Counts those of an induction, in the order they were decided")
    terms = models.DecimalField(max_digits=3, decimal_places=1, help_text="FTE terms")
    decided_on = models.DateField()
    set_aside_on = models.DateField(null=True, help_text="The day an appeal against it was allowed: none is served")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "number"], name="extension_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="extension_counts_from_one"),
            models.CheckConstraint(condition=Q(terms__gt=0), name="extension_has_a_length"),
        ]

    @property
    def stands(self) -> bool:
        """Whether it is to be served: no appeal against it was allowed (R66)."""
        return self.set_aside_on is None

    def __str__(self) -> str:
        return f"Extension {self.number}, {self.terms} terms"
