"""Mentors and tutors of an ECT at a school, and records handed over to another organisation."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.models.people import DateRange, second

from .people import Induction
from .placements import Placement


class Appointment(models.Model):
    """Somebody is the mentor, or the induction tutor, of an ECT at a school. One person a role at a time."""

    class Kind(models.TextChoices):
        MENTOR = "mentor", "Mentor"
        TUTOR = "induction_tutor", "Induction tutor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="appointments")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="appointments")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    has_qts = models.BooleanField(help_text="Holds qualified teacher status, as is expected (R9)")
    trained_on = models.DateField(null=True, blank=True, help_text="The day their training for this role ended")
    minutes_a_week = models.PositiveSmallIntegerField(help_text="Time allotted for the role (R46, R47)")
    subject = models.CharField(max_length=100, blank=True, help_text="Subject or phase they teach")
    exception_reason = models.CharField(max_length=500, blank=True, help_text="Why mentor and tutor are one (R10)")

    class Meta:
        ordering = ["kind", "starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["mentor", "induction_tutor"]), name="appointment_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="appointment_ends_after_start"
            ),
            ExclusionConstraint(
                name="appointment_one_a_role_at_a_time",
                expressions=[
                    ("induction", RangeOperators.EQUAL),
                    (second("school"), RangeOperators.EQUAL),
                    (second("kind"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"


class HandoverGrant(models.Model):
    """Records of a case made up to a day were handed over to an organisation, for a reason (R85)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="handovers")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_on = models.DateField()
    granted_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["granted_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "to", "given_by"], name="handover_once"),
            models.CheckConstraint(condition=~Q(to=F("given_by")), name="handover_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="handover_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Handed over on {self.granted_on}"
