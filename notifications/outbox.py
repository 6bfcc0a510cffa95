"""Telling people: rows in the caller's transaction, delivery once it has committed."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from kombu.exceptions import OperationalError

from . import kinds
from .models import Message
from .tasks import deliver_messages

logger = logging.getLogger(__name__)

# The request waits for this: one second try, at once, for a connection gone stale. The sweep does the rest.
WAKING = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def queue(
    kind: str,
    *,
    to: Any | Iterable[Any],
    subject_id: UUID,
    organisation_id: UUID | None,
    url: str,
    context: Mapping[str, str] | None = None,
    once: str = "",
) -> None:
    """Tell one user or several, each once however often they are listed, in the caller's transaction.

    `url` is the path in the portal that the message leads to. With `once`, the same kind about the same subject is told
    to the same person once for each value of it (a version, a due date); a repeat is silently nothing.
    Raises LookupError for an unknown kind and ValueError for a context that the kind does not allow.
    """
    context = dict(context or {})
    title = kinds.get(kind).title(context)
    people = {user.pk: user for user in (to if isinstance(to, Iterable) else [to])}
    facts = {"kind": kind, "subject_id": subject_id, "organisation_id": organisation_id, "url": url, "once": once}
    rows = [Message(recipient=user, title=title, context=context, **facts) for user in people.values()]
    Message.objects.bulk_create(rows, ignore_conflicts=bool(once))
    transaction.on_commit(wake)


def wake() -> None:
    """Ask a worker to deliver what waits. Nothing is lost when the broker is down: the sweep finds the rows."""
    try:
        deliver_messages.apply_async(retry_policy=WAKING)
    except OperationalError:
        logger.warning("The broker is away; messages wait for the next sweep")
