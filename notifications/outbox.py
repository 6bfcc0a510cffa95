"""Telling people: rows in the caller's transaction, delivery once it has committed."""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from kombu.exceptions import OperationalError

from cases.rules.statuses import MessageStatus as Status
from cases.rules.transitions import check_move
from induction_portal.documents.models import IssuedDocument

from . import kinds
from .models import Message
from .planning import plan
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
    attached: IssuedDocument | None = None,
    urgent: bool = False,
) -> None:
    """Tell one user or several, each once however often they are listed, in the caller's transaction.

    `url` is the path in the portal that the message leads to. With `once`, the same kind about the same subject is told
    to the same person once for each value of it (a version, a due date); a repeat is silently nothing.
    `attached` goes with the mail as it was issued. `urgent`, on a last day, is mailed at once on any day, unless its
    reader wants no mail of what it is about.
    Raises LookupError for an unknown kind and ValueError for a context that the kind does not allow.
    """
    context = dict(context or {})
    title = kinds.get(kind).title(context)
    people = {user.pk: user for user in (to if isinstance(to, Iterable) else [to])}
    facts = {"kind": kind, "subject_id": subject_id, "organisation_id": organisation_id, "url": url, "once": once}
    facts |= {"title": title, "context": context} | _with(attached)
    rows = [Message(recipient=user, **facts) for user in people.values()]
    plan(rows, urgent=urgent)
    Message.objects.bulk_create(rows, ignore_conflicts=bool(once))
    transaction.on_commit(wake)


class Telling(NamedTuple):
    """One thing that one person is told, said once: what `queue` takes, for many at a time."""

    kind: str
    user_id: UUID
    subject_id: UUID
    organisation_id: UUID | None
    url: str
    context: Mapping[str, str]


def queue_many(tellings: Iterable[Telling]) -> int:
    """Tell many people of many things in one statement, in the caller's transaction; how many there were.

    Each is said once: the same kind about the same subject to the same person is silently nothing. Nobody is woken:
    the caller does that once, with `wake`, when its last transaction has committed. Raises as `queue` does.
    """
    rows = [
        Message(
            kind=each.kind,
            recipient_id=each.user_id,
            subject_id=each.subject_id,
            organisation_id=each.organisation_id,
            url=each.url,
            title=kinds.get(each.kind).title(each.context),
            context=dict(each.context),
            once="once",
        )
        for each in tellings
    ]
    plan(rows)
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


# What no worker has in hand.
AT_REST = (Status.QUEUED, Status.FAILED, Status.HELD)


def withdraw(of_kinds: Collection[str], subjects: QuerySet[Any]) -> int:
    """Take back what was not sent yet of some kinds about some of their subjects; how many there were.

    The subjects are only asked about as far as something of them is unsent: of years of them, that is little.
    """
    for status in AT_REST:
        check_move(status, Status.WITHDRAWN)
    unsent = Message.objects.filter(kind__in=of_kinds, status__in=[status.value for status in AT_REST])
    passed = subjects.filter(pk__in=unsent.values("subject_id")).values("pk")
    return unsent.filter(subject_id__in=passed).update(status=Status.WITHDRAWN.value, owner_told=True)


def queue_to_address(
    kind: str,
    *,
    address: str,
    name: str,
    subject_id: UUID,
    organisation_id: UUID | None,
    url: str,
    attached: IssuedDocument | None = None,
) -> None:
    """Tell somebody who has no account, by e-mail alone: `name` is how the mail greets them. As `queue` otherwise."""
    title = kinds.get(kind).title({})
    facts = {"kind": kind, "subject_id": subject_id, "organisation_id": organisation_id, "url": url, "title": title}
    message = Message(address=address, addressee=name, **facts | _with(attached))
    plan([message])
    message.save()
    transaction.on_commit(wake)


def _with(attached: IssuedDocument | None) -> dict[str, str]:
    return {"attachment": attached.stored_id, "attachment_name": attached.filename} if attached else {}


def wake() -> None:
    """Ask a worker to deliver what waits. Nothing is lost when the broker is down: the sweep finds the rows."""
    try:
        deliver_messages.apply_async(retry_policy=WAKING)
    except OperationalError:
        logger.warning("The broker is away; messages wait for the next sweep")
