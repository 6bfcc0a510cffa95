"""The trail of what was never done one by one: rows, hashes and chains as `audit.record` would have written them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditChain, AuditEvent, AuditPayload
from induction_portal.audit.record import HASHED, INSTALLATION, canonical, hash_of

from .copying import Spool, numbers


class Actor(NamedTuple):
    """Who did something: a user in their roles for an organisation, or (neither) the loader itself."""

    user_id: UUID | None = None
    acted_as: str = "seed_scale"
    organisation_id: UUID | None = None


class Happening(NamedTuple):
    """One event to be: its subject by kind and id, and what the payload tells of it."""

    on: date
    event: Event
    kind: str
    subject_id: UUID
    actor: Actor = Actor()
    after: Any = None
    before: Any = None


@dataclass(slots=True)
class Link:
    """An event's row, with the names that its hash is made of."""

    chain_id: str
    sequence: int
    event: str
    actor_id: UUID | None
    acted_as: str
    organisation_id: UUID | None
    on: date
    subject_kind: str
    subject_id: UUID
    digest: str
    at: datetime
    hash: str = ""


class Trail:
    """Chains that grow in memory and are copied with the rows they tell of. Every new one is told to the installation's
    chain, which lasts until `finish`; any other is written once, whole.
    """

    def __init__(self, spool: Spool, at: datetime) -> None:
        self._spool, self._at = spool, at
        self._told: list[tuple[Link, str]] = []
        self._length, self._head = 0, ""

    def installation(self, happening: Happening) -> None:
        """One more event of the installation's own chain."""
        link = self._link(INSTALLATION, self._length + 1, self._head, happening)
        self._length, self._head = link.sequence, link.hash

    def chain(self, name: str, happenings: Iterable[Happening]) -> None:
        """A whole chain, its events in the order of their days."""
        kind, _, key = name.partition(":")
        length, head = 0, ""
        for happening in sorted(happenings, key=lambda each: each.on):
            if not length:
                opened = Happening(happening.on, Event.CHAIN_OPENED, kind, UUID(key), happening.actor)
                self.installation(opened)
            link = self._link(name, length + 1, head, happening)
            length, head = link.sequence, link.hash
        if length:
            self._spool.add(AuditChain, name=name, length=length, head=head)

    def _link(self, chain: str, sequence: int, previous: str, told: Happening) -> Link:
        opens = told.event == Event.CHAIN_OPENED
        content = canonical({} if opens else {"after": told.after, "before": told.before})
        digest = hashlib.sha256(content.encode()).hexdigest()
        user_id, acted_as, organisation_id = told.actor
        subject = told.kind, told.subject_id
        link = Link(
            chain, sequence, told.event.value, user_id, acted_as, organisation_id, told.on, *subject, digest, self._at
        )
        link.hash = hash_of(link, previous=previous)  # type: ignore[arg-type]  # it has the names that count
        self._told.append((link, content))
        return link

    def send(self) -> None:
        """Hand what was told since to the spool."""
        if not self._told:
            return
        for number, (link, content) in zip(numbers(AuditEvent, len(self._told)), self._told, strict=True):
            values = {name: getattr(link, name) for name in HASHED}
            self._spool.add(AuditEvent, id=number, **values, at=link.at, hash=link.hash)
            self._spool.add(AuditPayload, event_id=number, content=content)
        self._told.clear()

    def finish(self) -> None:
        """The installation's own chain, once nothing more will be told of it."""
        self.send()
        self._spool.add(AuditChain, name=INSTALLATION, length=self._length, head=self._head)
        self._spool.send()
