"""What the ECT says of their recorded service: agreed, or queried and answered (SG 5.2)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import User

from .records import CaseRecord


class Agreement(CaseRecord):
    """The ECT agreed, or queried, one thing that was recorded of their service, as it stood on a day.

    What it is about is named by kind and id. `digest` tells whether that still stands as it was then: a later
    correction makes another, and the ECT is asked again. Only the school's answer is ever added to a row.
    """

    class Kind(models.TextChoices):
        PATTERN = "pattern", "Working pattern"
        SERVED_TOTAL = "served_total", "Service in all"
        ABSENCE = "absence", "Absence"

    class Answer(models.TextChoices):
        AGREED = "agreed", "Agreed"
        QUERIED = "queried", "Queried"

    kind = models.CharField(max_length=20, choices=Kind)
    subject_id = models.UUIDField(help_text="The pattern's or absence's id; of the served total the induction's")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was recorded then")
    stated = models.CharField(max_length=300, help_text="What was recorded then, in the words shown")
    as_at = models.DateField(help_text="The day up to which a total is meant; of anything else the day of the answer")
    answer = models.CharField(max_length=10, choices=Answer)
    text = models.CharField(max_length=2000, blank=True, help_text="What the ECT asks, of a query")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())
    reply = models.CharField(max_length=2000, blank=True, help_text="What the school answers to a query")
    corrected = models.BooleanField(null=True, help_text="Whether the school has corrected what was queried")
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    replied_on = models.DateField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["pattern", "served_total", "absence"]), name="agreement_kind_known"
            ),
            models.CheckConstraint(condition=Q(answer__in=["agreed", "queried"]), name="agreement_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="agreed", text="") | (Q(answer="queried") & ~Q(text="")),
                name="agreement_query_says_what",
            ),
            models.CheckConstraint(
                condition=Q(reply="", corrected=None, replied_by=None, replied_on=None)
                | Q(answer="queried", corrected__isnull=False, replied_by__isnull=False, replied_on__gte=F("on"))
                & ~Q(reply=""),
                name="agreement_reply_whole_or_none",
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="agreement_digest_is_one"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(answer="queried", replied_by=None),
                name="agreement_one_open_query",
            ),
        ]
        indexes = [
            models.Index(fields=["school"], condition=Q(answer="queried", replied_by=None), name="agreement_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.answer} on {self.on}"

    @property
    def is_open(self) -> bool:
        """Whether this is a query that waits for the school."""
        return self.answer == self.Answer.QUERIED and self.replied_by_id is None
