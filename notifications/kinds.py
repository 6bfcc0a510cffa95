"""The kinds of message. Each app registers its own in `AppConfig.ready()`; this app knows none of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.rules.mailing import Topic

LONGEST_VALUE = 200
Names = QuerySet[Any, tuple[UUID, str]]


@dataclass(frozen=True)
class Kind:
    """What a message of one kind says, who may still be told, and whom to tell that it went out.

    `subject` is the e-mail's subject and the line in the inbox; it may name context keys in braces.
    `template` is plain text, paragraphs parted by blank lines; the layouts add greeting, link and the portal's name.
    `context_keys` are all that a message may carry: never a health, performance or identity detail.
    `may_see(user, subject_id)` is asked just before delivery.
    `about(viewer, subject_ids)` names, for the inbox alone, whom those subjects concern that the viewer may see now:
    pairs of an id and a name, not yet asked for, so that the inbox asks for those of every kind at once.
    `on_sent(message)` is called exactly once, in a transaction of its own, after the mail server accepted the message;
    `on_lost(message)` likewise, after it was given up: refused for good, tried too often, or no longer theirs to see;
    and of one that went out, after it came back.
    `statutory`: what the law or the guidance has people told. It is mailed at once on any day, and nobody can turn it
    off. Of the others, each person chooses by `topic`; so they have no owner who waits to hear that they went out.
    `urgent`: said on a last day, so mailed at once on any day, but only to who wants mail of that topic.
    """

    name: str
    subject: str
    template: str
    may_see: Callable[[Any, UUID], bool]
    context_keys: frozenset[str] = frozenset()
    on_sent: Callable[[Any], None] | None = None
    about: Callable[[Any, Collection[UUID]], Names] | None = None
    on_lost: Callable[[Any], None] | None = None
    statutory: bool = False
    topic: Topic = Topic.OTHER
    urgent: bool = False

    def __post_init__(self) -> None:
        if (self.on_sent or self.on_lost) and not self.statutory:
            raise ValueError(f"{self.name}: somebody waits for it to go out, so it must be statutory")

    def title(self, context: Mapping[str, str]) -> str:
        """The subject with this context. Raises ValueError when the context is not exactly what the kind allows."""
        if set(context) != self.context_keys:
            raise ValueError(f"A {self.name} message carries {sorted(self.context_keys)}, not {sorted(context)}")
        for key, value in context.items():
            if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_VALUE:
                raise ValueError(f"{self.name}: {key} must be one line of at most {LONGEST_VALUE} characters")
        return self.subject.format(**context)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Raises ValueError when the name is taken."""
    if kind.name in _kinds:
        raise ValueError(f"There is already a kind of message called {kind.name}")
    _kinds[kind.name] = kind


def register_all(
    subjects: Mapping[str, str],
    folder: str,
    *,
    may_see: Callable[[Any, UUID], bool],
    about: Callable[[Any, Collection[UUID]], Names],
    on_sent: Mapping[str, Callable[[Any], None]] = MappingProxyType({}),
    on_lost: Mapping[str, Callable[[Any], None]] = MappingProxyType({}),
    statutory: Collection[str] = (),
    topic: Topic = Topic.OTHER,
) -> None:
    """Make several kinds about the same things known: each name with its subject, its template `folder/name.txt`.

    `on_sent` and `on_lost` hold, by name, what is called when a message of that kind went out, or was given up;
    `statutory` names those that nobody can turn off, and `topic` is what the others are about.
    """
    for name, subject in subjects.items():
        hooks = {"on_sent": on_sent.get(name), "on_lost": on_lost.get(name)}
        told = {"about": about, "statutory": name in statutory, "topic": topic}
        register(Kind(name, subject, f"{folder}/{name}.txt", may_see, **told, **hooks))


def get(name: str) -> Kind:
    """The kind of this name. Raises LookupError when no app registered it."""
    if name not in _kinds:
        raise LookupError(f"No app registers a kind of message called {name}")
    return _kinds[name]


def registered() -> list[Kind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
