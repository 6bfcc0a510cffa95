"""Several messages in one mail: gathered in the morning, one mail a person and day, told by what they are about.

The mail is a row of the outbox like any other, so it is claimed, tried, rescued and given up as they are. The messages
it tells of point at it, and end with it.
"""

import logging
from datetime import date
from itertools import groupby
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from cases.rules.mailing import MORNING, Topic, is_quiet
from cases.rules.statuses import MessageStatus as Status
from cases.rules.transitions import check_move
from cases.rules.working_days import wd_excl
from induction_portal import clock
from induction_portal.accounts.models import User

from . import kinds, mail
from .models import DIGEST, Message

logger = logging.getLogger(__name__)

# One task's share of people, so that it stays far below its time limit.
BATCH = 200


def register_kinds() -> None:
    """Make the kind of these mails known; called once, when the app starts."""
    kinds.register(kinds.Kind(DIGEST, "Your messages from the Induction Portal", "emails/digest.txt", may_see=_anybody))


def _anybody(user: User, subject_id: UUID) -> bool:
    """Each line of the mail is asked about by itself."""
    return True


def gather(limit: int = BATCH) -> bool:
    """Make the mails of this morning and of those that were missed; True when more may be waiting.

    Any number of these may run side by side: the lines are locked, and a second mail to the same person on the same day
    is refused by the database.
    """
    now = clock.now()
    if is_quiet(now) or now.time() < MORNING:
        return False
    today = now.date()
    due = Message.objects.gathered().filter(digest_on__lte=today).order_by("recipient")
    people = list(due.values_list("recipient", flat=True).distinct()[:limit])
    for person in people:
        _gather(person, today)
    return len(people) == limit


@transaction.atomic
def _gather(person: UUID, today: date) -> None:
    due = Message.objects.gathered().filter(recipient=person, digest_on__lte=today)
    lines = [line.pk for line in due.select_for_update(skip_locked=True, of=("self",))]
    if not lines:
        return
    made, is_new = Message.objects.get_or_create(
        kind=DIGEST,
        recipient_id=person,
        subject_id=person,
        once=today.isoformat(),
        defaults={"url": "/messages/", "title": kinds.get(DIGEST).title({})},
    )
    # One mail a day: what comes to be due after it was made goes with tomorrow's.
    facts = {"digest": made} if is_new else {"digest_on": wd_excl(today, 1)}
    Message.objects.filter(pk__in=lines).update(**facts)


def compose(digest: Message) -> EmailMultiAlternatives | None:
    """The mail, with what its reader may still see today; None when that is nothing."""
    lines = list(digest.lines.filter(status=Status.HELD).select_related("recipient").order_by("pk"))
    seen = [line for line in lines if _may_be_told(line)]
    return mail.digest(digest, by_topic(seen)) if seen else None


def _may_be_told(line: Message) -> bool:
    """Whether its reader may still see it. A line that cannot be told at all holds up none of the others."""
    try:
        if kinds.get(line.kind).may_see(line.recipient, line.subject_id):
            return True
        _end(line, Status.WITHDRAWN)
    except Exception:  # the log has it
        logger.exception("Message %s (%s) could not be prepared", line.pk, line.kind)
        _end(line, Status.ABANDONED, failure=mail.UNPREPARED)
    return False


def _end(line: Message, to: Status, **facts: str) -> None:
    check_move(Status.HELD, to)
    Message.objects.filter(pk=line.pk, status=Status.HELD).update(status=to, owner_told=True, **facts)


def by_topic(lines: list[Message]) -> list[tuple[str, list[Message]]]:
    """The lines under what they are about, in the order of the page on which people choose."""
    topics = list(Topic)
    order = {line.pk: topics.index(kinds.get(line.kind).topic) for line in lines}
    told = sorted(lines, key=lambda line: (order[line.pk], line.pk))
    return [(topics[place].label, list(each)) for place, each in groupby(told, key=lambda line: order[line.pk])]


def end_lines(digest: Message, to: Status, **facts: object) -> None:
    """What became of the mail became of its lines."""
    check_move(Status.HELD, to)
    digest.lines.filter(status=Status.HELD).update(status=to, owner_told=True, **facts)


def hold_lines(digest: Message) -> None:
    """A mail that was given up goes out again with what it told, but for what was sent by itself meanwhile."""
    check_move(Status.ABANDONED, Status.HELD)
    digest.lines.filter(status=Status.ABANDONED).update(status=Status.HELD, failure="")
