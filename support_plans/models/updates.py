"""The updates that a school sends its appropriate body about a level (D27, D29)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.rules.support import Audience
from induction_portal.accounts.models import User

from .levels import LevelChange
from .records import SupportRecord, audience_known


class BodyUpdate(SupportRecord):
    """What the owner of a level told the body by a day on which it was due. It stands; the body acknowledges it once,
    with an answer or without.
    """

    level = models.ForeignKey(LevelChange, models.PROTECT, related_name="updates")
    number = models.PositiveSmallIntegerField(help_text="Which of the updates of its level")
    due_on = models.DateField(help_text="When it was due, as it stood when it was sent")
    progress = models.TextField(help_text="What was done, and what progress was seen")
    next_steps = models.TextField(blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_as = models.CharField(max_length=20, help_text="The role in which it was sent")
    sent_on = models.DateField()
    sent_at = models.DateTimeField(db_default=Now(), help_text="The database's time")
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            audience_known("body_update_of_the_case", Audience.CASE),
            models.UniqueConstraint(fields=["level", "number"], name="body_update_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=9), name="body_update_counts_from_one"),
            models.CheckConstraint(condition=~Q(progress="") & ~Q(sent_as=""), name="body_update_says_something"),
            models.CheckConstraint(
                condition=Q(acknowledged_by=None, acknowledged_on=None, answer="")
                | Q(acknowledged_by__isnull=False, acknowledged_on__gte=F("sent_on")),
                name="body_update_acknowledged_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["body"], condition=Q(acknowledged_on=None), name="body_update_unread")]

    def __str__(self) -> str:
        return f"Update {self.number}"
