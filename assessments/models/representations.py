"""What an ECT writes to the appropriate body before it decides (R61)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.models import CaseRecord
from induction_portal.accounts.models import User

from .signatures import Recommendation


class Representation(CaseRecord):
    """A letter of the ECT's to the body about one recommendation, or their word that it need not wait any longer.

    It stands as it was sent. The school is no party to it: the ECT and the body alone read it (R79).
    """

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="representations")
    text = models.TextField(blank=True)
    waives = models.BooleanField(help_text="The body need not wait for the rest of the 10 working days")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(help_text="The day it counts as sent")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(waives=True) | ~Q(text=""), name="representation_says_something"),
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(waives=True), name="representation_waived_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Representations of {self.on:%-d %B %Y}" if self.text else f"Waived on {self.on:%d %B %Y}"
