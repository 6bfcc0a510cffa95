"""What an appropriate body says of a plan: it approves it as it stands, or comments (R79)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.rules.support import Audience
from induction_portal.accounts.models import User

from .plans import Plan
from .records import SupportRecord, audience_known


class PlanAnswer(SupportRecord):
    """An officer's word on a plan that was started. `ends_on` tells how long it was then: with its weeks laid anew
    it is approved anew.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="answers")
    approves = models.BooleanField()
    text = models.TextField(blank=True)
    ends_on = models.DateField(help_text="The plan's last day as its weeks were laid then")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        ordering = ["at"]
        constraints = [
            audience_known("plan_answer_of_the_case", Audience.CASE),
            models.CheckConstraint(condition=Q(approves=True) | ~Q(text=""), name="plan_answer_says_something"),
            models.UniqueConstraint(
                fields=["plan", "ends_on"], condition=Q(approves=True), name="plan_approved_once_as_it_stands"
            ),
        ]

    def __str__(self) -> str:
        return "Approved" if self.approves else "Comment"
