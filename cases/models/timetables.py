"""What an ECT teaches, beside what a teacher without induction's reduction does (R40-R44)."""

from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import User

from ..rules.timetable import AveragingCycle
from ..rules.timetables import Recorded
from .records import CaseRecord


class Timetable(CaseRecord):
    """A timetable from a day until a later row's. A second one from the same day corrects the first; the trail keeps
    what it was. The part, and so the cap, is that of the day asked about.
    """

    class Unit(models.TextChoices):
        MINUTES = "minutes", "Minutes"
        PERIODS = "periods", "Periods"

    CYCLES = [
        (AveragingCycle.WEEK.value, "One week"),
        (AveragingCycle.FORTNIGHT.value, "Two weeks"),
        (AveragingCycle.HALF_TERM.value, "A half term"),
    ]

    starts_on = models.DateField(help_text="The first day on which it is taught")
    cycle = models.CharField(max_length=10, choices=CYCLES, help_text="Over what the amounts are counted (R43)")
    unit = models.CharField(max_length=10, choices=Unit)
    reference = models.DecimalField(
        max_digits=7, decimal_places=2, help_text="What a main-range teacher without other release teaches (R41)"
    )
    taught = models.DecimalField(max_digits=7, decimal_places=2, help_text="What the ECT teaches")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "starts_on"], name="timetable_one_a_day"),
            models.CheckConstraint(
                condition=Q(cycle__in=[cycle.value for cycle in AveragingCycle]), name="timetable_cycle_known"
            ),
            models.CheckConstraint(condition=Q(unit__in=["minutes", "periods"]), name="timetable_unit_known"),
            models.CheckConstraint(
                condition=Q(taught__gt=0, taught__lte=F("reference")), name="timetable_within_the_comparators"
            ),
        ]

    def __str__(self) -> str:
        return f"Timetable from {self.starts_on}"

    @property
    def told(self) -> Recorded:
        """The same, as the rules take it."""
        return Recorded(self.starts_on, self.unit, Fraction(self.reference), Fraction(self.taught))
