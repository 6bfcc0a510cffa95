"""School years as a school, or a trust for all its schools, told them: terms and closures (R92)."""

import uuid
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.models.people import DateRange

from ..rules.school_year import Span, YearPlan

FIRST_YEAR, LAST_YEAR = 2000, 2098  # bank holidays are known around them
NAMES = [("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer")]


class SchoolYear(models.Model):
    """A school year of a school, or of a trust for those of its schools that have none of their own.

    It is set as a whole: `version` counts how often. A year that nobody has set has England's usual terms.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="school_years")
    first_year = models.SmallIntegerField(help_text="2026 for 2026/27")
    version = models.SmallIntegerField(default=1)
    copied_from = models.SmallIntegerField(null=True, help_text="The year whose shape it was copied from, if it was")
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_on = models.DateField()
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["first_year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "first_year"], name="school_year_once"),
            models.CheckConstraint(
                condition=Q(first_year__range=(FIRST_YEAR, LAST_YEAR)), name="school_year_bank_holidays_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="school_year_counts_from_one"),
            models.CheckConstraint(
                condition=Q(copied_from=F("first_year") - 1) | Q(copied_from__isnull=True),
                name="school_year_copied_from_the_one_before",
            ),
        ]

    def __str__(self) -> str:
        return f"School year {self.plan_name}"

    @property
    def plan_name(self) -> str:
        """``2026/27``."""
        return YearPlan(self.first_year, ()).name

    def plan(self) -> YearPlan:
        """What was told, for the rules. Reads `terms` and `closures`."""
        terms = sorted(self.terms.all(), key=lambda term: term.starts_on)
        closures = sorted(self.closures.all(), key=lambda closure: closure.starts_on)
        return YearPlan(
            self.first_year,
            tuple(Span(term.starts_on, term.ends_on) for term in terms),
            tuple(Span(closure.starts_on, closure.ends_on, closure.reason) for closure in closures),
        )


def _first_of(month: int, *, years: int = 0) -> Func:
    """The first day of a month of the school year that a row belongs to."""
    return Func(F("first_year") + years, Value(month), Value(1), function="MAKE_DATE", output_field=models.DateField())


def _in_the_year(name: str) -> list[Any]:
    return [
        models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name=f"{name}_ends_after_start"),
        models.CheckConstraint(
            condition=Q(starts_on__gte=_first_of(8)) & Q(ends_on__lt=_first_of(8, years=1)),
            name=f"{name}_within_its_school_year",
        ),
        ExclusionConstraint(
            name=f"{name}s_apart",
            expressions=[("year", RangeOperators.EQUAL), (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS)],
        ),
    ]


class Term(models.Model):
    """One of the three terms of a school year, from teachers' first to last working day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="terms")
    first_year = models.SmallIntegerField(help_text="As its school year's: the database holds the dates within it")
    name = models.CharField(max_length=6, choices=NAMES)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(name__in=[name for name, _ in NAMES]), name="term_name_known"),
            models.UniqueConstraint(fields=["year", "name"], name="term_once_a_year"),
            *_in_the_year("term"),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} term from {self.starts_on}"


class Closure(models.Model):
    """Days inside a term on which the school is closed to teachers: half-term, or training that is not worked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="closures")
    first_year = models.SmallIntegerField(help_text="As its school year's: the database holds the dates within it")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = _in_the_year("closure")

    def __str__(self) -> str:
        return f"Closed from {self.starts_on}"
