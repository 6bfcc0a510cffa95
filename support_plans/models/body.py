"""What an appropriate body does for an ECT on support: it speaks to them, observes with the school, notes (D30)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.rules.following import Did
from cases.rules.support import Audience
from induction_portal.accounts.models import User

from .levels import LevelChange
from .records import SupportRecord, audience_known


class BodyRecord(SupportRecord):
    """One thing that an officer did, as they told it; it stands. The school reads it where the officer says so, the ECT
    always: what is kept of them in the portal is theirs to read (R78).
    """

    class How(models.TextChoices):
        VISIT = "visit", "In person"
        CALL = "call", "By telephone"
        VIDEO = "video", "By video"
        EMAIL = "email", "By e-mail"

    level = models.ForeignKey(LevelChange, models.PROTECT, related_name="body_records")
    did = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Did])
    on = models.DateField()
    how = models.CharField(max_length=10, blank=True, choices=How)
    with_whom = models.CharField(max_length=200, blank=True)
    clear = models.BooleanField(null=True, help_text="Whether the ECT is clear on the reasons for the support")
    content = models.BooleanField(null=True, help_text="Whether the ECT is content with the support")
    agreed = models.BooleanField(null=True, help_text="Whether the judgements of a joint observation agreed")
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["on", "recorded_at"]
        constraints = [
            audience_known("body_record_never_unread_by_the_ect", Audience.CASE, Audience.ASSESSED, Audience.BODY),
            models.CheckConstraint(condition=~Q(text=""), name="body_record_says_something"),
            models.CheckConstraint(
                condition=Q(did=Did.ECT.value, clear__isnull=False, content__isnull=False) & ~Q(how="") & Q(agreed=None)
                | Q(did=Did.SCHOOL.value, clear=None, content=None, agreed=None) & ~Q(how="") & ~Q(with_whom="")
                | Q(did=Did.JOINT.value, clear=None, content=None, how="", agreed__isnull=False) & ~Q(with_whom="")
                | Q(did=Did.NOTE.value, clear=None, content=None, agreed=None, how="", with_whom=""),
                name="body_record_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(how__in=["", "visit", "call", "video", "email"]), name="body_record_how"
            ),
        ]

    def __str__(self) -> str:
        return Did(self.did).label

    @property
    def kind(self) -> Did:
        """What was done, with its words."""
        return Did(self.did)
