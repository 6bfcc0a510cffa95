"""The appropriate body's decision at the end of an induction, or of an extension of it (R62, R65)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.models import CaseRecord, DecisionExtension
from cases.models.sealed import HEX, Said
from cases.rules.outcomes import ExtensionGround, Outcome
from cases.rules.statuses import DecisionStatus
from induction_portal.accounts.models import User

from .assessments import Assessment
from .reports import AssessmentVersion
from .signatures import Recommendation

OUTCOMES = [
    (Outcome.PASS.value, "Pass: performance against the Standards is satisfactory"),
    (Outcome.EXTEND.value, "Extend the induction period"),
    (Outcome.FAIL.value, "Fail: performance against the Standards is not satisfactory"),
]
GROUNDS = [
    (ExtensionGround.INSUFFICIENT_EVIDENCE.value, "There is not enough evidence to decide on"),
    (ExtensionGround.PERSONAL_CRISIS.value, "A personal crisis"),
    (ExtensionGround.ILLNESS.value, "Illness"),
    (ExtensionGround.DISABILITY.value, "Disability"),
    (ExtensionGround.SUPPORT.value, "Support during induction fell short"),
]
STORED = [status for status in DecisionStatus if status is not DecisionStatus.PENDING]
MADE = [status.value for status in STORED if status not in (DecisionStatus.PROPOSED, DecisionStatus.RETURNED)]
FINAL = [DecisionStatus.PASSED.value, DecisionStatus.FAILED.value]


class Decision(CaseRecord):
    """What a body decides upon one recommendation: to pass, to extend or to fail, and why.

    It is made at once or, where the body wants a second officer, proposed first; made, it is sealed, and only its
    status moves on. One that was returned stays beside the next.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="decisions")
    report = models.ForeignKey(AssessmentVersion, models.PROTECT, related_name="decisions")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    reasons = models.TextField()
    terms = models.DecimalField(
        max_digits=3, decimal_places=1, default=0, help_text="FTE terms, of an extension; 0 of anything else"
    )
    ground = models.CharField(max_length=30, choices=GROUNDS, blank=True, help_text="Of an extension (R65)")
    assessments = models.TextField(blank=True, help_text="How the ECT is assessed during an extension")
    status = models.CharField(max_length=10, choices=[(status.value, status.label) for status in STORED])
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="The officer who decided or proposed")
    on = models.DateField(help_text="The day they did")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")
    made_on = models.DateField(null=True, help_text="The day from which notice and appeal are counted")
    extension = models.OneToOneField(DecisionExtension, models.PROTECT, null=True, related_name="decision")
    content = models.TextField(blank=True, help_text="Canonical JSON, once made")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=~Q(status="returned"), name="decision_one_a_recommendation"
            ),
            models.UniqueConstraint(
                fields=["induction"], condition=Q(status__in=FINAL), name="decision_one_final_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[each.value for each in Outcome]), name="decision_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in STORED]), name="decision_status_known"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_gives_reasons"),
            models.CheckConstraint(
                condition=Q(outcome="extend", terms__gt=0, ground__in=[key for key, _ in GROUNDS]) & ~Q(assessments="")
                | (~Q(outcome="extend") & Q(terms=0, ground="", assessments="", extension=None)),
                name="decision_extension_has_length_and_ground",
            ),
            models.CheckConstraint(
                condition=Q(status__in=MADE, made_on__isnull=False, sha256__regex=HEX)
                | (~Q(status__in=MADE) & Q(made_on=None, extension=None, sha256="", content="")),
                name="decision_sealed_once_made",
            ),
            models.CheckConstraint(
                condition=(~Q(status="passed") | Q(outcome="pass"))
                & (~Q(status="failed") | Q(outcome="fail"))
                & (~Q(status="extended") | Q(outcome="extend")),
                name="decision_status_is_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision, {self.state.label.lower()}"

    @property
    def state(self) -> DecisionStatus:
        """The status, with its words."""
        return DecisionStatus(self.status)

    @property
    def decides(self) -> Outcome:
        """To pass, to extend or to fail."""
        return Outcome(self.outcome)

    @property
    def is_made(self) -> bool:
        """Whether it is more than a proposal."""
        return self.made_on is not None

    @property
    def length(self) -> str:
        """How long an extension lasts, in words; empty for anything else."""
        if not self.terms:
            return ""
        terms = f"{self.terms.normalize():f}"
        return f"{terms} full-time {'term' if terms == '1' else 'terms'}"


class DecisionApproval(Said):
    """A second officer approves a proposed decision, or returns it with comments."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned"

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="approval")
    outcome = models.CharField(max_length=10, choices=Outcome)
    comments = models.TextField(blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "returned"]), name="decision_approval_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="approved") | ~Q(comments=""), name="decision_return_has_comments"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.on:%-d %B %Y}"
