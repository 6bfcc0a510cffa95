"""The bundle of a case: the whole file that an appropriate body may read, as one numbered document."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.models import Induction
from induction_portal.accounts.models import Organisation, User
from induction_portal.documents.models import IssuedDocument


class CaseBundle(models.Model):
    """A bundle that somebody of an appropriate body asked for. The worker makes it; its bytes are an issued document.

    It tells of the case as it stood when the worker began: what follows needs another. `tries` counts the runs of the
    worker since it last got further, so that a bundle which cannot be made is given up.
    """

    class Purpose(models.TextChoices):
        APPEAL = "appeal", "An appeal against our decision"
        DECISION = "decision", "Our own decision"
        COMPLAINT = "complaint", "A complaint or a grievance"

    class Status(models.TextChoices):
        ASKED = "asked", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be made"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey(Induction, models.PROTECT, related_name="casebundles")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="Which of the body's bundles of this case")
    purpose = models.CharField(max_length=12, choices=Purpose)
    with_earlier = models.BooleanField(help_text="Whether versions that a later one followed are in it")
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField(db_default=Now())
    tries = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(null=True, help_text="Once it is ready")
    ended_at = models.DateTimeField(null=True, help_text="When it was ready, or given up")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "body", "number"], name="bundle_number_once"),
            models.UniqueConstraint(fields=["induction", "body"], condition=Q(status="asked"), name="bundle_made_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="bundle_number_from_one"),
            models.CheckConstraint(condition=Q(purpose__in=["appeal", "decision", "complaint"]), name="bundle_purpose"),
            models.CheckConstraint(
                condition=Q(status="asked", pages=None, ended_at=None)
                | Q(status="ready", pages__isnull=False, pages__gte=1, ended_at__isnull=False)
                | Q(status="failed", pages=None, ended_at__isnull=False),
                name="bundle_status_told_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Case bundle {self.number}"


class BundlePiece(models.Model):
    """One piece of a bundle under way, in its place: a chapter with its rows sealed, or a document as it was issued.

    `pdf` is what the worker made of the rows, kept so that one that was killed goes on where it stopped. Rows and bytes
    go once the bundle is issued; the titles and pages stay, as its index.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bundle = models.ForeignKey(CaseBundle, models.PROTECT, related_name="pieces")
    place = models.PositiveSmallIntegerField(help_text="From 1, in the order of the bundle")
    title = models.CharField(max_length=200)
    chapter = models.CharField(max_length=60, help_text="The chapter that it belongs to")
    content = models.TextField(blank=True, help_text="Canonical JSON: the sections of a chapter")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="Of the rows, or of the issued file")
    pdf = models.BinaryField(null=True)
    pages = models.PositiveIntegerField(null=True, help_text="Once it is made")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "place"], name="bundle_piece_in_its_place"),
            models.CheckConstraint(condition=Q(place__gte=1), name="bundle_piece_from_one"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="bundle_piece_sealed"),
            models.CheckConstraint(
                condition=Q(document=None) | Q(content="", pdf=None), name="bundle_piece_of_one_sort"
            ),
            models.CheckConstraint(
                condition=Q(pages=None, pdf=None) | Q(pages__isnull=False, pages__gte=1), name="bundle_piece_has_pages"
            ),
        ]

    def __str__(self) -> str:
        return self.title
