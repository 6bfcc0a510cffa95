"""What no fact of the portal shows: that something was done elsewhere (R90)."""

from django.db import models
from django.db.models import F, Q

from induction_portal.accounts.models import User

from ..rules.deadline_rules import BY_HAND
from .records import CaseRecord


class HandRecord(CaseRecord):
    """Somebody of the body recorded that a step was done, and on which day. It closes the step's deadline (R90).

    `code` and `number` are the deadline's: D3, the second. `body` is the one that recorded it.
    """

    code = models.CharField(max_length=3, choices=[(code, code) for code in BY_HAND])
    number = models.PositiveSmallIntegerField(help_text="Which of its kind in this case")
    done_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        ordering = ["code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "code", "number"], name="hand_record_once"),
            models.CheckConstraint(condition=Q(code__in=BY_HAND), name="hand_record_code_known"),
            models.CheckConstraint(condition=Q(done_on__lte=F("recorded_on")), name="hand_record_not_of_the_future"),
        ]

    def __str__(self) -> str:
        return f"{self.code} done on {self.done_on}"
