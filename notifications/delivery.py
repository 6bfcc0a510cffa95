"""Delivering what waits: claimed under lock, marked, sent, marked. At least once, and nothing twice by design."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from cases.rules.statuses import MessageStatus as Status
from cases.rules.transitions import check_move
from induction_portal import clock

from . import digests, kinds, mail, undelivered
from .models import DIGEST, ENDED, Message

logger = logging.getLogger(__name__)

# One task's share, so that a slow mail server cannot push it past its time limit.
BATCH = 20
# A worker that has held a message for this long is taken for dead.
STUCK_AFTER = timedelta(minutes=2)
# What to wait after each failed attempt: five in all, in a day and a quarter, then the message is given up and shown.
BACKOFF = [timedelta(minutes=minutes) for minutes in (5, 60, 360, 1440)]
MOST_TRIES = len(BACKOFF) + 1
# While the server takes no mail at all, no message is given up for it.
WHILE_AWAY = timedelta(minutes=1)


def deliver_waiting(limit: int = BATCH) -> bool:
    """Deliver up to `limit` messages, stopping when the mail server is away. True when more may be waiting."""
    for _ in range(limit):
        message = claim()
        if message is None or not attempt(message):
            return False
    return True


def claim() -> Message | None:
    """Take the message that has waited longest, so that no other worker does; None when nothing waits."""
    with transaction.atomic():
        waiting = Message.objects.waiting().select_related("recipient").order_by("next_attempt_at", "pk")
        message = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if message is not None:
            message.attempts += 1
            Message.objects.filter(pk=message.pk).update(
                status=Status.SENDING, attempts=message.attempts, next_attempt_at=Now() + STUCK_AFTER
            )
    return message


def attempt(message: Message) -> bool:
    """Try a claimed message once and write down how it ended. False when the mail server is away."""
    if message.attempts > MOST_TRIES:
        _settle(message, Status.ABANDONED, failure="Each try ended without an answer.")
        return True
    try:
        _deliver(message)
    except mail.RefusedError as refusal:
        _settle(message, Status.ABANDONED, failure=str(refusal), to_address=refusal.to_address)
    except mail.ServerAwayError as away:
        again = {"attempts": message.attempts - 1, "next_attempt_at": Now() + WHILE_AWAY}
        _settle(message, Status.FAILED, failure=str(away), **again)
        return False
    except mail.DeliveryError as delay:
        _try_later(message, str(delay))
        return not isinstance(delay, mail.HungUpError)
    except Exception:  # a fault in one message must not hold up the others; the log has it
        logger.exception("Message %s (%s) could not be prepared", message.pk, message.kind)
        _try_later(message, mail.UNPREPARED)
    return True


def tell_owners() -> None:
    """Call `on_sent`, or `on_lost`, for every message that ended and whose owner has not heard of it yet."""
    for message in Message.objects.filter(status__in=ENDED, owner_told=False).order_by("pk"):
        try:
            _tell_owner(message)
        except Exception:  # the next sweep tries again; the log has it
            logger.exception("The owner of message %s (%s) could not be told", message.pk, message.kind)


def _deliver(message: Message) -> None:
    kind = kinds.get(message.kind)
    # An address without an account was given by who sent the message: there is nobody to ask about.
    who = message.recipient
    if who and not (who.is_active and kind.may_see(who, message.subject_id)):
        _settle(message, Status.WITHDRAWN)
        return
    composed = digests.compose(message) if message.kind == DIGEST else mail.compose(message, kind)
    if composed is None:
        _settle(message, Status.WITHDRAWN)
        return
    mail.send(composed)
    _settle(message, Status.SENT, sent_at=clock.now(), failure="", owner_told=kind.on_sent is None)


def _try_later(message: Message, reason: str) -> None:
    if message.attempts >= MOST_TRIES:
        _settle(message, Status.ABANDONED, failure=reason)
    else:
        wait = BACKOFF[message.attempts - 1]
        _settle(message, Status.FAILED, failure=reason, next_attempt_at=Now() + wait)


def _settle(message: Message, to: Status, *, to_address: bool = False, **facts: Any) -> None:
    """Write the end of this attempt, unless another worker has taken the message over meanwhile."""
    check_move(Status.SENDING, to)
    if to in (Status.ABANDONED, Status.WITHDRAWN):
        facts["owner_told"] = kinds.get(message.kind).on_lost is None
    held = Message.objects.filter(pk=message.pk, status=Status.SENDING, attempts=message.attempts)
    with transaction.atomic():
        if not held.update(status=to, **facts):
            logger.warning("Message %s was taken over by another worker", message.pk)
        elif to != Status.FAILED:
            _ended(message, to, facts, to_address)


def _ended(message: Message, to: Status, facts: dict[str, Any], to_address: bool) -> None:
    """The messages of a mail of several end with it; and whether mail reaches this person is known now."""
    if message.kind == DIGEST:
        told = {name: facts[name] for name in ("sent_at", "failure") if name in facts}
        digests.end_lines(message, to, **told)
    if to == Status.ABANDONED:
        undelivered.note(message, facts["failure"], to_address=to_address)


def _tell_owner(message: Message) -> None:
    """Owner's effects and our mark together, or neither. The mark comes last: the outbox is locked after the case."""
    with transaction.atomic():
        kind = kinds.get(message.kind)
        tell = kind.on_sent if message.status == Status.SENT else kind.on_lost
        if tell:
            tell(message)
        if not Message.objects.filter(pk=message.pk, owner_told=False).update(owner_told=True):
            transaction.set_rollback(True)  # another worker told them between our look and now
