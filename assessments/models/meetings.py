"""Mentor meetings: a light log that mentor and ECT keep together (R46)."""

from django.db import models
from django.db.models import F, Q

from cases.models import CaseRecord
from induction_portal.accounts.models import User
from induction_portal.govuk.words import day


class MentorMeeting(CaseRecord):
    """One meeting of mentor and ECT. Either of them notes it and may put it right; the tutor reads it (R79)."""

    held_on = models.DateField()
    focus = models.CharField(max_length=1000)
    next_step = models.CharField(max_length=1000, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_on = models.DateField(help_text="The day it was noted, or last changed")
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change")

    class Meta:
        ordering = ["-held_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(focus=""), name="meeting_is_about_something"),
            models.CheckConstraint(condition=Q(held_on__lte=F("noted_on")), name="meeting_noted_after_it"),
        ]

    def __str__(self) -> str:
        return f"Mentor meeting on {day(self.held_on)}"
