"""The sealed report of an assessment: each version, its judgements and the evidence drawn in."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models.sealed import HEX, Sealed
from cases.rules.signing import ECT, HEAD, TUTOR
from cases.rules.standards import Standard

from .assessments import Assessment
from .versions import STANDARDS


class AssessmentVersion(Sealed):
    """One state of a report as the ECT was asked to comment on it, with the digest of what touches each signatory."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="versions")
    tutor_part = models.CharField(max_length=64, help_text="SHA-256 of what touches the induction tutor")
    head_part = models.CharField(max_length=64, help_text="SHA-256 of what touches the headteacher")
    ect_part = models.CharField(max_length=64, help_text="SHA-256 of what touches the ECT")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="assessment_version_number_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=HEX, tutor_part__regex=HEX, head_part__regex=HEX, ect_part__regex=HEX),
                name="assessment_version_sealed",
            ),
        ]

    @property
    def parts(self) -> dict[str, str]:
        """For each signatory the digest of the part that touches them."""
        return {TUTOR: self.tutor_part, HEAD: self.head_part, ECT: self.ect_part}


class Judgement(models.Model):
    """How the ECT stands against one Standard, on what evidence (SG 2.59)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(AssessmentVersion, models.PROTECT, related_name="judgements")
    standard = models.CharField(max_length=3, choices=STANDARDS)
    satisfactory = models.BooleanField()
    evidence = models.TextField()
    strengths = models.TextField(blank=True)
    development = models.TextField(blank=True)
    surprise_reason = models.TextField(
        blank=True, help_text="Why it is unfavourable although no earlier review was (SG 2.58)"
    )

    class Meta:
        ordering = ["standard"]
        constraints = [
            models.UniqueConstraint(fields=["version", "standard"], name="judgement_one_a_standard"),
            models.CheckConstraint(
                condition=Q(standard__in=[standard.value for standard in Standard]), name="judgement_standard_known"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="judgement_has_evidence"),
            models.CheckConstraint(
                condition=Q(satisfactory=True) | ~Q(development=""), name="judgement_unfavourable_says_what_to_develop"
            ),
        ]

    def __str__(self) -> str:
        return f"Judgement on {self.standard}"


class DrawnFrom(models.Model):
    """A record that the author chose as evidence, and what it says: a review, an observation, a colleague's input.

    `kind` and `subject_id` name it without pointing at it: the report stands whatever becomes of the record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(AssessmentVersion, models.PROTECT, related_name="drawn")
    place = models.PositiveSmallIntegerField()
    standard = models.CharField(max_length=3, choices=STANDARDS, blank=True, help_text="Empty: for the whole report")
    kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    says = models.TextField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "place"], name="drawn_place_once"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(says=""), name="drawn_complete"),
            models.CheckConstraint(
                condition=Q(standard__in=["", *(standard.value for standard in Standard)]), name="drawn_standard_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Source {self.place}, {self.kind}"
