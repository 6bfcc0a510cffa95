"""What induction needs to know of a school, beside its name."""

from django.db import models

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
