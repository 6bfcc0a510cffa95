"""Issued documents: who was given exactly which bytes, and when. Neither is ever changed."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Func, Q, Value

from induction_portal import clock

# PostgreSQL's own SHA-256 of the content, in hex.
DIGEST = Func(
    Func("content", function="sha256", output_field=models.BinaryField()),
    Value("hex"),
    function="encode",
    output_field=models.TextField(),
)


class StoredBytes(models.Model):
    """The bytes of a file, kept once under their SHA-256 (64 lower-case hex digits, checked by the database)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256=DIGEST),
                name="stored_bytes_match_their_sha256",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class IssuedDocument(models.Model):
    """One version of a document, as it was issued.

    `kind` and `subject_id` name what it is about without pointing at it; `organisation_id` is the school's and
    `body_id` the appropriate body's, as at issue. `issued_by` is empty when the portal issued it of itself.
    `fingerprint` is what the file itself prints: the SHA-256 of the sealed record it was made from, not of the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    organisation_id = models.UUIDField()
    body_id = models.UUIDField(null=True)
    filename = models.CharField(max_length=150)
    stored = models.ForeignKey(StoredBytes, on_delete=models.PROTECT, related_name="issues")
    fingerprint = models.CharField(max_length=64, blank=True, default="", db_default="")
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "kind", "version"], name="document_version_issued_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="document_version_from_one"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(filename=""), name="document_kind_and_filename_given"),
            models.CheckConstraint(
                condition=Q(fingerprint="") | Q(fingerprint__regex=r"^[0-9a-f]{64}$"),
                name="document_fingerprint_is_one",
            ),
        ]
        indexes = [models.Index(fields=["fingerprint"], condition=~Q(fingerprint=""), name="document_by_fingerprint")]

    def __str__(self) -> str:
        return f"{self.filename} ({self.kind}, version {self.version})"
