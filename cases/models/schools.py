"""What induction needs to know of a school, beside its name."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation


class School(models.Model):
    """A school's facts for induction, and what the national register says of it."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="school")
    local_authority = models.CharField(max_length=100, blank=True)
    establishment_type = models.CharField(max_length=100, blank=True)
    establishment_status = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=60, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    is_relevant_school = models.BooleanField(
        default=True, help_text="Induction is required by law to teach here (R7); dismissal follows failure (R67)"
    )
    special_measures_from = models.DateField(null=True, blank=True, help_text="R8")

    def __str__(self) -> str:
        return str(self.organisation_id)

    @property
    def facts_version(self) -> int:
        """A number that differs whenever the facts people enter differ: the facts themselves are their version."""
        since = self.special_measures_from.toordinal() if self.special_measures_from else 0
        return 2 * since + self.is_relevant_school


class RegisterImport(models.Model):
    """One import of the national register: which file, and what it did. Global: it belongs to no tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    created = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    imported_on = models.DateField()
    imported_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-imported_at"]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="register_import_names_its_file")
        ]

    def __str__(self) -> str:
        return f"Register imported on {self.imported_on}"
