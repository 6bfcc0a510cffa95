"""Days away from work, why, and what was said of them (R26-R29, R38)."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import User
from induction_portal.accounts.models.people import DateRange

from ..rules.absence_kinds import AbsenceKind
from .records import CaseRecord

KINDS = [(kind.value, kind.label) for kind in AbsenceKind]
STATUTORY = ["maternity", "paternity", "adoption", "shared_parental", "parental_bereavement", "carers", "neonatal_care"]


class Absence(CaseRecord):
    """Days on which the ECT was not at work. A wrong row is changed or withdrawn, never deleted: the trail keeps it.

    `ends_on` is empty while the ECT is away. `elected` is what the ECT chose of statutory leave after their return, and
    stands once the body has confirmed it (R29). Why somebody was ill has a row of its own.
    """

    kind = models.CharField(max_length=30, choices=KINDS)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="Last day away; empty while still away")
    day_fraction = models.DecimalField(max_digits=3, decimal_places=2, default=1, help_text="Of one day (R27)")
    elected = models.BooleanField(null=True, help_text="Whether the ECT chose to extend by it (R29)")
    elected_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True, help_text="The day the body confirmed the choice")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_on = models.DateField(null=True, help_text="The day it was taken back as wrong")
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AbsenceKind]), name="absence_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(day_fraction=1) | Q(day_fraction__gt=0, day_fraction__lt=1, ends_on=F("starts_on")),
                name="absence_part_of_one_day",
            ),
            models.CheckConstraint(
                condition=Q(elected=None, elected_on=None)
                | Q(elected__isnull=False, elected_on__isnull=False, kind__in=STATUTORY, ends_on__lt=F("elected_on")),
                name="absence_chosen_after_leave",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_by__isnull=False, elected__isnull=False, confirmed_on__gte=F("elected_on")),
                name="absence_choice_confirmed_after_it",
            ),
            ExclusionConstraint(
                name="absence_one_of_a_kind_at_a_time",
                expressions=[
                    ("induction", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_on=None),
            ),
        ]
        indexes = [
            models.Index(fields=["induction"], condition=Q(ends_on=None, withdrawn_on=None), name="absence_still_away")
        ]

    def __str__(self) -> str:
        return f"Absence from {self.starts_on}"

    @property
    def what(self) -> AbsenceKind:
        """The kind, as the rules know it."""
        return AbsenceKind(self.kind)


class AbsenceReason(models.Model):
    """Why, in the headteacher's words: a matter of health. Only the ECT and the headteacher read it (R79); never in the
    trail, a message, a log or an export.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absence = models.OneToOneField(Absence, models.PROTECT, related_name="reason")
    text = models.CharField(max_length=2000)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="absence_reason_says_something")]

    def __str__(self) -> str:
        return f"Reason of absence {self.absence_id}"


class AbsenceNotice(CaseRecord):
    """That absence in a part reached a figure, and who has been told: a warning for the school below 30 days, at 30 the
    notice to the appropriate body (R38, SG 5.4).

    `sent_on` is the day the mail server took the notice to the body's officer; `settled` that the school has seen the
    warning or has told the body itself; `acknowledged` that the body knows. `withdrawn_on` when a correction took the
    total below the figure again.
    """

    part = models.PositiveSmallIntegerField()
    figure = models.PositiveSmallIntegerField(help_text="Days, rounded up")
    reached_on = models.DateField(help_text="The school day on which the total reached the figure")
    raised_on = models.DateField()
    sent_on = models.DateField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["part", "figure", "raised_on"]
        constraints = [
            models.CheckConstraint(condition=Q(part__gte=1, part__lte=2), name="absence_notice_of_a_part"),
            models.CheckConstraint(condition=Q(figure__gte=1, figure__lte=30), name="absence_notice_figure_possible"),
            models.CheckConstraint(
                condition=Q(settled_on=None, settled_by=None)
                | Q(settled_by__isnull=False, settled_on__gte=F("raised_on")),
                name="absence_notice_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on=None, acknowledged_by=None)
                | Q(acknowledged_by__isnull=False, acknowledged_on__gte=F("raised_on"), figure=30),
                name="absence_notice_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(sent_on__gte=F("raised_on"), figure=30), name="absence_notice_sent_at_30"
            ),
            models.UniqueConstraint(
                fields=["induction", "part", "figure"],
                condition=Q(withdrawn_on=None),
                name="absence_notice_once_a_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"Absence of {self.figure} days in part {self.part}"

    @property
    def is_to_body(self) -> bool:
        """Whether this is the notice of 30 days, for the appropriate body."""
        return self.figure == 30
