"""What a school or an appropriate body has set for itself: dated rows, each complete, none ever changed."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User
from induction_portal.govuk.words import day

from ..rules.policy import MOST_DAYS, SETTINGS, AbsenceReading, Holder, RatedStandards, Row
from ..rules.timetable import AveragingCycle

CYCLES = [(each.value, each.name) for each in AveragingCycle]


class Policy(models.Model):
    """Settings that hold from a day until a later row does. A change is a new row; one that has not begun may be
    withdrawn, and stays to be seen.
    """

    holder: Holder

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="%(class)s_rows")
    number = models.PositiveSmallIntegerField(help_text="Counts the rows of an organisation as they were set")
    starts_on = models.DateField()
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_on = models.DateField()
    set_at = models.DateTimeField(db_default=Now())
    withdrawn_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Settings from {self.starts_on}"

    @property
    def values(self) -> dict[str, bool | int | str]:
        """What this row sets, by the settings' names."""
        return {name: getattr(self, name) for name in SETTINGS[self.holder]}

    def from_when(self, today: date) -> str:
        """ "from today" or "from 1 September 2027"."""
        return "from today" if self.starts_on == today else f"from {day(self.starts_on)}"

    @property
    def row(self) -> Row:
        """The row as the rules take it."""
        return Row(self.starts_on, self.number, self.values)


def _common(prefix: str) -> list[models.BaseConstraint]:
    """What the database refuses of both kinds of row."""
    return [
        models.UniqueConstraint(fields=["organisation", "number"], name=f"{prefix}_numbered_once"),
        models.CheckConstraint(condition=Q(number__gte=1), name=f"{prefix}_counts_from_one"),
        models.CheckConstraint(condition=Q(starts_on__gte=F("set_on")), name=f"{prefix}_never_backdated"),
        models.CheckConstraint(
            condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__lt=F("starts_on")),
            name=f"{prefix}_withdrawn_before_it_began",
        ),
        models.CheckConstraint(
            condition=Q(review_within_days__gte=1, review_within_days__lte=MOST_DAYS),
            name=f"{prefix}_review_within_ten_days",
        ),
        models.CheckConstraint(
            condition=Q(averaging_cycle__in=[each.value for each in AveragingCycle]), name=f"{prefix}_cycle_known"
        ),
    ]


class SchoolPolicy(Policy):
    """A school's settings."""

    holder = Holder.SCHOOL

    mentor_reads_reviews = models.BooleanField(default=False, help_text="R79")
    review_within_days = models.PositiveSmallIntegerField(default=MOST_DAYS, help_text="Working days (D5)")
    absence_warning_from = models.PositiveSmallIntegerField(default=15, help_text="Days absent in a part (R38)")
    averaging_cycle = models.CharField(
        max_length=10, choices=CYCLES, default=AveragingCycle.FORTNIGHT.value, help_text="R43"
    )
    observations_a_year = models.PositiveSmallIntegerField(default=3, help_text="In a school year, at least (R56)")
    mentor_reads_observations = models.BooleanField(default=True, help_text="R79")
    mentor_meeting_within = models.PositiveSmallIntegerField(default=10, help_text="School days (R46)")
    concerns_through_trust = models.BooleanField(default=False, help_text="Before the appropriate body (R81)")

    class Meta:
        ordering = ["-starts_on", "-number"]
        constraints = [
            *_common("school_policy"),
            models.CheckConstraint(
                condition=Q(absence_warning_from__in=[5, 10, 15, 20, 25]), name="school_policy_warns_in_time"
            ),
            models.CheckConstraint(
                condition=Q(observations_a_year__gte=1, observations_a_year__lte=12),
                name="school_policy_observes_sometimes",
            ),
            models.CheckConstraint(
                condition=Q(mentor_meeting_within__in=[5, 10, 15, 20]), name="school_policy_meetings_in_time"
            ),
        ]


class BodyPolicy(Policy):
    """An appropriate body's settings."""

    holder = Holder.BODY

    mentor_reads_reviews = models.BooleanField(default=True, help_text="Whether its schools may let mentors (R79)")
    review_within_days = models.PositiveSmallIntegerField(default=MOST_DAYS, help_text="Working days (D5)")
    review_answer_days = models.PositiveSmallIntegerField(default=MOST_DAYS, help_text="Working days")
    rated_standards = models.CharField(
        max_length=10, choices=[(each.value, each.name) for each in RatedStandards], default=RatedStandards.ALL.value
    )
    statement_from = models.PositiveSmallIntegerField(default=2, help_text="Ratings up to this need a statement (R55)")
    drops_earlier_review = models.BooleanField(default=False, help_text="R49")
    part_day_as_full = models.BooleanField(default=False, help_text="R27")
    absence_reading = models.CharField(
        max_length=20,
        choices=[(each.value, each.name) for each in AbsenceReading],
        default=AbsenceReading.PART_WINDOW.value,
    )
    averaging_cycle = models.CharField(
        max_length=10, choices=CYCLES, default=AveragingCycle.HALF_TERM.value, help_text="Its schools' longest (R43)"
    )
    second_officer = models.BooleanField(default=False, help_text="Approves every decision (R62)")
    skip_holiday_weeks = models.BooleanField(default=False, help_text="In support plans (R75)")

    class Meta:
        ordering = ["-starts_on", "-number"]
        constraints = [
            *_common("body_policy"),
            models.CheckConstraint(
                condition=Q(review_answer_days__gte=1, review_answer_days__lte=MOST_DAYS),
                name="body_policy_answers_within_ten_days",
            ),
            models.CheckConstraint(
                condition=Q(rated_standards__in=[each.value for each in RatedStandards]),
                name="body_policy_standards_known",
            ),
            models.CheckConstraint(
                condition=Q(absence_reading__in=[each.value for each in AbsenceReading]),
                name="body_policy_absence_reading_known",
            ),
            models.CheckConstraint(
                condition=Q(statement_from__gte=2, statement_from__lte=5), name="body_policy_low_ratings_explained"
            ),
        ]


MODELS: dict[str, type[SchoolPolicy] | type[BodyPolicy]] = {
    Organisation.Kind.SCHOOL: SchoolPolicy,
    Organisation.Kind.BODY: BodyPolicy,
}
