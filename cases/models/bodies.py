"""Which appropriate body is responsible, and when."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.models.people import DateRange

from .people import Induction


class BodyPeriod(models.Model):
    """One body's responsibility for a case, as the body confirmed it. Never two at once (R85)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="body_periods")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="body_periods")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who looks after the case")
    contact = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The named contact: neither monitors, supports nor decides this induction (R81)",
    )
    contact_named_on = models.DateField(null=True, help_text="The day the body named the contact (D2)")
    agreed_on = models.DateField(help_text="The day the body agreed to act: not after the start (R2)")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Goes up when the officer or the contact changes")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="body_period_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(agreed_on__lte=F("starts_on")), name="body_period_agreed_first"),
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | ~Q(contact=F("officer")), name="body_period_contact_stands_apart"
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=True, contact_named_on__isnull=True)
                | Q(contact__isnull=False, contact_named_on__isnull=False),
                name="body_period_contact_has_a_day",
            ),
            ExclusionConstraint(
                name="body_period_one_at_a_time",
                expressions=[
                    ("induction", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"Body from {self.starts_on}"
