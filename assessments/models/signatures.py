"""What people say under a version of a report: that they read it, comments, signatures, a recommendation."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from cases.models.sealed import HEX, Said
from cases.rules.outcomes import Recommended
from cases.rules.signing import ECT, HEAD, TUTOR, Bound
from cases.rules.statuses import RecommendationStatus, SignatureStatus

from .assessments import SIGNATORIES
from .reports import AssessmentVersion

ANSWERS = [(s.value, s.label) for s in (SignatureStatus.SIGNED, SignatureStatus.REFUSED)]
RECOMMENDED = [
    (Recommended.SATISFACTORY.value, "Performance against the Standards is satisfactory"),
    (Recommended.EXTENSION.value, "The induction period should be extended"),
    (Recommended.UNSATISFACTORY.value, "Performance against the Standards is not satisfactory"),
]


class VersionRead(Said):
    """Somebody opened a version on its page: nobody signs what they have not opened."""

    version = models.ForeignKey(AssessmentVersion, models.PROTECT, related_name="readings")

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["version", "by"], name="version_read_once")]

    def __str__(self) -> str:
        return f"Opened on {self.on:%-d %B %Y}"


class AssessmentComment(Said):
    """The ECT's comments on a version, before anybody signs (R53). An empty text says that they have none."""

    version = models.OneToOneField(AssessmentVersion, models.PROTECT, related_name="comment")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Comments of {self.on:%-d %B %Y}" if self.text else f"No comments, {self.on:%d %B %Y}"


class Signature(Said):
    """One person's signature under a version in one role, or their refusal and why.

    `part` is the digest of what touches them: `cases.rules.signing` says for how long it stands.
    """

    version = models.ForeignKey(AssessmentVersion, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=20, choices=SIGNATORIES)
    status = models.CharField(max_length=10, choices=ANSWERS)
    sha256 = models.CharField(max_length=64, help_text="Of the version signed")
    part = models.CharField(max_length=64, help_text="SHA-256 of the part of it that touches the signatory")
    reason = models.TextField(blank=True, help_text="Why they refused")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "role"], condition=Q(status="signed"), name="signature_once_in_a_role"
            ),
            models.CheckConstraint(condition=Q(role__in=[TUTOR, HEAD, ECT]), name="signature_role_known"),
            models.CheckConstraint(condition=Q(status__in=["signed", "refused"]), name="signature_status_known"),
            models.CheckConstraint(condition=Q(sha256__regex=HEX, part__regex=HEX), name="signature_binds_digests"),
            models.CheckConstraint(
                condition=~Q(status="signed", reason__gt="") & ~Q(status="refused", reason=""),
                name="signature_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} on {self.on:%-d %B %Y}"

    @property
    def state(self) -> SignatureStatus:
        """What was answered, with its words."""
        return SignatureStatus(self.status)

    @property
    def bound(self) -> Bound:
        """What it binds, as the rules take it. Reads the version's number."""
        return Bound(self.role, self.version.number, self.part)


class Recommendation(models.Model):
    """What the headteacher recommends to the appropriate body, given with their signature under the report (R60).

    Sealed like the report: only its status, which is the portal's own, moves on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.OneToOneField(Signature, models.PROTECT, related_name="recommendation")
    outcome = models.CharField(max_length=20, choices=RECOMMENDED)
    extend_by = models.DecimalField(
        max_digits=3, decimal_places=1, default=0, help_text="FTE terms, of an extension; 0 of anything else"
    )
    reason = models.TextField(blank=True)
    content = models.TextField(help_text="Canonical JSON, with the digest of the version it belongs to")
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=[(s.value, s.label) for s in RecommendationStatus])

    received_on: date  # only where `outcome.received` has asked for it: the day that body and ECT had it

    class Meta:
        ordering = ["signature__at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[each.value for each in Recommended]), name="recommendation_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="extension", extend_by__gt=0) | (~Q(outcome="extension") & Q(extend_by=0)),
                name="recommendation_extension_has_a_length",
            ),
            models.CheckConstraint(
                condition=Q(outcome="satisfactory") | ~Q(reason=""), name="recommendation_gives_reasons"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in RecommendationStatus]),
                name="recommendation_status_known",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=HEX), name="recommendation_sealed"),
        ]

    def __str__(self) -> str:
        return f"Recommendation, {self.state.label.lower()}"

    @property
    def state(self) -> RecommendationStatus:
        """The status, with its words."""
        return RecommendationStatus(self.status)

    @property
    def length(self) -> str:
        """How long an extension should last, in words; empty for anything else."""
        if not self.extend_by:
            return ""
        terms = f"{self.extend_by.normalize():f}"
        return f"{terms} full-time {'term' if terms == '1' else 'terms'}"
