"""Support plans as living documents: one for each level of 1 to 5, with its rows, weeks and what was said of them."""

import uuid
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Now

from cases.models.standards import in_order, standards_field, standards_known
from cases.rules.escalation import Progress
from cases.rules.plans import MOST_ROWS, Laid, ObjectiveRow, WeekRow, week_ends
from cases.rules.standards import Standard
from cases.rules.statuses import PlanStatus, SupportLevel
from cases.rules.support import Audience
from induction_portal.accounts.models import User

from .levels import LevelChange
from .records import SupportRecord, audience_known

WITH_OUTCOME = [PlanStatus.FINISHED.value, PlanStatus.CLOSED.value]
STARTED = [PlanStatus.GOING_ON.value, *WITH_OUTCOME]
OVER = [PlanStatus.CLOSED.value, PlanStatus.ENDED_EARLY.value]


class Planned(Func):
    """The days of a plan that was started, its last one no longer: one may follow another on the same day."""

    function = "DATERANGE"
    output_field = models.DateField()

    def __init__(self) -> None:
        super().__init__(
            F("starts_on"), Coalesce("ended_on", "ends_on"), RangeBoundary(inclusive_lower=True, inclusive_upper=False)
        )


class Plan(SupportRecord):
    """The plan of a level (R76). What its level does not ask for is empty. Until it starts it may be written on; then
    what it set out to do stands, and its weeks go on.

    `laid` are the first days of its weeks, in order, once it has started; `ends_on` the last day of the last of them.
    `evaluated` counts the weeks that were evaluated, none skipped. `term` is that in which it started, as text.
    """

    level = models.OneToOneField(LevelChange, models.PROTECT, related_name="plan")
    status = models.CharField(max_length=12, choices=[(s.value, s.label) for s in PlanStatus])
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change, of its weeks too")
    weeks = models.PositiveSmallIntegerField(null=True, help_text="R70")
    starts_on = models.DateField(null=True)
    term = models.CharField(max_length=40, blank=True)
    met_on = models.DateField(null=True, help_text="When mentor and ECT met (Level 1)")
    standards = standards_field()
    objectives = models.TextField(blank=True, help_text="Levels 2 to 4")
    reason = models.TextField(blank=True, help_text="For light touch support (Level 1)")
    previous_objectives = models.TextField(blank=True, help_text="Level 1")
    previous_evaluation = models.TextField(blank=True, help_text="Of the previous objectives (Level 1)")
    risk_reasons = models.TextField(blank=True, help_text="For the risk of failing (Level 5)")
    extension_reasons = models.TextField(blank=True, help_text="Possible ones, for the end of induction (Level 5)")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who wrote on it last")
    written_on = models.DateField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    started_as = models.CharField(max_length=20, blank=True, help_text="The role in which it was started")
    started_on = models.DateField(null=True, help_text="The day on which it was started in the portal")
    laid = ArrayField(models.DateField(), default=list, blank=True)
    ends_on = models.DateField(null=True)
    evaluated = models.PositiveSmallIntegerField(default=0)
    evaluation = models.TextField(blank=True, help_text="Of progress over the whole plan")
    next_objectives = models.TextField(blank=True)
    progress = models.CharField(max_length=10, blank=True, choices=[(each.value, each.name) for each in Progress])
    ended_on = models.DateField(null=True)
    early_reason = models.TextField(blank=True, help_text="Why it ended before its last week")
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    finished_as = models.CharField(max_length=20, blank=True, help_text="The role in which it was finished")
    finished_on = models.DateField(null=True)
    closed_on = models.DateField(null=True, help_text="When somebody decided what came next")

    class Meta:
        ordering = ["level__number"]
        constraints = [
            audience_known("plan_of_the_case", Audience.CASE),
            standards_known("plan_standards_known"),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in PlanStatus]), name="plan_status_known"),
            models.CheckConstraint(
                condition=Q(weeks=None) | Q(weeks__gte=1, weeks__lte=MOST_ROWS), name="plan_of_some_weeks"
            ),
            models.CheckConstraint(
                condition=Q(started_on=None, started_by=None, started_as="", laid=[], ends_on=None, evaluated=0)
                & ~Q(status__in=STARTED)
                | ~Q(status="writing") & ~Q(laid=[]) & ~Q(started_as="") & ~Q(standards=[])
                & Q(started_on__isnull=False, started_by__isnull=False, weeks__isnull=False, laid__len=F("weeks"))
                & Q(starts_on__isnull=False, ends_on__gt=F("starts_on"), evaluated__lte=F("weeks")),
                name="plan_started_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=WITH_OUTCOME, finished_by__isnull=False, finished_on__isnull=False)
                & Q(ended_on__gte=F("starts_on"), ended_on__lte=F("finished_on"), evaluation__gt="")
                & Q(progress__in=[each.value for each in Progress]) & ~Q(finished_as="")
                | ~Q(status__in=WITH_OUTCOME) & Q(evaluation="", next_objectives="", progress="", finished_as="")
                & Q(finished_by=None, finished_on=None, early_reason=""),
                name="plan_finished_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER, closed_on__isnull=False) | ~Q(status__in=OVER) & Q(closed_on=None),
                name="plan_closed_on_a_day",
            ),
            ExclusionConstraint(
                name="plans_apart",
                expressions=[("induction", RangeOperators.EQUAL), (Planned(), RangeOperators.OVERLAPS)],
                condition=Q(started_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Plan, {SupportLevel(self.level.level).label}"

    @property
    def state(self) -> PlanStatus:
        """The status, with its words."""
        return PlanStatus(self.status)

    @property
    def is_started(self) -> bool:
        """Whether its weeks are laid."""
        return bool(self.laid)

    @property
    def touches(self) -> tuple[Standard, ...]:
        """The Standards that it is about."""
        return in_order(self.standards)

    @property
    def on_track(self) -> bool | None:
        """The answer at its end; None before."""
        return self.progress == Progress.ON_TRACK if self.progress else None

    @property
    def found(self) -> Progress | None:
        """What it found, for the rules of a move; None before its end."""
        return Progress(self.progress) if self.progress else None

    @property
    def as_laid(self) -> Laid:
        """Its weeks, as the rules take them."""
        return Laid(tuple(self.laid))

    def week_begins(self, number: int) -> date | None:
        """The first day of a week, from 1; None before the plan has started."""
        return self.laid[number - 1] if number <= len(self.laid) else None


class PlanObjective(models.Model):
    """A row of the form of Level 1. `outcome` is what observations showed, and grows while the plan goes on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rows")
    place = models.PositiveSmallIntegerField()
    objective = models.TextField(blank=True)
    standards = standards_field()
    success_criteria = models.TextField(blank=True)
    actions = models.TextField(blank=True, help_text="To be taken, and by whom")
    resources = models.TextField(blank=True, help_text="Resources and support required")
    outcome = models.TextField(blank=True, help_text="Outcome from observation")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="plan_objective_place_once"),
            models.CheckConstraint(condition=Q(place__gte=1), name="plan_objective_counts_from_one"),
            standards_known("plan_objective_standards_known"),
        ]

    def __str__(self) -> str:
        return f"Objective {self.place}"

    @property
    def touches(self) -> tuple[Standard, ...]:
        """The Standards that it serves."""
        return in_order(self.standards)

    @property
    def as_row(self) -> ObjectiveRow:
        """The row as the rules take it."""
        return ObjectiveRow(self.objective, self.touches, self.success_criteria, self.actions, self.resources)


class PlanWeek(models.Model):
    """A week of a plan: what is planned for it (Levels 2 to 5). When it is, its plan says; what was said of it, its
    entries do.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rows_by_week")
    number = models.PositiveSmallIntegerField()
    actions = models.TextField(blank=True, help_text="To be taken, and by whom")
    resources = models.TextField(blank=True, help_text="Required, use of PD time and support provided included")
    success_criteria = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True, help_text="When progress was first evaluated")
    commented_on = models.DateField(null=True, help_text="When the ECT first commented")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_week_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_ROWS), name="plan_week_of_six"),
        ]

    def __str__(self) -> str:
        return f"Week {self.number}"

    @property
    def as_row(self) -> WeekRow:
        """The row as the rules take it."""
        return WeekRow(self.actions, self.resources, self.success_criteria)

    @property
    def starts_on(self) -> date | None:
        """Its first day; None before the plan has started. Reads the plan."""
        return self.plan.week_begins(self.number)

    @property
    def ends_on(self) -> date | None:
        """Its last day; None before the plan has started. Reads the plan."""
        return week_ends(self.starts_on) if self.starts_on else None


