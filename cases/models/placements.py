"""Service at a school, and the working patterns in it."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.models.people import DateRange, second

from ..rules.moving import CAUSES, LeavingCause
from .people import Induction

DAYS = ("mon", "tue", "wed", "thu", "fri")
LEAVING_CAUSES = [(cause.value, label) for cause, label in CAUSES.items()]


class Placement(models.Model):
    """A stretch of induction at one school, as that school reported it.

    At different schools placements may overlap (R20); at one school never.
    """

    class Route(models.TextChoices):
        PROVIDER_LED = "provider_led", "Provider-led"
        SCHOOL_LED = "school_led", "School-led"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="placements")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="placements")
    reported_body = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", help_text="The appropriate body that the school named"
    )
    starts_on = models.DateField(help_text="First day of the induction programme here (R3)")
    ends_on = models.DateField(null=True, blank=True, help_text="Last day; empty while it goes on")
    contract_starts_on = models.DateField(help_text="First day of the contract, which may be earlier (R3)")
    route = models.CharField(max_length=20, choices=Route, default=Route.PROVIDER_LED)
    is_lead = models.BooleanField(default=True, help_text="The school whose headteacher recommends (R20)")
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(db_default=Now())
    contract_ends_on = models.DateField(null=True, blank=True, help_text="Last day of a fixed-term contract (SG 2.74)")
    leaving_cause = models.CharField(
        max_length=20, blank=True, choices=LEAVING_CAUSES, help_text="Why it ended, once an end is known (R84)"
    )
    end_reported_on = models.DateField(null=True, blank=True, help_text="The day the school recorded the end (D23)")
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change of the service here")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="placement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(contract_starts_on__lte=F("starts_on")), name="placement_programme_within_contract"
            ),
            models.CheckConstraint(condition=Q(route__in=["provider_led", "school_led"]), name="placement_route_known"),
            models.CheckConstraint(
                condition=Q(contract_ends_on__isnull=True) | Q(contract_ends_on__gte=F("starts_on")),
                name="placement_contract_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(leaving_cause__in=["", *LeavingCause]), name="placement_leaving_cause_known"
            ),
            models.CheckConstraint(
                condition=Q(leaving_cause="") | Q(ends_on__isnull=False), name="placement_cause_only_of_an_end"
            ),
            ExclusionConstraint(
                name="placement_once_at_a_school_at_a_time",
                expressions=[
                    ("induction", RangeOperators.EQUAL),
                    (second("school"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="placement_one_lead_at_a_time",
                expressions=[
                    ("induction", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_lead=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Placement from {self.starts_on}"


class WorkingPattern(models.Model):
    """How much somebody works, from a day on: full-time equivalent, and the weight of each weekday where known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="patterns")
    starts_on = models.DateField()
    fte = models.DecimalField(max_digits=5, decimal_places=4, help_text="Full-time equivalent: 1 is full time")
    mon = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    tue = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    wed = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    thu = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    fri = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "starts_on"], name="pattern_one_step_a_day"),
            models.CheckConstraint(condition=Q(fte__gte="0.05", fte__lte=1), name="pattern_fte_possible"),
            models.CheckConstraint(
                condition=Q(**{f"{day}__isnull": True for day in DAYS})
                # A check that comes out as NULL passes, so a missing weight has to be refused by name.
                | Q(**{f"{day}__isnull": False for day in DAYS})
                & Q(**{f"{day}__range": (0, 1) for day in DAYS})
                & ~Q(**dict.fromkeys(DAYS, 0)),
                name="pattern_days_all_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fte} FTE from {self.starts_on}"

    @property
    def days(self) -> dict[str, str] | None:
        """Each weekday's weight as a decimal string, or None when every school day weighs the FTE."""
        weights = {day: getattr(self, day) for day in DAYS}
        return None if weights["mon"] is None else {day: str(weight) for day, weight in weights.items()}
