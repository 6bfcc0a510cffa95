"""Observed lessons: of the ECT, planned and recorded by the school, and by the ECT of experienced colleagues (R56)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models import CaseRecord
from cases.models.standards import in_order, standards_field, standards_known
from cases.rules.standards import Standard
from cases.rules.statuses import ObservationStatus
from induction_portal.accounts.models import User
from induction_portal.govuk.words import day

STORED = [status for status in ObservationStatus if status is not ObservationStatus.DRAFT]
WITH_RECORD = [ObservationStatus.SHARED.value, ObservationStatus.ACKNOWLEDGED.value]


class Observation(CaseRecord):
    """A lesson of the ECT that is to be observed, or was. The record of it is written once, and then stands; what is
    half written lives elsewhere and is its author's alone.

    `observer` is empty for somebody from outside, whom `observer_from` tells more of. The name is kept as it was.
    """

    status = models.CharField(max_length=12, choices=[(s.value, s.label) for s in STORED])
    observed_on = models.DateField(help_text="The day it is planned for, then the day it took place")
    meeting_on = models.DateField(help_text="The meeting after it, arranged in advance (SG 2.47)")
    focus = models.CharField(max_length=200, help_text="Which lesson, and what is looked at")
    observer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    observer_name = models.CharField(max_length=200)
    observer_from = models.CharField(max_length=200, blank=True)
    observer_has_qts = models.BooleanField(help_text="Stated by who plans or records it (SG 2.46)")
    third_party = models.BooleanField(
        default=False, help_text="By somebody from outside the ECT's support team, for an ECT at risk (SG 5.4)"
    )
    standards = standards_field()
    strengths = models.TextField(blank=True)
    development = models.TextField(blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    planned_on = models.DateField(null=True)
    shared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    shared_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change")

    class Meta:
        ordering = ["-observed_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in STORED]), name="observation_status_known"
            ),
            standards_known("observation_standards_known"),
            models.CheckConstraint(condition=Q(observer_has_qts=True), name="observation_by_a_qualified_teacher"),
            models.CheckConstraint(
                condition=Q(meeting_on__gte=F("observed_on")), name="observation_meeting_not_before_it"
            ),
            models.CheckConstraint(
                condition=~Q(observer_name="") & ~Q(focus=""), name="observation_says_who_and_what"
            ),
            models.CheckConstraint(
                condition=Q(observer__isnull=True) | Q(observer_from=""), name="observation_observer_of_one_place"
            ),
            models.CheckConstraint(
                condition=Q(third_party=False) | Q(observer__isnull=True) & ~Q(observer_from=""),
                name="observation_third_party_is_from_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(status__in=WITH_RECORD, shared_by__isnull=False, shared_on__isnull=False)
                & Q(shared_on__gte=F("observed_on")) & ~Q(strengths="") & ~Q(development="") & ~Q(standards=[])
                | ~Q(status__in=WITH_RECORD) & Q(shared_by=None, shared_on=None, strengths="", development=""),
                name="observation_record_is_whole_or_none",
            ),
            models.CheckConstraint(
                condition=Q(status="acknowledged", acknowledged_on__isnull=False, acknowledged_on__gte=F("shared_on"))
                | ~Q(status="acknowledged") & Q(acknowledged_on=None),
                name="observation_acknowledged_once_shared",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_on__isnull=False)
                | ~Q(status="cancelled") & Q(cancelled_on=None),
                name="observation_cancelled_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(planned_by__isnull=False, planned_on__isnull=False, planned_on__lte=F("observed_on"))
                | Q(planned_by=None, planned_on=None, status__in=WITH_RECORD),
                name="observation_planned_before_it",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Observation on {day(self.observed_on)}"

    @property
    def state(self) -> ObservationStatus:
        """The status, with its words."""
        return ObservationStatus(self.status)

    @property
    def is_recorded(self) -> bool:
        """Whether its record was shared."""
        return self.status in WITH_RECORD

    @property
    def linked(self) -> tuple[Standard, ...]:
        """The Standards it tells of."""
        return in_order(self.standards)

    @property
    def by(self) -> str:
        """Who observes, as a reader would say it: "Amy Lowe, Northern Teaching School Hub"."""
        return ", ".join(filter(None, [self.observer_name, self.observer_from]))


class ObservationComment(models.Model):
    """What the ECT says about the record of an observation. Each stands as it was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField()
    on = models.DateField(help_text="The day it counts as done")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="observation_comment_says_something")]

    def __str__(self) -> str:
        return f"Comment of {day(self.on)}"


class Visit(CaseRecord):
    """A lesson of an experienced colleague that the ECT observed, in the ECT's own words (SG 2.18)."""

    observed_on = models.DateField()
    colleague = models.CharField(max_length=200, help_text="Who taught, and where if at another school")
    standards = standards_field()
    learned = models.TextField()
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_on = models.DateField()
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change")

    class Meta:
        ordering = ["-observed_on", "id"]
        constraints = [
            standards_known("visit_standards_known"),
            models.CheckConstraint(condition=~Q(colleague="") & ~Q(learned=""), name="visit_says_whom_and_what"),
            models.CheckConstraint(condition=Q(observed_on__lte=F("noted_on")), name="visit_noted_after_it"),
        ]

    def __str__(self) -> str:
        return f"Colleague observed on {day(self.observed_on)}"

    @property
    def linked(self) -> tuple[Standard, ...]:
        """The Standards it tells of."""
        return in_order(self.standards)
