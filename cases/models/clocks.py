"""Projections: what the rules make of a case's facts. Written by `reckon` alone; may be rebuilt at any time."""

from datetime import date

from django.db import models
from django.db.models import Q

from .people import Induction


class Clock(models.Model):
    """The dates of a case as the rules compute them. Today's part and terms served are computed when shown."""

    induction = models.OneToOneField(Induction, models.CASCADE, primary_key=True, related_name="clock")
    part_2_starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="Empty when the placements known end first")
    assumed_from = models.DateField(null=True, help_text="First day of a term that was assumed")
    over_on = models.DateField(null=True, help_text="The day induction ended for good, by a decision")
    over_as = models.CharField(max_length=40, blank=True, help_text="The teacher's status since then, in words (R14)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(over_on=None, over_as="") | Q(over_on__isnull=False) & ~Q(over_as=""),
                name="clock_over_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Clock of {self.induction_id}"


class Deadline(models.Model):
    """Something that falls due in a case: what, when, and whose task it is. Closed when the facts close it."""

    id = models.BigAutoField(primary_key=True)
    induction = models.ForeignKey(Induction, models.CASCADE, related_name="deadlines")
    code = models.CharField(max_length=3, blank=True, help_text="Its number in the table of deadlines: D4")
    kind = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=0, help_text="Which of its kind: review 3, for instance")
    opened_on = models.DateField(help_text="The first day on which it stood")
    due_on = models.DateField()
    waits = models.CharField(
        max_length=10, blank=True, help_text="return or choice: the day is not known until then (R29, R51)"
    )
    nominal_on = models.DateField(
        null=True,
        help_text="The day by the rules alone, where a window comes first (R52) or an absence holds it back (R51)",
    )
    owner = models.CharField(max_length=20, help_text="The role whose task it is; system for a date that is nobody's")
    rule = models.CharField(max_length=4)
    source = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=400, help_text="One sentence with the numbers of this case")
    closed_on = models.DateField(null=True, help_text="The day the facts closed it (R90)")
    is_open = models.GeneratedField(
        expression=Q(closed_on__isnull=True), output_field=models.BooleanField(), db_persist=True
    )

    class Meta:
        ordering = ["due_on", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "kind", "number"], name="deadline_once"),
            models.CheckConstraint(condition=Q(waits__in=["", "return", "choice"]), name="deadline_waits_for_known"),
        ]
        indexes = [
            models.Index(fields=["is_open", "due_on"], name="deadline_open_by_date"),
            models.Index(fields=["induction", "due_on"], name="deadline_open_of_case", condition=Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.due_on}"

    @property
    def own_day(self) -> date:
        """When it is due by the rules alone (R48-R50), whatever the body's window says and whoever is away."""
        return self.nominal_on or self.due_on
