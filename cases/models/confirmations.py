"""What an appropriate body made of a registration: its own fact, beside what the school said."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User

from ..rules.confirming import BodyKind
from .people import Induction
from .placements import Placement
from .registrations import Registration

CONFIRMED = Q(outcome="confirmed")
FACTS = ("induction", "placement", "qts_on", "starts_on", "officer", "contact")


class Confirmation(models.Model):
    """A body's answer to one version of a registration: confirmed, returned or refused. Each is answered once.

    The facts are those that the body verified: there where it confirmed, and there alone.
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        RETURNED = "returned", "Returned"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="answers")
    version = models.PositiveIntegerField(help_text="Of the registration that was answered")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.CharField(max_length=2000, blank=True, help_text="Why it was returned or refused")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_at = models.DateTimeField(db_default=Now())

    induction = models.ForeignKey(Induction, models.PROTECT, null=True, related_name="confirmations")
    placement = models.OneToOneField(Placement, models.PROTECT, null=True, related_name="confirmation")
    qts_on = models.DateField(null=True, help_text="As the body found it in the national record (R1)")
    starts_on = models.DateField(null=True, help_text="The first day of induction here, as agreed (R2, R3)")
    acts_as = models.CharField(
        max_length=30, blank=True, choices=[(kind.value, kind.label) for kind in BodyKind], help_text="R6"
    )
    agreed_on = models.DateField(
        null=True, help_text="The day it had agreed to act, where it had claimed the start before this portal (R2)"
    )
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="The named contact (R81)")

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "version"], name="confirmation_once_a_version"),
            models.UniqueConstraint(
                fields=["registration"], condition=~Q(outcome="returned"), name="confirmation_decides_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["confirmed", "returned", "refused"]), name="confirmation_outcome_known"
            ),
            models.CheckConstraint(condition=CONFIRMED | ~Q(reason=""), name="confirmation_gives_a_reason"),
            models.CheckConstraint(
                condition=CONFIRMED & Q(**{f"{fact}__isnull": False for fact in FACTS}) & ~Q(acts_as="")
                | ~CONFIRMED & Q(**{f"{fact}__isnull": True for fact in FACTS}) & Q(acts_as=""),
                name="confirmation_says_what_it_confirms",
            ),
            models.CheckConstraint(
                condition=~CONFIRMED | Q(acts_as__in=[kind.value for kind in BodyKind]),
                name="confirmation_kind_of_body_known",
            ),
            models.CheckConstraint(
                condition=~CONFIRMED
                | Q(qts_on__lte=F("starts_on"))
                & (
                    Q(decided_on__lte=F("starts_on"))
                    | Q(agreed_on__isnull=False, agreed_on__lte=F("starts_on"), agreed_on__lt=F("decided_on"))
                ),
                name="confirmation_agreed_first",
            ),
            models.CheckConstraint(
                condition=~CONFIRMED | ~Q(contact=F("officer")) & ~Q(contact=F("decided_by")),
                name="confirmation_contact_stands_apart",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.decided_on}"
