"""The days of a school year that bodies and schools set or record, one row for each term."""

import uuid
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.models.people import DateRange

from ..rules.windows import TermKey, Window, term_words
from .calendars import FIRST_YEAR, LAST_YEAR, NAMES


class TermRow(models.Model):
    """Something of one organisation for one term of a school year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_year = models.SmallIntegerField(help_text="2026 for 2026/27")
    term = models.CharField(max_length=6, choices=NAMES)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_on = models.DateField()
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    @property
    def key(self) -> TermKey:
        """What tells it from the organisation's others: (2026, "autumn")."""
        return self.first_year, self.term

    @property
    def term_words(self) -> str:
        """``autumn term 2026/27``."""
        return term_words(self.key)


def _of_a_term(prefix: str, owner: str) -> list[Any]:
    return [
        models.UniqueConstraint(fields=[owner, "first_year", "term"], name=f"{prefix}_once_a_term"),
        models.CheckConstraint(condition=Q(term__in=[name for name, _ in NAMES]), name=f"{prefix}_term_known"),
        models.CheckConstraint(condition=Q(first_year__range=(FIRST_YEAR, LAST_YEAR)), name=f"{prefix}_year_known"),
    ]


def _august(*, years: int = 0) -> Func:
    return Func(F("first_year") + years, Value(8), Value(1), function="MAKE_DATE", output_field=models.DateField())


class SubmissionWindow(TermRow):
    """When an appropriate body takes in the reviews and assessments of a term: from a day, until a day (R52)."""

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="submission_windows")
    opens_on = models.DateField()
    due_on = models.DateField(help_text="What falls due in the term is due on this day, where it comes first")
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["opens_on"]
        constraints = [
            *_of_a_term("window", "body"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="window_ends_after_it_opens"),
            models.CheckConstraint(
                condition=Q(opens_on__gte=_august()) & Q(due_on__lt=_august(years=1)),
                name="window_within_its_school_year",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="window_counts_from_one"),
            ExclusionConstraint(
                name="windows_apart",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    (DateRange("opens_on", "due_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"Window of the {self.term_words}"

    @property
    def facts(self) -> Window:
        """The window as the rules take it."""
        return Window(self.first_year, self.term, self.opens_on, self.due_on)


class GivenReport(TermRow):
    """A headteacher gave the governing body the general report of a term (D31; R80, SG 2.80, 5.4)."""

    school = models.ForeignKey(Organisation, models.PROTECT, related_name="given_reports")
    given_on = models.DateField()

    class Meta:
        ordering = ["-given_on"]
        constraints = [
            *_of_a_term("given_report", "school"),
            models.CheckConstraint(condition=Q(given_on__lte=F("set_on")), name="given_report_not_ahead"),
        ]

    def __str__(self) -> str:
        return f"Report of the {self.term_words}"