class WeekEntry(models.Model):
    """What was said of a week: how the ECT progressed, or the ECT's comment. The latest of each is what the plan shows;
    none is ever changed.
    """

    class Kind(models.TextChoices):
        EVALUATION = "evaluation", "Evaluation of progress"
        COMMENT = "comment", "ECT’s comment on progress"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    week = models.ForeignKey(PlanWeek, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_as = models.CharField(max_length=20, help_text="The role in which it was said")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["evaluation", "comment"]), name="week_entry_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="week_entry_says_something"),
            models.CheckConstraint(
                condition=Q(kind="comment", said_as="ect") | ~Q(kind="comment") & ~Q(said_as="ect"),
                name="week_entry_comment_of_the_ect",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%-d %B %Y}"


class PlanLaying(models.Model):
    """That the weeks of a plan were laid anew: from which to which, why, and by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="layings")
    row = models.PositiveSmallIntegerField(help_text="The first week that moved")
    was = ArrayField(models.DateField())
    became = ArrayField(models.DateField())
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    laid_as = models.CharField(max_length=20, help_text="The role in which they were laid anew")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="plan_laying_with_a_reason"),
            models.CheckConstraint(condition=~Q(was=F("became")), name="plan_laying_moves_something"),
            models.CheckConstraint(condition=Q(row__gte=1, row__lte=MOST_ROWS), name="plan_laying_of_a_week"),
        ]

    def __str__(self) -> str:
        return f"Weeks laid anew on {self.on:%-d %B %Y}"
