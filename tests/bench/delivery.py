"""Ten thousand reminders to five hundred people, delivered by two workers to a mail server on this machine.

BENCH_MESSAGES sets how many there are (10,000). Goals: none lost, none twice.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench._goals import missed
from tests.bench._sizes import size

MESSAGES, PEOPLE, WORKERS = 10_000, 500, 2
LOOK_AGAIN = 0.1
FIRST = 100  # reviews beyond those that the cases have by themselves
# Messages a second that would be too slow to go on with, after two minutes for everything else.
SLOWEST, PATIENCE = 1, 120


def measure() -> dict[str, float | int | str]:
    """Seconds from the moment at which two idle workers are woken until every message has ended; how many messages
    did not come, and how many mails came again.
    """
    from tests.support.mailbox import Mailbox

    mailbox = Mailbox()
    try:
        told = _say(size("MESSAGES", MESSAGES))
        with ExitStack() as running:
            workers = [running.enter_context(_worker(mailbox)) for _ in range(WORKERS)]
            seconds = _delivered(told, workers)
    finally:
        mailbox.close()
    figures: dict[str, float | int | str] = {
        "delivery_messages": told,
        "delivery_workers": WORKERS,
        "delivery_seconds": round(seconds, 1),
        "delivery_messages_per_second": round(told / seconds),
        **_counted(mailbox, told),
    }
    missed(figures, {"delivery_lost": 0, "delivery_twice": 0})
    return figures


def _counted(mailbox: Any, told: int) -> dict[str, float | int | str]:
    """By the mail server, and by what the portal says of its messages."""
    from cases.rules.statuses import MessageStatus as Status
    from notifications.models import Message

    came = [str(mail["Message-ID"]) for mail in mailbox.messages]
    written_down = Message.objects.filter(status=Status.SENT).count()
    return {"delivery_lost": told - min(len(set(came)), written_down), "delivery_twice": len(came) - len(set(came))}


@contextmanager
def _worker(mailbox: Any) -> Iterator[Any]:
    from tests.support.worker import start_worker_on

    with TemporaryDirectory() as folder:
        places = {"database": os.environ["DATABASE_URL"], "broker": os.environ["CELERY_BROKER_URL"]}
        worker = start_worker_on(**places, mailbox=mailbox, folder=Path(folder), portal_url="http://portal.example")
        try:
            yield worker
        finally:
            worker.stop()


def _delivered(told: int, workers: list[Any]) -> float:
    """Wakes the workers, as each transaction that tells somebody something does; the seconds that they took."""
    from notifications import outbox
    from notifications.models import UNSENT, Message

    begun = time.perf_counter()
    for _ in workers:
        outbox.wake()
    while Message.objects.filter(status__in=UNSENT).exists():
        if any(worker.exit_code is not None for worker in workers):
            raise RuntimeError("A worker stopped")
        if time.perf_counter() - begun > PATIENCE + told / SLOWEST:
            raise RuntimeError("The messages were not delivered in time")
        time.sleep(LOOK_AGAIN)
    return time.perf_counter() - begun


def _say(count: int) -> int:
    """Reminders as the nightly sweep says them, each to an officer who may know of the case; how many."""
    from cases.models import Deadline, Reminder
    from notifications import outbox

    people, body = _officers(min(count, PEOPLE))
    cases = _cases(len(people), body, people[0])
    due = [_due(case, FIRST + number) for number in range(count // len(people)) for case in cases]
    Deadline.objects.bulk_create(due)
    said = Reminder.objects.bulk_create(_said(each) for each in due)
    return outbox.queue_many(_telling(row, people[n % len(people)], body) for n, row in enumerate(said))


def _officers(count: int) -> tuple[list[Any], Any]:
    """As many officers of one body."""
    from induction_portal.accounts.models import User
    from induction_portal.accounts.permissions import Role
    from tests.factories import BodyFactory, MembershipFactory

    body = BodyFactory()
    people = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"Person {n}") for n in range(count))
    for user in people:
        MembershipFactory(user=user, organisation=body, role=Role.BODY_OFFICER)
    return people, body


def _cases(count: int, body: Any, officer: Any) -> list[Any]:
    from induction_portal import clock
    from tests.factories import SchoolFactory
    from tests.support.many import many_cases

    told = {"schools": [SchoolFactory()], "body": body, "officer": officer}
    return many_cases(count, starts_on=clock.today() - timedelta(days=100), **told)


def _due(case: Any, number: int) -> Any:
    from cases.deadlines import PROGRESS_REVIEW
    from cases.models import Deadline
    from induction_portal import clock

    told = {"code": "D4", "kind": PROGRESS_REVIEW, "number": number, "owner": "induction_tutor", "rule": "R51"}
    today = clock.today()
    return Deadline(induction=case, opened_on=today, due_on=today + timedelta(days=14), why="A term has passed", **told)


def _said(due: Any) -> Any:
    from cases.models import Reminder

    told = {"kind": due.kind, "number": due.number, "due_on": due.due_on, "step": -10, "said_on": due.opened_on}
    return Reminder(induction_id=due.induction_id, **told)


def _telling(row: Any, user: Any, body: Any) -> Any:
    from django.urls import reverse

    from cases.reminding.tell import kind_of
    from cases.reminding.whom import COMING
    from cases.rules.reminders import said
    from induction_portal.govuk.words import day
    from notifications.outbox import Telling

    url = reverse("cases:case", args=[row.induction_id])
    return Telling(kind_of("D4", COMING), user.pk, row.pk, body.pk, url, {"due": day(row.due_on), "what": said("D4")})
