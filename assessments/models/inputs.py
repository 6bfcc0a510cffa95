"""Input on the ECT's teaching that the school asks of a colleague, and what the colleague says (ADR 0076)."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from cases.models import CaseRecord
from cases.models.standards import STANDARDS, in_order, standards_field, standards_known
from cases.rules.standards import Standard
from induction_portal.accounts.models import User
from induction_portal.accounts.models.invitations import LinkQuerySet, MailedLink
from induction_portal.govuk.words import day


class InputRequestQuerySet(LinkQuerySet):
    """Requests, by whether their links still lead to something."""

    def open(self) -> "InputRequestQuerySet":
        """Neither answered nor withdrawn; perhaps expired."""
        return self.filter(answered_on=None, withdrawn_on=None)

    def answered(self) -> "InputRequestQuerySet":
        """Those that came back."""
        return self.filter(answered_on__isnull=False)


class InputRequest(CaseRecord, MailedLink):
    """A colleague was asked, and answered once or not at all. The answer stands as it was sent."""

    name = models.CharField(max_length=200, help_text="Of the colleague, who needs no sign-in")
    post = models.CharField(max_length=200, help_text="What they do at the school: a reader knows whose word it is")
    standards = standards_field()
    question = models.TextField(help_text="In the asker's own words; never in the mail")
    answer_by = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    opened_at = models.DateTimeField(null=True, help_text="When the link was first opened")
    answered_on = models.DateField(null=True)
    nothing_to_say = models.BooleanField(default=False)
    read_on = models.DateField(null=True, help_text="When the school confirmed having read the answer")
    withdrawn_on = models.DateField(null=True)

    objects = InputRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "id"]
        constraints = [
            standards_known("input_request_standards_known"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(post="") & ~Q(question="") & ~Q(standards=[]),
                name="input_request_says_whom_and_what",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("asked_on"), expires_on__gte=F("answer_by")),
                name="input_request_leaves_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(withdrawn_on=None), name="input_request_answered_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=False) | Q(nothing_to_say=False, read_on=None),
                name="input_request_read_once_answered",
            ),
            models.UniqueConstraint(
                "induction",
                "school",
                Lower("email"),
                condition=Q(answered_on=None, withdrawn_on=None),
                name="input_request_one_open",
            ),
            models.UniqueConstraint(
                fields=["link_digest"], condition=~Q(link_digest=""), name="input_request_link_once"
            ),
            models.CheckConstraint(
                condition=Q(link_digest__regex=r"^([0-9a-f]{64})?$"), name="input_request_link_kept_as_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"Input asked for on {day(self.asked_on)}"

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and self.withdrawn_on is None

    @property
    def asked(self) -> tuple[Standard, ...]:
        """The Standards to comment on, in their order."""
        return in_order(self.standards)

    @property
    def colleague(self) -> str:
        """Who is asked, as a reader would say it: "Marcus Bell, Head of English"."""
        return f"{self.name}, {self.post}"

    def is_late(self, *, on: date) -> bool:
        """Whether the day to answer by has passed without an answer."""
        return self.is_open and self.answer_by < on


class InputAnswer(models.Model):
    """What the colleague says of one Standard."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(InputRequest, models.PROTECT, related_name="answers")
    standard = models.CharField(max_length=3, choices=STANDARDS)
    words = models.TextField()

    class Meta:
        ordering = ["standard"]
        constraints = [
            models.UniqueConstraint(fields=["request", "standard"], name="input_answer_one_a_standard"),
            models.CheckConstraint(
                condition=Q(standard__in=[each.value for each in Standard]), name="input_answer_standard_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="input_answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"Of {self.standard}"

    @property
    def of(self) -> Standard:
        """The Standard, with its words."""
        return Standard(self.standard)
