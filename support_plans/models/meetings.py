"""Meetings about an ECT's support: arranged, held and recorded, or called off (R70, R72)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.rules.statuses import MeetingStatus, SupportLevel
from cases.rules.support import Audience
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role

from .levels import STORED, LevelChange
from .records import SupportRecord, audience_known

TABLE = ["mentor", "induction_tutor", "headteacher", "body_officer", "ect"]


class PlanMeeting(SupportRecord):
    """A meeting while a level was open. `about` is the level that it is a meeting of: that one, or one to which the ECT
    may go on from there. It can be changed until it is recorded or called off; then it stands, and later words are
    entries of their own.

    `present` and `names` are the roles that were there and who held them that day, in the same order.
    """

    level = models.ForeignKey(LevelChange, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(help_text="Counts the meetings of an induction")
    about = models.CharField(max_length=10, choices=[(level.value, level.label) for level in STORED])
    on = models.DateField()
    where = models.CharField(max_length=200, blank=True, help_text="At what time and where it is to be")
    arranged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    arranged_on = models.DateField(null=True, help_text="Empty for one that was recorded without being arranged here")
    present = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    others = models.CharField(max_length=500, blank=True, help_text="Whoever else was there")
    missing = models.TextField(blank=True, help_text="Who could not meet, and why, where the level allows it")
    outline = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_as = models.CharField(max_length=20, blank=True, help_text="The role in which it was recorded")
    called_off_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    called_off_because = models.TextField(blank=True)
    settled_on = models.DateField(null=True, help_text="The day on which it was recorded or called off")
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change")

    class Meta:
        ordering = ["on", "number"]
        constraints = [
            audience_known("plan_meeting_of_the_case", Audience.CASE),
            models.UniqueConstraint(fields=["induction", "number"], name="plan_meeting_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_meeting_counts_from_one"),
            models.CheckConstraint(
                condition=Q(about__in=[level.value for level in STORED]) & ~Q(about="6"), name="plan_meeting_of_a_level"
            ),
            models.CheckConstraint(
                condition=Q(present__contained_by=TABLE, present__len=F("names__len")), name="plan_meeting_of_people"
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None, recorded_by=None, called_off_by=None, arranged_on__isnull=False)
                | Q(settled_on__isnull=False, recorded_by__isnull=False, called_off_by=None, on__lte=F("settled_on"))
                | Q(settled_on__isnull=False, recorded_by=None, called_off_by__isnull=False),
                name="plan_meeting_settled_once",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by=None, recorded_as="", outline="", outcome="", others="", missing="")
                | Q(recorded_by__isnull=False, present__len__gte=1)
                & ~Q(recorded_as="")
                & ~Q(outline="")
                & ~Q(outcome=""),
                name="plan_meeting_recorded_in_full",
            ),
            models.CheckConstraint(
                condition=Q(called_off_by=None, called_off_because="")
                | Q(called_off_by__isnull=False) & ~Q(called_off_because=""),
                name="plan_meeting_called_off_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(arranged_on=None, arranged_by=None)
                | Q(arranged_on__isnull=False, arranged_by__isnull=False) & ~Q(where=""),
                name="plan_meeting_arranged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting of {self.on:%-d %B %Y}"

    @property
    def about_level(self) -> SupportLevel:
        """The level that it is a meeting of."""
        return SupportLevel(self.about)

    @property
    def state(self) -> MeetingStatus:
        """Planned until it is recorded, or called off."""
        if self.recorded_by_id is not None:
            return MeetingStatus.HELD
        return MeetingStatus.PLANNED if self.called_off_by_id is None else MeetingStatus.CANCELLED

    @property
    def is_to_come(self) -> bool:
        """Whether it is neither recorded nor called off."""
        return self.state is MeetingStatus.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether it was held and recorded."""
        return self.state is MeetingStatus.HELD

    @property
    def people(self) -> str:
        """Who was there, in words."""
        known = [f"{name} ({Role(role).label})" for role, name in zip(self.present, self.names, strict=True)]
        return ", ".join([*known, *([self.others] if self.others else [])])


class PlanMeetingEntry(models.Model):
    """What somebody had to add, or to put right, once a meeting was recorded. Whoever may read the meeting reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(PlanMeeting, models.PROTECT, related_name="entries")
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_as = models.CharField(max_length=20, help_text="The role in which it was said")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="plan_meeting_entry_says_something")]

    def __str__(self) -> str:
        return f"Entry of {self.on:%-d %B %Y}"
