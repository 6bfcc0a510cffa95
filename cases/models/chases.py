"""A body has asked a school for what is overdue."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import User

from .people import Induction
from .records import CaseRecord


class Chase(CaseRecord):
    """One request for everything of a case that was overdue: from which body, to which school, and by whom.

    `line` is the officer's own, read in the portal alone: no mail carries it.
    """

    line = models.CharField(max_length=300, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_on = models.DateField()
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-sent_on", "id"]
        indexes = [models.Index(fields=["induction", "-sent_on"], name="chase_latest_of_case")]

    def __str__(self) -> str:
        return f"Request of {self.sent_on}"


class ChasedStep(models.Model):
    """One thing that was asked for: a kind of deadline, what it was called and since when it was due.

    A case is asked for the same kind once a day, whoever asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chase = models.ForeignKey(Chase, models.PROTECT, related_name="steps")
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    says = models.CharField(max_length=200)
    due_on = models.DateField()
    sent_on = models.DateField()

    class Meta:
        ordering = ["due_on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "kind", "sent_on"], name="chased_once_a_day"),
            models.CheckConstraint(condition=Q(due_on__lt=F("sent_on")), name="chased_only_when_late"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(says=""), name="chased_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, due {self.due_on}"
