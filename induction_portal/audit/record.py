"""The only writer of the trail.

An action calls `record` once, in its own transaction, after it has written what it describes.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.db.models.functions import Now

from .. import clock
from ..accounts.viewer import System, Viewer
from .events import Event
from .models import AuditChain, AuditEvent, AuditPayload

INSTALLATION = "installation"


def case_chain(induction_id: UUID) -> str:
    """The name of a case's chain."""
    return f"case:{induction_id}"


def organisation_chain(organisation_id: UUID) -> str:
    """The name of an organisation's chain."""
    return f"organisation:{organisation_id}"


def canonical(value: Any) -> str:
    """JSON that is the same for the same content: sorted keys, no spaces, dates and decimals as text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def seal(content: dict[str, Any]) -> tuple[str, str]:
    """The canonical JSON of a content, and its SHA-256 in hex."""
    text = canonical(content)
    return text, hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the audit trail")


def snapshot(row: Model | dict[str, Any] | None) -> dict[str, Any] | None:
    """A row's own columns by name; a dictionary as it is."""
    if isinstance(row, Model):
        return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return row


def record(
    by: Viewer | System,
    event: Event,
    subject: Model,
    *,
    chain: str,
    on: date,
    before: Model | dict[str, Any] | None = None,
    after: Model | dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one event to the end of a chain, in the caller's transaction.

    `on` is the business date; the time is the database's, in the demo
    as far ahead as its clock. Locks the chain: take inductions' locks first (lock order).
    """
    content = canonical({"after": snapshot(after), "before": snapshot(before)})
    _, is_new = AuditChain.objects.get_or_create(name=chain)
    if is_new and chain != INSTALLATION:
        _note_start(by, chain, on)
    return _append(by, event, (subject._meta.label_lower, subject.pk), chain=chain, on=on, content=content)


def _note_start(by: Viewer | System, chain: str, on: date) -> None:
    """Tell the installation's chain of a new one, so that a chain removed altogether is missed."""
    kind, _, key = chain.partition(":")
    AuditChain.objects.get_or_create(name=INSTALLATION)
    _append(by, Event.CHAIN_OPENED, (kind, UUID(key)), chain=INSTALLATION, on=on, content=canonical({}))


def _append(
    by: Viewer | System, event: Event, subject: tuple[str, UUID], *, chain: str, on: date, content: str
) -> AuditEvent:
    link = AuditChain.objects.select_for_update().annotate(now=Now()).get(name=chain)
    row = AuditEvent(
        chain=link,
        sequence=link.length + 1,
        event=event,
        actor_id=by.user.pk if by.user else None,
        acted_as=",".join(sorted(by.roles)) if isinstance(by, Viewer) else by.name,
        organisation_id=by.organisation.pk if by.organisation else None,
        on=on,
        at=link.now + clock.ahead(),
        subject_kind=subject[0],
        subject_id=subject[1],
        digest=hashlib.sha256(content.encode()).hexdigest(),
    )
    row.hash = hash_of(row, previous=link.head)
    row.save(force_insert=True)
    AuditPayload.objects.create(event=row, content=content)
    AuditChain.objects.filter(pk=link.pk).update(length=row.sequence, head=row.hash)
    return row


HASHED = (
    "chain_id", "sequence", "event", "actor_id", "acted_as", "organisation_id",
    "on", "subject_kind", "subject_id", "digest",
)  # fmt: skip


def hash_of(row: AuditEvent, *, previous: str) -> str:
    """The hash that ties an event to everything before it in its chain."""
    told = {name: getattr(row, name) for name in HASHED}
    told |= {"at": row.at.astimezone(UTC), "previous": previous}
    return hashlib.sha256(canonical(told).encode()).hexdigest()
