"""What the operator of the installation sees and does about messages: never to whom, nor what they say."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.urls import reverse

from cases.rules.errors import RuleBroken
from cases.rules.statuses import MessageStatus as Status
from cases.rules.transitions import check_move
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import INSTALLATION, record
from induction_portal.govuk.words import moment
from induction_portal.operations.figures import Figure

from . import digests, kinds, outbox, undelivered
from .models import UNSENT, Message

PAGE_SIZE = 25
TOO_LONG = timedelta(minutes=10)
BY_OPERATOR = "Set aside by the operator."
TROUBLED = (Status.FAILED.value, Status.ABANDONED.value)
CHANGED = "This message has moved on since you opened the page"
OWNED = "Whoever sent this message was told that it was lost, and sends it again from their own page"


def figures(now: datetime) -> list[Figure]:
    """How many wait, since when, and what could not be sent. One query."""
    waits, fails = Q(status__in=UNSENT), Q(status=Status.FAILED)
    told = Message.objects.filter(status__in=[*UNSENT, Status.ABANDONED.value]).aggregate(
        waiting=Count("pk", filter=waits), oldest=Min("created_at", filter=waits),
        failed=Count("pk", filter=fails), parked=Count("pk", filter=Q(status=Status.ABANDONED)),
    )  # fmt: skip
    page, late = reverse("notifications:outbox"), bool(told["oldest"]) and now - told["oldest"] > TOO_LONG
    return [
        Figure("Waiting to be sent", str(told["waiting"])),
        Figure("The oldest that waits is of", moment(told["oldest"]) if told["oldest"] else "None waits", look=late),
        Figure("Failed, to be tried again", str(told["failed"]), look=bool(told["failed"]), url=page),
        Figure("Could not be sent", str(told["parked"]), look=bool(told["parked"]), url=page),
    ]


def troubled(*, before: int | None = None) -> tuple[Sequence[Message], int | None]:
    """A page of what failed or was given up, the newest first, and where the next page starts. One query."""
    found = Message.objects.filter(status__in=TROUBLED).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    told = ("pk", "kind", "status", "failure", "attempts", "created_at", "next_attempt_at")
    rows = list(found.only(*told)[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    for message in shown:
        message.can_go_again = message.status == Status.ABANDONED and kinds.get(message.kind).on_lost is None
    return shown, (shown[-1].pk if len(rows) > PAGE_SIZE else None)


@action
def requeue(*, by: Viewer, on: date, message_id: int) -> None:
    """Send a message again that was given up, as if for the first time. Whether its reader may still see it is asked
    then.

    Raises RuleBroken when it has moved on meanwhile, or when its owner was told that it was lost.
    """
    message = _locked(message_id, Status.ABANDONED)
    if kinds.get(message.kind).on_lost:
        raise RuleBroken(OWNED)
    _move(by, on, message, Status.QUEUED, Event.MESSAGE_REQUEUED, attempts=0, failure="", owner_told=False)
    digests.hold_lines(message)
    transaction.on_commit(outbox.wake)


@action
def park(*, by: Viewer, on: date, message_id: int) -> None:
    """Try a message no more that has failed. Its owner, if it has one, is told that it was lost; whoever looks after
    its reader is told that mail did not reach them.

    Raises RuleBroken when it has moved on meanwhile: it was sent, or a worker is at it.
    """
    message = _locked(message_id, Status.FAILED)
    told = kinds.get(message.kind).on_lost is None
    failure = f"{message.failure} {BY_OPERATOR}"[:200]
    _move(by, on, message, Status.ABANDONED, Event.MESSAGE_PARKED, failure=failure, owner_told=told)
    digests.end_lines(message, Status.ABANDONED, failure=failure)
    undelivered.note(message, failure, to_address=False)


def _locked(message_id: int, status: Status) -> Message:
    """Raises RuleBroken for a message that is not, or no longer, where the page showed it."""
    message = Message.objects.select_for_update(of=("self",)).filter(pk=message_id, status=status).first()
    if message is None:
        raise RuleBroken(CHANGED)
    return message


def _move(by: Viewer, on: date, message: Message, to: Status, event: Event, **facts: object) -> None:
    was = Status(message.status)
    check_move(was, to)
    told = {"message": message.pk, "kind": message.kind, "status": to.value}
    record(by, event, by.organisation, chain=INSTALLATION, on=on, before={"status": was.value}, after=told)
    Message.objects.filter(pk=message.pk).update(status=to, next_attempt_at=Now(), **facts)
