"""The files the portal has issued: kept once by SHA-256, never changed, always served again as they were."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from .models import IssuedDocument, StoredBytes

AT_A_TIME = 10


def issue(
    *,
    subject_id: UUID,
    kind: str,
    content: bytes,
    filename: str,
    by: Any,
    organisation_id: UUID,
    body_id: UUID | None = None,
    version: int = 1,
    fingerprint: str = "",
) -> IssuedDocument:
    """Keep `content` as the issued file of this subject, kind and version; the calling action records the event.

    `organisation_id` is the school, `body_id` the appropriate body, `by` the Viewer or System that issues it.
    `fingerprint` is the SHA-256 (hex) of the sealed record, where the file prints one.
    Said twice, it returns what was issued first and keeps nothing new: a document is rendered once.
    Runs in the caller's transaction.
    """
    if issued := fetch(subject_id=subject_id, kind=kind, version=version):
        return issued
    digest = sha256(content).hexdigest()
    StoredBytes.objects.bulk_create([StoredBytes(sha256=digest, content=content)], ignore_conflicts=True)
    facts = {
        "organisation_id": organisation_id,
        "body_id": body_id,
        "filename": filename,
        "fingerprint": fingerprint,
        "stored_id": digest,
        "issued_by": getattr(by, "user", None),
    }
    document, _ = IssuedDocument.objects.get_or_create(
        subject_id=subject_id, kind=kind, version=version, defaults=facts
    )
    return document


def fetch(*, subject_id: UUID, kind: str, version: int | None = None) -> IssuedDocument | None:
    """The issued document of this version, or the latest when no version is named; None when there is none."""
    issued = IssuedDocument.objects.filter(subject_id=subject_id, kind=kind)
    if version is not None:
        issued = issued.filter(version=version)
    return issued.order_by("-version").first()


def bytes_of(document: IssuedDocument) -> bytes:
    """The file exactly as it was issued."""
    return stored(document.stored_id)


def stored(digest: str) -> bytes:
    """The bytes kept under a SHA-256 (hex). Raises StoredBytes.DoesNotExist when there are none."""
    return bytes(StoredBytes.objects.values_list("content", flat=True).get(sha256=digest))


def followed(document: IssuedDocument) -> bool:
    """Whether a later version of a document has been issued."""
    same = IssuedDocument.objects.filter(subject_id=document.subject_id, kind=document.kind)
    return same.filter(version__gt=document.version).exists()


def issued_about(subject_ids: Iterable[UUID]) -> QuerySet[IssuedDocument]:
    """Every version of every document about some subjects, the oldest first."""
    return IssuedDocument.objects.filter(subject_id__in=subject_ids).order_by("issued_at", "version", "pk")


def with_bytes(documents: QuerySet[IssuedDocument]) -> Iterator[tuple[IssuedDocument, bytes]]:
    """Documents with their files, exactly as they were issued; only a few of them are held at a time."""
    for document in documents.select_related("stored").iterator(chunk_size=AT_A_TIME):
        yield document, bytes(document.stored.content)


def issued_with(digest: str) -> QuerySet[IssuedDocument]:
    """Every issue of exactly the bytes with this SHA-256 (hex), the oldest first; empty if never issued."""
    return IssuedDocument.objects.filter(stored_id=digest.strip().lower()).order_by("issued_at", "pk")


def known_by(fingerprint: str) -> QuerySet[IssuedDocument]:
    """Every issue that prints this fingerprint, or whose own bytes have it (hex), the oldest first."""
    told = fingerprint.strip().lower()
    found = IssuedDocument.objects.filter(Q(stored_id=told) | Q(fingerprint=told))
    return found.order_by("issued_at", "version", "pk")
