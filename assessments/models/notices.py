"""Notices of a decision, and a body's own wording of them (R63, R64)."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models import CaseRecord
from cases.models.sealed import HEX
from cases.rules.notices import NAMES, Given, Told
from cases.rules.statuses import NoticeStatus
from induction_portal.accounts.models import Organisation, User

from .decisions import Decision

TOLD = [
    (Told.ECT.value, "ECT"),
    (Told.HEADTEACHER.value, "Headteacher"),
    (Told.EMPLOYER.value, "Employer"),
    (Told.AGENCY.value, "Teaching Regulation Agency"),
]


class Notice(CaseRecord):
    """One letter that tells somebody of a decision: what it says is sealed, and how it went out recorded.

    `letter` counts the letters to this addressee: one that could not be delivered is written anew, with its own day.
    `on` is the day the officer sent it off; `sent_on` the day the mail server accepted it.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="notices")
    to = models.CharField(max_length=12, choices=TOLD)
    status = models.CharField(max_length=10, choices=[(status.value, status.label) for status in NoticeStatus])
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    addressee = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True, help_text="E-mail or postal, of who has no account")
    letter = models.PositiveSmallIntegerField(default=1)
    content = models.TextField(blank=True, help_text="Canonical JSON of the letter")
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")
    sent_on = models.DateField(null=True)
    posted_on = models.DateField(null=True)
    received_on = models.DateField(null=True, help_text="Recorded, of a posted letter")
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "to"], name="notice_one_to_each"),
            models.CheckConstraint(condition=Q(to__in=[who.value for who in Told]), name="notice_to_known"),
            models.CheckConstraint(condition=Q(letter__gte=1), name="notice_letter_counts_from_one"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "queued", "bounced"], sent_on=None, posted_on=None, received_on=None)
                | Q(status="sent", sent_on__isnull=False, posted_on=None, received_on=None)
                | Q(status="posted", sent_on=None, posted_on__isnull=False, received_on=None)
                | Q(status="received", sent_on=None, posted_on__isnull=False, received_on__gte=F("posted_on"))
                | Q(status="not_needed", to="employer", sent_on=None, posted_on=None, received_on=None),
                name="notice_status_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(status="not_needed", sha256="", content="")
                | (~Q(status="not_needed") & Q(sha256__regex=HEX) & ~Q(content="")),
                name="notice_letter_is_sealed",
            ),
            models.CheckConstraint(
                condition=(Q(status="bounced") & ~Q(failure="")) | (~Q(status="bounced") & Q(failure="")),
                name="notice_bounced_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Notice to {NAMES[self.who]}"

    def named_for(self, user: User) -> str:
        """As somebody reads it: who gets the letter is not told to whom it went."""
        return "Notice of the decision" if self.recipient_id == user.pk else str(self)

    @property
    def state(self) -> NoticeStatus:
        return NoticeStatus(self.status)

    @property
    def who(self) -> Told:
        return Told(self.to)

    @property
    def given(self) -> Given:
        """As the rules take it."""
        return Given(self.state, self.sent_on or self.posted_on, self.received_on)


def _paragraph() -> Any:
    return models.TextField(blank=True, help_text="Empty for the portal's own wording")


class LetterWording(models.Model):
    """A body's own wording of its letters of decision, from a day on. What the law prescribes is not among it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letter_wordings")
    starts_on = models.DateField()
    pass_opening = _paragraph()
    pass_closing = _paragraph()
    extend_opening = _paragraph()
    extend_closing = _paragraph()
    fail_opening = _paragraph()
    fail_closing = _paragraph()
    others_opening = _paragraph()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "starts_on"], name="letter_wording_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"Wording from {self.starts_on:%-d %B %Y}"
