"""What a person does with their messages, and how they want to be mailed of them; what an administrator does about mail
that does not arrive. Messages are nobody's record: reading one leaves no trail.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from cases.rules.errors import RuleBroken
from cases.rules.mailing import Pace, Topic
from cases.rules.statuses import MessageStatus as Status
from cases.rules.transitions import check_move
from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import INSTALLATION, organisation_chain, record

from . import kinds
from .inbox import messages_of
from .models import DIGEST, EmailChoice, Message, Undelivered
from .outbox import wake
from .planning import arrange
from .undelivered import given_up
from .unsubscribing import GATHERED, Asked

GATHERING = (Pace.DAILY, Pace.WEEKLY)
# What no worker has had in hand yet, and may still be mailed otherwise.
UNTOUCHED = (Status.QUEUED, Status.HELD)


def mark_read(message: Message) -> None:
    """The recipient has opened the message; the first time counts."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.now())


@transaction.atomic
def mark_all_read(viewer: Viewer) -> int:
    """Mark the viewer's unread messages as read; returns how many there were."""
    return messages_of(viewer).unread().update(read_at=clock.now())


@action
def set_email_choices(*, by: Viewer, on: date, weekday: int, **paces: Pace) -> None:
    """Mail this person as they ask, a pace for each topic. What waits is arranged anew; what went out, or was kept in
    the portal, stays as it is.
    """
    _choose(by, on, {Topic(name): pace for name, pace in paces.items()}, weekday=weekday)


@action
def unsubscribe(*, on: date, asked: Asked) -> None:
    """Mail somebody no more of what their link is about; a second time changes nothing.

    Raises RuleBroken when nobody has this account any more.
    """
    user = User.objects.filter(pk=asked.user_id, is_active=True).first()
    if user is None:
        raise RuleBroken("This link does not work any more")
    chosen = {Topic(choice.topic): choice for choice in EmailChoice.objects.filter(user=user)}
    if asked.what == GATHERED:
        topics = [topic for topic, choice in chosen.items() if choice.pace in GATHERING]
    else:
        topics = [Topic(asked.what)]
    wanted = [topic for topic in topics if topic not in chosen or chosen[topic].pace != Pace.NEVER]
    if wanted:
        _choose(Viewer(user, None, frozenset(), on), on, dict.fromkeys(wanted, Pace.NEVER))


def _choose(by: Viewer, on: date, paces: Mapping[Topic, Pace], *, weekday: int = 0) -> None:
    user = User.objects.select_for_update().get(pk=by.user.pk)
    before = dict(EmailChoice.objects.filter(user=user).values_list("topic", "pace"))
    rows = {
        topic: EmailChoice(user=user, topic=topic.value, pace=pace.value, weekday=weekday)
        for topic, pace in paces.items()
    }
    EmailChoice.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["user", "topic"], update_fields=["pace", "weekday"]
    )
    after = before | {topic.value: pace.value for topic, pace in paces.items()}
    record(by, Event.EMAIL_CHOICES_SET, user, chain=INSTALLATION, on=on, before=before, after=after)
    _arrange_anew(user, rows)


def _arrange_anew(user: User, rows: Mapping[Topic, EmailChoice]) -> None:
    """What waits for this person goes out as they want it now. The outbox is locked last."""
    waiting = Message.objects.filter(recipient=user, status__in=UNTOUCHED, attempts=0, any_day=False, digest=None)
    waiting = Message.objects.filter(recipient=user, status__in=UNTOUCHED, attempts=0, any_day=False, digest=None)
    for message in waiting.exclude(kind=DIGEST).select_for_update(of=("self",)):
        choice = rows.get(kinds.get(message.kind).topic)
        if choice is None:
            continue
        was = Status(message.status)
        arrange(message, choice)
        if message.status != was:
            check_move(was, Status(message.status))
        message.save(update_fields=["status", "digest_on"])
    transaction.on_commit(wake)


@action
def settle_undelivered(*, by: Viewer, on: date, undelivered_id: UUID, done: str) -> Undelivered:
    """Record that somebody whom mail did not reach was told in another way, or send again what was given up.

    Raises RuleBroken when somebody else has seen to it meanwhile, or nobody has this account any more.
    """
    problem = Undelivered.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=undelivered_id)
    if problem.settled:
        raise RuleBroken("Somebody has seen to this already")
    if done == Undelivered.Settled.AGAIN and problem.recipient and not problem.recipient.is_active:
        raise RuleBroken("This account is closed, so no mail can be sent to it", "done")
    problem.settled, problem.settled_at = done, clock.now()
    problem.save(update_fields=["settled", "settled_at"])
    chain = organisation_chain(by.organisation.pk)
    record(by, Event.UNDELIVERED_SETTLED, problem, chain=chain, on=on, after={"settled": done})
    if done == Undelivered.Settled.AGAIN:
        _send_again(problem)
    return problem


def _send_again(problem: Undelivered) -> None:
    """Each message that was given up, from the beginning; what its reader may no longer see is not sent even so."""
    check_move(Status.ABANDONED, Status.QUEUED)
    fresh = {"attempts": 0, "next_attempt_at": Now(), "failure": "", "digest": None, "digest_on": None}
    given_up(problem).update(status=Status.QUEUED, owner_told=False, **fresh)
    transaction.on_commit(wake)
