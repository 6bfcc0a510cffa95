"""Checks the whole trail: every hash, every sequence, every length, every payload."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from .events import Event
from .models import AuditChain, AuditEvent, AuditPayload
from .record import INSTALLATION, hash_of


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong with a chain."""

    chain: str
    sequence: int
    says: str

    def __str__(self) -> str:
        return f"{self.chain}, event {self.sequence}: {self.says}"


def faults() -> Iterator[Fault]:
    """The first fault of each chain that has one; nothing when the trail is whole.

    People work while it reads: what was added since it looked at a chain, an erasure or a new chain is no fault.
    """
    erased = erased_subjects()
    for chain in AuditChain.objects.order_by("name").iterator():
        if fault := first_fault(chain, erased):
            yield fault
    yield from misfits()


def erased_subjects() -> set[UUID]:
    """What had its details erased, by an event that says so."""
    return set(_erasures().values_list("subject_id", flat=True))


def _erasures() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(event=Event.PAYLOAD_ERASED)


def misfits() -> Iterator[Fault]:
    """Chains whose start the installation's chain tells of and that are gone, and those that it does not know."""
    there = set(AuditChain.objects.exclude(name=INSTALLATION).values_list("name", flat=True))
    opened = AuditEvent.objects.filter(chain=INSTALLATION, event=Event.CHAIN_OPENED)
    told = {f"{kind}:{key}" for kind, key in opened.values_list("subject_kind", "subject_id")}
    begun_since = set(AuditChain.objects.filter(name__in=told - there).values_list("name", flat=True))
    for name in sorted(told - there - begun_since):
        yield Fault(name, 1, "is missing: the whole chain was removed")
    for name in sorted(there - told):
        yield Fault(name, 1, "is not what it seems: the installation's chain does not tell of its start")


def first_fault(chain: AuditChain, erased: set[UUID]) -> Fault | None:
    """The first thing wrong with one chain."""
    previous, sequence = "", 0
    passed = chain.length == 0
    events = AuditEvent.objects.filter(chain=chain).order_by("sequence").select_related("payload")
    for event in events.iterator(chunk_size=2000):
        sequence += 1
        if event.sequence != sequence:
            return Fault(chain.name, sequence, "is missing")
        if event.hash != hash_of(event, previous=previous):
            return Fault(chain.name, sequence, "was changed, or something before it was")
        if says := _payload_fault(event, erased):
            return Fault(chain.name, sequence, says)
        previous = event.hash
        passed = passed or (sequence, previous) == (chain.length, chain.head)
    if not passed or (sequence > chain.length and not _reaches(chain.name, sequence)):
        return Fault(chain.name, sequence + 1, "is missing: the chain was cut")
    return None


def _reaches(name: str, sequence: int) -> bool:
    """Whether a chain has meanwhile grown to an event that was read after its length: both are written together."""
    return AuditChain.objects.filter(name=name, length__gte=sequence).exists()


def _payload_fault(event: AuditEvent, erased: set) -> str:
    try:
        content = event.payload.content
    except AuditPayload.DoesNotExist:
        known = event.subject_id in erased or _erasures().filter(subject_id=event.subject_id).exists()
        return "" if known else "its details are missing and no erasure was recorded"
    if hashlib.sha256(content.encode()).hexdigest() != event.digest:
        return "its details were changed"
    return ""
