"""A person's own messages, as the portal shows them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from induction_portal.accounts.viewer import Viewer

from . import kinds
from .kinds import Names
from .models import Message, MessageQuerySet

PAGE_SIZE = 25


def messages_of(viewer: Viewer) -> MessageQuerySet:
    """Everything the viewer was told, whomever they act for: the inbox is the person's, as their e-mail is."""
    return Message.objects.filter(recipient=viewer.user).shown()


def unread_count(viewer: Viewer) -> int:
    """How many messages the viewer has not opened."""
    return messages_of(viewer).unread().count()


def unread_messages(request: HttpRequest) -> dict[str, Any]:
    """For every template: the number beside "Messages" in the header, counted only if the page shows it."""
    viewer = getattr(request, "viewer", None)
    return {"unread_messages": SimpleLazyObject(lambda: unread_count(viewer)) if viewer else 0}


def _say_about_whom(viewer: Viewer, shown: Sequence[Message]) -> None:
    """Put on each message whom it is about, as far as the viewer may see that now. It is neither stored nor mailed.

    One query, whatever the messages are about.
    """
    subjects: defaultdict[Callable[..., Names], set[UUID]] = defaultdict(set)
    for message in shown:
        if about := kinds.get(message.kind).about:
            subjects[about].add(message.subject_id)
    asked = [about(viewer, ids).order_by() for about, ids in subjects.items()]
    known: dict[UUID, str] = dict(asked[0].union(*asked[1:], all=True)) if asked else {}
    for message in shown:
        message.about = known.get(message.subject_id, "")


def one_page(viewer: Viewer, *, before: int | None = None) -> tuple[Sequence[Message], int | None]:
    """The newest 25 messages older than the one named, and where the next page starts (None on the last)."""
    messages = messages_of(viewer).order_by("-pk")
    if before is not None:
        messages = messages.filter(pk__lt=before)
    found = list(messages[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    _say_about_whom(viewer, shown)
    return shown, (shown[-1].pk if len(found) > PAGE_SIZE else None)
