"""A concern of the ECT's own: with the school, with the trust, or in confidence with the body's named contact (R81)."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.rules.statuses import ConcernStatus
from cases.rules.support import Audience
from induction_portal.accounts.models import User

from .records import SupportRecord, audience_known

OWN = (Audience.SCHOOL, Audience.SCHOOL_AND_TRUST, Audience.CONTACT, Audience.SHARED, Audience.EVERY_STEP)


class OwnConcern(SupportRecord):
    """What an ECT wrote, to whom, and where it stands. Only the ECT lets anybody else read it."""

    status = models.CharField(max_length=10, choices=[(s.value, s.label) for s in ConcernStatus])
    subject = models.CharField(max_length=120)
    text = models.TextField()
    raised_on = models.DateField()
    raised_at = models.DateTimeField(db_default=Now(), help_text="The database's time")
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change")

    class Meta:
        ordering = ["-raised_on", "-raised_at"]
        constraints = [
            audience_known("own_concern_with_one_side", *OWN),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in ConcernStatus]), name="own_concern_status_known"
            ),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="own_concern_says_something"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False) | ~Q(status="closed") & Q(closed_on=None),
                name="own_concern_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Concern of the ECT’s of {self.raised_on:%-d %B %Y}"

    @property
    def state(self) -> ConcernStatus:
        """The status, with its words."""
        return ConcernStatus(self.status)

    @property
    def heard_by(self) -> Audience:
        """Who may read it."""
        return Audience(self.audience)


class OwnConcernEntry(models.Model):
    """What was said about it afterwards, by the ECT or by who answers, and is read by who may read the concern."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concern = models.ForeignKey(OwnConcern, models.PROTECT, related_name="entries")
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_as = models.CharField(max_length=20, help_text="The role in which it was said")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="own_concern_entry_says_something")]

    def __str__(self) -> str:
        return f"Entry of {self.on:%-d %B %Y}"
