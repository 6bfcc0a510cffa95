"""Service before the first placement that is known here."""

import uuid

from django.db import models
from django.db.models import F, Q

from induction_portal.accounts.models import Organisation, User

from .people import Induction


class PriorService(models.Model):
    """What an ECT had served when they came, as their body confirmed it: one balance in place of its placements (R85).

    Amounts are in FTE terms, calendar terms, and days absent of the part that was then being served.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.OneToOneField(Induction, models.PROTECT, related_name="prior_service")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="The body that confirmed it")
    terms = models.DecimalField(max_digits=5, decimal_places=3, help_text="Full-time equivalent terms served")
    calendar_terms = models.DecimalField(max_digits=6, decimal_places=3, help_text="Terms that ran meanwhile")
    absence_days = models.DecimalField(max_digits=6, decimal_places=2, help_text="Days absent of the open part")
    source = models.CharField(max_length=500, help_text="Where the figures come from")
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(terms__gt=0, terms__lt=6), name="prior_terms_possible"),
            models.CheckConstraint(
                condition=Q(calendar_terms__gte=1) & Q(calendar_terms__gte=F("terms")), name="prior_calendar_terms"
            ),
            models.CheckConstraint(condition=Q(absence_days__gte=0), name="prior_absence_not_negative"),
            models.CheckConstraint(condition=~Q(source=""), name="prior_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"Service before, confirmed on {self.confirmed_on}"
