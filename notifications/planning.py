"""When each message is mailed: by its kind, by what its recipient prefers, and by the portal's clock."""

from collections.abc import Sequence

from cases.rules.mailing import Pace, Topic, digest_day
from cases.rules.statuses import MessageStatus as Status
from induction_portal import clock
from induction_portal.accounts.models import User

from . import kinds
from .models import EmailChoice, Message


def plan(messages: Sequence[Message], *, urgent: bool = False) -> None:
    """Say of new messages, not stored yet and of any kinds, how they are mailed. One query, none if all are statutory.

    `urgent`: their last day is today, so they wait for no other message and no working day.
    """
    choosing = []
    for message in messages:
        kind = kinds.get(message.kind)
        # Whoever has no account has nothing to choose with, nor a page on which the message shows meanwhile.
        message.any_day = urgent or kind.urgent or kind.statutory or message.recipient_id is None
        if not kind.statutory and message.recipient_id:
            choosing.append((message, (message.recipient_id, kind.topic.value)))
    if choosing:
        users, topics = ({key[place] for _, key in choosing} for place in (0, 1))
        chosen = EmailChoice.objects.filter(user__in=users, topic__in=topics)
        known = {(choice.user_id, choice.topic): choice for choice in chosen}
        for message, key in choosing:
            arrange(message, known.get(key))


def arrange(message: Message, choice: EmailChoice | None) -> None:
    """Give a message that no worker has had in hand the state, and the day, that this choice asks for."""
    pace = Pace(choice.pace) if choice else Pace.AT_ONCE
    message.status, message.digest_on = Status.QUEUED, None
    if choice is None or (message.any_day and pace is not Pace.NEVER):
        return
    if pace is Pace.NEVER:
        message.status = Status.KEPT
    elif pace is not Pace.AT_ONCE:
        message.status, message.digest_on = Status.HELD, digest_day(pace, clock.now(), choice.weekday)


def chosen_by(user: User) -> dict[str, str | int]:
    """What somebody chose, as their page shows it: a pace for each topic, and the day of the weekly mail."""
    rows = list(EmailChoice.objects.filter(user=user))
    weekdays = [row.weekday for row in rows if row.pace == Pace.WEEKLY]
    paces = dict.fromkeys((topic.value for topic in Topic), Pace.AT_ONCE.value) | {row.topic: row.pace for row in rows}
    return {**paces, "weekday": weekdays[0] if weekdays else 0}
