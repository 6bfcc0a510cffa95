"""An appeal to the Teaching Regulation Agency against a decision, as the body that decided records it (R66-R68)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models import CaseRecord
from cases.models.sealed import HEX
from cases.rules.appeals import ENDED, Made
from cases.rules.statuses import AppealStatus
from induction_portal.accounts.models import User

from .bundles import CaseBundle
from .decisions import Decision

RECORDED = [
    AppealStatus.MADE, AppealStatus.REPLIED, AppealStatus.HEARING, AppealStatus.ALLOWED, AppealStatus.DISMISSED,
    AppealStatus.VARIED, AppealStatus.WITHDRAWN,
]  # fmt: skip
OVER = [status.value for status in RECORDED if status in ENDED]
DISMISSED, VARIED = AppealStatus.DISMISSED.value, AppealStatus.VARIED.value


class AppealTime(CaseRecord):
    """What became of the time to appeal, beside what the notice says: the Agency allowed more, the ECT will not appeal,
    or it has passed and everybody was told. A row is there once one of them is known.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal_time")
    until = models.DateField(null=True, help_text="The last day that the Agency set")
    allowed_on = models.DateField(null=True, help_text="The day of the Agency's letter")
    renounced_on = models.DateField(null=True, help_text="Receipt of the ECT's word that they will not appeal")
    closed_on = models.DateField(null=True, help_text="The first day after the time had passed, once that was noted")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None, allowed_on=None) | Q(until__isnull=False, allowed_on__isnull=False),
                name="appeal_time_longer_by_a_letter",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(closed_on=None) | Q(closed_on__gt=F("until")),
                name="appeal_time_closed_after_its_last_day",
            ),
        ]

    def __str__(self) -> str:
        return "Time to appeal"


class Appeal(CaseRecord):
    """One appeal against one decision, from the day it was made to its outcome. `version` counts what was recorded."""

    class Learned(models.TextChoices):
        COPY = "copy", "The Agency sent us a copy of the appeal"
        ECT = "ect", "The ECT told us"
        SCHOOL = "school", "The school told us"

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal")
    status = models.CharField(max_length=10, choices=[(status.value, status.label) for status in RECORDED])
    version = models.PositiveSmallIntegerField(default=1)
    made_on = models.DateField(help_text="The day the Agency received it")
    learned = models.CharField(max_length=8, choices=Learned, help_text="How the body knows")
    permitted_on = models.DateField(null=True, help_text="The day the Agency allowed it, out of time")
    copy_on = models.DateField(null=True, help_text="The day the body received the copy: its time to reply runs")
    representative = models.CharField(max_length=200, blank=True)
    wants_hearing = models.BooleanField(null=True, help_text="Empty when the appeal does not say")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who recorded it")
    on = models.DateField(help_text="The day they did")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")
    ended_on = models.DateField(null=True, help_text="The day it was decided, or withdrawn")
    told_on = models.DateField(null=True, help_text="The day the employer had notice of the outcome")
    terms = models.DecimalField(max_digits=3, decimal_places=1, default=0, help_text="FTE terms ordered; else 0")
    note = models.TextField(blank=True, help_text="What the Agency said")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in RECORDED]), name="appeal_status_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="appeal_version_from_one"),
            models.CheckConstraint(condition=Q(learned__in=["copy", "ect", "school"]), name="appeal_learned_known"),
            models.CheckConstraint(
                condition=~Q(learned="copy") | Q(copy_on__isnull=False), name="appeal_copy_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(copy_on=None) | Q(copy_on__gte=F("made_on")), name="appeal_copied_once_made"
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER, ended_on__isnull=False, ended_on__gte=F("made_on"))
                | (~Q(status__in=OVER) & Q(ended_on=None)),
                name="appeal_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status=VARIED, terms__gt=0) | (~Q(status=VARIED) & Q(terms=0)), name="appeal_orders_terms"
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=False, ended_on__isnull=False, told_on__gte=F("ended_on"))
                | Q(told_on=None) & ~Q(status=DISMISSED),
                name="appeal_dismissal_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"Appeal, {self.state.label.lower()}"

    @property
    def state(self) -> AppealStatus:
        """The status, with its words."""
        return AppealStatus(self.status)

    @property
    def made(self) -> Made:
        """As the rules take it."""
        return Made(self.state, self.made_on, self.ended_on, self.told_on)


class Step(models.Model):
    """Something that an officer recorded of an appeal, and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(help_text="Counts those of an appeal")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        abstract = True
        ordering = ["number"]


class AppealGround(models.Model):
    """One of the grounds of an appeal, as the ECT numbered or put them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="grounds")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="appeal_ground_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="appeal_ground_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="appeal_ground_says_something"),
        ]

    def __str__(self) -> str:
        return f"Ground {self.number}"


class AppealReply(Step):
    """The body's reply to the Agency, sealed: which grounds it admits, which it contests and why. An amended reply is
    another one.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="replies")
    sent_on = models.DateField(help_text="The day it was sent")
    bundle = models.ForeignKey(CaseBundle, models.PROTECT, null=True, related_name="+", help_text="Sent along")
    content = models.TextField(help_text="Canonical JSON")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="appeal_reply_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="appeal_reply_from_one"),
            models.CheckConstraint(condition=Q(sha256__regex=HEX) & ~Q(content=""), name="appeal_reply_sealed"),
            models.CheckConstraint(condition=Q(sent_on__lte=F("on")), name="appeal_reply_not_of_the_future"),
        ]

    def __str__(self) -> str:
        return "Reply to the appeal" if self.number == 1 else f"Amended reply {self.number - 1} to the appeal"


class AppealHearing(Step):
    """A hearing that the Agency has told of, and what the body answered. A later one takes the place of the one before.

    `written` says that the body sends written representations and nobody attends.
    """

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="hearings")
    held_on = models.DateField()
    noticed_on = models.DateField(help_text="The day the body was told of it")
    place = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True, help_text="The day the body told the Agency who attends")
    written = models.BooleanField(default=False)
    attends = models.TextField(blank=True, help_text="Who attends, and the witnesses; or what was sent in writing")

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="appeal_hearing_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="appeal_hearing_from_one"),
            models.CheckConstraint(condition=Q(held_on__gt=F("noticed_on")), name="appeal_hearing_told_before"),
            models.CheckConstraint(
                condition=Q(answered_on=None, written=False, attends="")
                | (Q(answered_on__isnull=False, answered_on__gte=F("noticed_on")) & ~Q(attends="")),
                name="appeal_hearing_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Hearing on {self.held_on:%-d %B %Y}"


class AppealRequest(Step):
    """Information or documents that the Agency asked the body for, by when, and the answer."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="requests")
    asked_on = models.DateField()
    wanted_by = models.DateField()
    text = models.TextField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="appeal_request_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="appeal_request_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="appeal_request_says_what"),
            models.CheckConstraint(condition=Q(wanted_by__gte=F("asked_on")), name="appeal_request_wanted_after"),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="")
                | (Q(answered_on__isnull=False, answered_on__gte=F("asked_on")) & ~Q(answer="")),
                name="appeal_request_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.number} of the Agency"
