"""Concerns of the school about an ECT's progress, and what a review or an assessment proposes (R69)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.models.standards import in_order, standards_field, standards_known
from cases.rules.standards import Standard
from cases.rules.support import Audience
from induction_portal.accounts.models import User

from .records import SupportRecord, audience_known

RAISERS = ["mentor", "induction_tutor", "induction_lead", "headteacher"]


class Proposal(SupportRecord):
    """That a review or an assessment gives cause for a concern: the induction tutor raises it, or says why not.

    `source_id` and `url` name what was found where, without pointing there. A corrected report changes an open one, or
    withdraws it; one that was answered stands.
    """

    class Answer(models.TextChoices):
        OPEN = "open", "To be answered"
        RAISED = "raised", "A concern was raised"
        DECLINED = "declined", "No concern was raised"
        WITHDRAWN = "withdrawn", "Withdrawn: the report was corrected"

    source_id = models.UUIDField(help_text="The review or assessment")
    title = models.CharField(max_length=100, help_text="What it is called: Progress review 2")
    url = models.CharField(max_length=200)
    standards = standards_field()
    on_track = models.BooleanField(help_text="Whether it said that the ECT is on track")
    found_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    reason = models.TextField(blank=True, help_text="Why no concern was raised")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["-found_on", "id"]
        constraints = [
            audience_known("proposal_never_the_mentors", Audience.ASSESSED),
            standards_known("proposal_standards_known"),
            models.UniqueConstraint(fields=["source_id"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["open", "raised", "declined", "withdrawn"]), name="proposal_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="withdrawn") | Q(on_track=False) | ~Q(standards=[]), name="proposal_has_a_cause"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["open", "withdrawn"], answered_by=None, answered_on=None)
                | Q(answer__in=["raised", "declined"], answered_by__isnull=False, answered_on__gte=F("found_on")),
                name="proposal_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") & Q(reason="") | Q(answer="declined") & ~Q(reason=""),
                name="proposal_declined_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["induction"], condition=Q(answer="open"), name="proposal_open")]

    def __str__(self) -> str:
        return f"Proposal of {self.found_on:%-d %B %Y}"

    @property
    def touches(self) -> tuple[Standard, ...]:
        """The Standards that were found wanting."""
        return in_order(self.standards)

    @property
    def cause(self) -> str:
        """What was found, in words: "Not on track. TS7: …"."""
        found = [] if self.on_track else ["Not on track"]
        return ". ".join([*found, *(standard.label for standard in self.touches)])


class Concern(SupportRecord):
    """A concern that somebody at the school raised, as they wrote it. It stands; what follows from it is a level.

    `passed_on` is the day on which the trust's officer passed it to the appropriate body, where a school's concerns go
    to the trust first (R81).
    """

    standards = standards_field()
    seen = models.TextField(help_text="What was seen")
    tried = models.TextField(help_text="What has been tried already")
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_as = models.CharField(max_length=20, help_text="The role in which it was raised")
    raised_on = models.DateField()
    raised_at = models.DateTimeField(db_default=Now(), help_text="The database's time")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="concern")
    passed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    passed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-raised_on", "-raised_at"]
        constraints = [
            audience_known("concern_of_the_school", Audience.CASE, Audience.WITH_TRUST, Audience.PASSED_ON),
            standards_known("concern_standards_known"),
            models.CheckConstraint(
                condition=~Q(standards=[]) & ~Q(seen="") & ~Q(tried=""), name="concern_says_what_and_where"
            ),
            models.CheckConstraint(condition=Q(raised_as__in=RAISERS), name="concern_raised_at_the_school"),
            models.CheckConstraint(
                condition=Q(audience=Audience.PASSED_ON.value, passed_by__isnull=False, passed_on__gte=F("raised_on"))
                | ~Q(audience=Audience.PASSED_ON.value) & Q(passed_by=None, passed_on=None),
                name="concern_passed_on_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Concern of {self.raised_on:%-d %B %Y}"

    @property
    def touches(self) -> tuple[Standard, ...]:
        """The Standards that it touches."""
        return in_order(self.standards)

    @property
    def waits_for_trust(self) -> bool:
        """Whether the trust's officer has still to pass it on."""
        return self.audience == Audience.WITH_TRUST
