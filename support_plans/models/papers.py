"""What was sealed of a support plan, who opened it, and who signed it or did not (R76)."""

from django.db import models
from django.db.models import Q

from cases.models.sealed import HEX, Said, Sealed
from cases.rules.plan_papers import SIGNS, Stage
from cases.rules.signing import ECT
from cases.rules.statuses import SignatureStatus
from cases.rules.transitions import ROLE_NAMES

from .plans import Plan

ANSWERS = [(s.value, s.label) for s in (SignatureStatus.SIGNED, SignatureStatus.REFUSED)]
SIGNED, DECLINED = SignatureStatus.SIGNED.value, SignatureStatus.REFUSED.value


class PlanVersion(Sealed):
    """A plan as it stood when it was started, finished or corrected: every box of its form, the meetings with the
    appropriate body included. `correction` says what was wrong with the one before, empty where nothing was.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    stage = models.CharField(max_length=10, choices=[(stage.value, stage.label) for stage in Stage])
    correction = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_version_from_one"),
            models.CheckConstraint(condition=Q(sha256__regex=HEX), name="plan_version_sealed"),
            models.CheckConstraint(
                condition=Q(stage=Stage.FINISHED.value) | Q(stage=Stage.STARTED.value, number=1, correction=""),
                name="plan_version_stage_known",
            ),
        ]

    @property
    def sealed_as(self) -> Stage:
        """When it was sealed, with its words."""
        return Stage(self.stage)


class PlanVersionRead(Said):
    """Somebody opened a version in full: nobody signs what they have not opened."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="readings")

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["version", "by"], name="plan_version_read_once")]

    def __str__(self) -> str:
        return f"Opened on {self.on:%-d %B %Y}"


class PlanSignature(Said):
    """A signature under a finished plan, in the role of induction tutor or ECT; or the ECT's word that they do not sign
    and why. It binds the digest of the version.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=20, choices=[(role, ROLE_NAMES[role]) for role in SIGNS])
    status = models.CharField(max_length=10, choices=ANSWERS)
    sha256 = models.CharField(max_length=64, help_text="Of the version signed")
    words = models.TextField(blank=True, help_text="Why the ECT declined")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "role"], name="plan_answered_once_in_a_role"),
            models.CheckConstraint(condition=Q(role__in=SIGNS), name="plan_signature_role_known"),
            models.CheckConstraint(condition=Q(sha256__regex=HEX), name="plan_signature_binds_a_digest"),
            models.CheckConstraint(
                condition=Q(status=SIGNED, words="") | Q(status=DECLINED, role=ECT) & ~Q(words=""),
                name="plan_declined_by_the_ect_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{'Signed' if self.is_signed else 'Declined'} on {self.on:%-d %B %Y}"

    @property
    def is_signed(self) -> bool:
        """Whether it is a signature; else the ECT declined."""
        return self.status == SIGNED
