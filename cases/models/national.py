"""What an appropriate body told the national service by file, and what became of it (R88, D3, D13)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User

from ..rules.csv_files import MOST_ROWS
from .bodies import BodyPeriod

TOLD = ("waiting", "accepted")


class FileKind(models.TextChoices):
    CLAIMS = "claims", "Claims"
    ACTIONS = "actions", "Actions"


class NationalFile(models.Model):
    """A file that was made for the national service: its bytes, so that it can be fetched again, and their SHA-256."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the answer"
        ANSWERED = "answered", "Answered"
        SET_ASIDE = "set_aside", "Not uploaded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FileKind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    content = models.TextField(help_text="As it was made, in ASCII; without names")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content, in hex")
    row_count = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    uploaded_on = models.DateField(null=True, help_text="The day it was given to the service")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True, help_text="The day its answer, or that it was not uploaded, was recorded")

    class Meta:
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["body", "made_at"], name="national_file_of_body")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="national_file_kind_known"),
            models.CheckConstraint(
                condition=Q(row_count__gte=1, row_count__lte=MOST_ROWS) & ~Q(content=""), name="national_file_has_rows"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="national_file_digest_in_hex"),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_by__isnull=True, settled_on__isnull=True, uploaded_on__isnull=True)
                | Q(state="answered", settled_by__isnull=False, settled_on__isnull=False, uploaded_on__isnull=False)
                | Q(state="set_aside", settled_by__isnull=False, settled_on__isnull=False, uploaded_on__isnull=True),
                name="national_file_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(uploaded_on__isnull=True)
                | Q(uploaded_on__gte=F("made_on"), uploaded_on__lte=F("settled_on")),
                name="national_file_uploaded_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.made_on}"

    @property
    def filename(self) -> str:
        """What it is called when it is downloaded."""
        return f"{self.kind}-{self.made_on.isoformat()}-{str(self.pk)[:8]}.csv"


class NationalRow(models.Model):
    """One row of a file: whose period it tells, and what the service made of it.

    A period is told once: it is in one file that waits or was accepted, at most. `says` is why the service refused.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        SET_ASIDE = "set_aside", "Not uploaded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(NationalFile, models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=10, choices=FileKind, help_text="The file's")
    position = models.PositiveSmallIntegerField(help_text="Its place in the file, from 1 below the headings")
    period = models.ForeignKey(BodyPeriod, models.PROTECT, related_name="told")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    says = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="national_row_position_once"),
            models.UniqueConstraint(
                fields=["period", "kind"], condition=Q(state__in=TOLD), name="national_row_told_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="national_row_kind_known"),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(says="") | Q(state__in=["waiting", "accepted", "set_aside"], says=""),
                name="national_row_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.position}: {self.get_state_display()}"
