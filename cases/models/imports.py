"""Claims that an appropriate body made before it used this portal: as a file is checked, and as they are kept."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User

from .confirmations import Confirmation
from .placements import Placement

OPEN_CLAIM = Q(confirmation__isnull=True, withdrawn_on__isnull=True)


class ImportBatch(models.Model):
    """A file that was checked row by row. Its rows wait for a confirmation, and are swept after `kept_until`.

    The file itself is not kept. What was brought in stays as `EarlierClaim`; the batch keeps the counts.
    """

    class State(models.TextChoices):
        CHECKED = "checked", "Checked"
        RUNNING = "running", "Being imported"
        DONE = "done", "Imported"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.CHECKED)
    row_count = models.PositiveSmallIntegerField()
    imported = models.PositiveSmallIntegerField(default=0, help_text="Rows brought in so far")
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_on = models.DateField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)
    kept_until = models.DateTimeField(help_text="When its rows are deleted, and it is cancelled if nobody confirmed it")
    checked_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-checked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["checked", "cancelled"], confirmed_by__isnull=True, confirmed_on__isnull=True)
                | Q(state__in=["running", "done"], confirmed_by__isnull=False, confirmed_on__isnull=False),
                name="import_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(row_count__gte=1, imported__lte=F("row_count")), name="import_counts_its_rows"
            ),
        ]

    def __str__(self) -> str:
        return f"Import of {self.checked_on}"


class ImportRow(models.Model):
    """One row of such a file, as it was read, and what is wrong with it."""

    class State(models.TextChoices):
        READY = "ready", "Ready"
        BAD = "bad", "Not imported"
        IMPORTED = "imported", "Imported"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(help_text="As a spreadsheet numbers it")
    cells = models.JSONField(help_text="By heading")
    state = models.CharField(max_length=10, choices=State)
    says = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_number_once"),
            models.CheckConstraint(
                condition=Q(state="bad") & ~Q(says="") | Q(state__in=["ready", "imported"], says=""),
                name="import_row_bad_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}: {self.get_state_display()}"


class EarlierClaim(models.Model):
    """A claim that a body made in the national service before: its own word that it had agreed by the start (R2).

    Of the school and its post it knows nothing (ADR 82): it waits until the school registers the teacher with this
    body, whose confirmation then takes the start as it was. `name` and `school` are there where the body knew them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    trn = models.CharField(max_length=7, help_text="Seven digits, kept as text (R12)")
    date_of_birth = models.DateField()
    name = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=20, choices=Placement.Route)
    starts_on = models.DateField(help_text="The start that was claimed; the body had agreed by then")
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    imported_on = models.DateField()
    confirmation = models.OneToOneField(
        Confirmation, models.PROTECT, null=True, related_name="earlier_claim", help_text="Of the registration it met"
    )
    withdrawn_on = models.DateField(null=True, help_text="Brought in by mistake")

    class Meta:
        ordering = ["starts_on", "trn", "id"]
        indexes = [models.Index(fields=["school"], name="earlier_claim_of_school", condition=OPEN_CLAIM)]
        constraints = [
            models.UniqueConstraint(fields=["body", "trn"], condition=OPEN_CLAIM, name="earlier_claim_waits_once"),
            models.CheckConstraint(condition=Q(trn__regex=r"^\d{7}$"), name="earlier_claim_trn_seven_digits"),
            models.CheckConstraint(
                condition=Q(route__in=["provider_led", "school_led"]), name="earlier_claim_route_known"
            ),
            models.CheckConstraint(
                condition=Q(date_of_birth__lt=F("starts_on"), starts_on__lte=F("imported_on")),
                name="earlier_claim_start_has_come",
            ),
            models.CheckConstraint(
                condition=Q(confirmation__isnull=True) | Q(withdrawn_on__isnull=True),
                name="earlier_claim_used_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"Claim from {self.starts_on}"

    @property
    def waits(self) -> bool:
        """Whether no registration has met it yet, and it was not withdrawn."""
        return self.confirmation_id is None and self.withdrawn_on is None
