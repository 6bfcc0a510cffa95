"""A kind of message for the outbox's own tests, so that they need no case."""

from pathlib import Path
from typing import Any
from uuid import UUID

from cases.rules.mailing import Topic
from notifications.kinds import Kind

TEMPLATES = Path(__file__).parent / "templates"
# Subjects that nobody may see, and about which the owner's call-back fails.
HIDDEN, TROUBLED = UUID(int=404), UUID(int=500)


def may_see(user: Any, subject_id: UUID) -> bool:
    """Everybody sees everything but the hidden subject."""
    return subject_id != HIDDEN


def on_sent(message: Any) -> None:
    """The owner's effect, visible in the database from any process: each call adds to the context."""
    told = int(message.context.get("calls", "0")) + 1
    type(message).objects.filter(pk=message.pk).update(context=message.context | {"calls": str(told)})
    if message.subject_id == TROUBLED:
        raise RuntimeError("The owner is in trouble")


TOLD = Kind(
    name="told",
    subject="News from {school}",
    template="emails/told.txt",
    may_see=may_see,
    context_keys=frozenset({"school"}),
    on_sent=on_sent,
    statutory=True,
)
# What may wait, and be turned off.
CHAT = Kind(
    name="chat",
    subject="Something new from {school}",
    template="emails/told.txt",
    may_see=may_see,
    context_keys=frozenset({"school"}),
    topic=Topic.REVIEWS,
)
