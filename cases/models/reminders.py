"""What has been said of a deadline: a row for each step of the ladder, so that none is said twice (R90)."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ..rules.reminders import AFTER, AT_ONCE, BEFORE, LAST_DAY
from .people import Induction

STEPS = [*(-days for days in BEFORE), AT_ONCE, LAST_DAY, *AFTER]


class Reminder(models.Model):
    """One step of one deadline was said, to whoever had to hear it then; the messages hang on it by its id.

    It names the deadline and not its row, which is written anew whenever the case is reckoned. A deadline that moves to
    another day is another one: what was said of the old day counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=40, help_text="The deadline's kind")
    number = models.PositiveSmallIntegerField(default=0, help_text="Which of its kind")
    due_on = models.DateField()
    step = models.SmallIntegerField(help_text="Working days from the day it is due; negative before it")
    said_on = models.DateField(help_text="The day of the sweep that said it")
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["said_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["induction", "kind", "number", "due_on", "step"], name="reminder_said_once"
            ),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="reminder_step_known"),
        ]

    def __str__(self) -> str:
        return f"Step {self.step} of what is due on {self.due_on}"
