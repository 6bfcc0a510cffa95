"""Delivery, killed, doubled and cut off from what it needs, counted at the mail server: every message is sent, and none
twice, but for a kill between the server's acceptance and our answer, which repeats one with the same Message-ID.

Each once in a usual run, and ten times with `-m soak`.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.celery import app
from induction_portal.embedded.broker import Broker
from induction_portal.embedded.folders import passable
from induction_portal.embedded.process import Process, Program
from induction_portal.embedded.wire import answers_ping
from notifications import outbox
from notifications.models import EmailChoice, Message
from notifications.tasks import deliver_messages
from tests.support.delivering import deliverer, until_in_hand
from tests.support.worker import start_worker

pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY, MONDAY = datetime(2026, 11, 20, 16, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
SINGLE, PEOPLE, LINES = 12, 4, 3


@pytest.fixture(autouse=True, params=[1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 11))])
def _round(request):
    """Everything here once more, where it is asked for."""
    return request.param


@pytest.fixture
def deliver(services, mailbox, transactional_db) -> Iterator[Callable]:
    """Starts processes that deliver; those that are left are ended."""
    started = []

    def start(hold: str = ""):
        started.append(deliverer(MONDAY, database=services.database_url(), port=mailbox.port, hold=hold))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.communicate()


@pytest.fixture
def much_is_said(tell, monkeypatch) -> None:
    """On a Friday: some messages at once, and for some people several that go together on Monday."""
    monkeypatch.setattr(clock, "now", lambda: timezone.localtime(FRIDAY))
    for number in range(SINGLE):
        tell(once=str(number))
    for number in range(PEOPLE):
        person = User.objects.create(email=f"weekly{number}@oakfield.example", name=f"Weekly {number}")
        EmailChoice.objects.create(user=person, topic="reviews", pace="weekly", weekday=0)
        for line in range(LINES):
            tell(to=person, kind="chat", once=str(line))


def ended(running) -> None:
    _, complaint = running.communicate(timeout=300)
    assert running.returncode == 0, complaint


def held_no_longer() -> None:
    """The two minutes are over after which another worker takes over."""
    Message.objects.filter(status="sending").update(next_attempt_at=Now() - timedelta(seconds=1))


def counted(mailbox) -> list[int]:
    """How often each mail came, by its Message-ID; and that the portal says the same of each message."""
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}
    assert Message.objects.exclude(kind="digest").count() == SINGLE + PEOPLE * LINES
    assert not Message.objects.filter(owner_told=False).exclude(kind="digest").exists()
    came = Counter(str(mail["Message-ID"]) for mail in mailbox.messages)
    told = Counter(str(mail["To"]) for mail in mailbox.messages)
    assert len(came) == SINGLE + PEOPLE
    assert all(told[f"weekly{number}@oakfield.example"] for number in range(PEOPLE))
    return sorted(came.values())


@pytest.mark.usefixtures("much_is_said")
def test_killed_between_claim_and_send(deliver, mailbox):
    first = deliver("claimed")
    until_in_hand(first)
    first.kill()
    first.wait()
    assert Message.objects.filter(status="sending").count() == 1
    held_no_longer()
    ended(deliver())
    assert counted(mailbox) == [1] * (SINGLE + PEOPLE)


@pytest.mark.usefixtures("much_is_said")
def test_a_mail_of_several_messages_killed_between_claim_and_send(deliver, mailbox):
    Message.objects.filter(kind="told").update(next_attempt_at=Now() + timedelta(hours=1))
    first = deliver("claimed")
    until_in_hand(first)
    first.kill()
    first.wait()
    assert Message.objects.get(status="sending").kind == "digest"
    Message.objects.filter(kind="told").update(next_attempt_at=Now())
    held_no_longer()
    ended(deliver())
    assert counted(mailbox) == [1] * (SINGLE + PEOPLE)


@pytest.mark.usefixtures("much_is_said")
def test_killed_between_the_servers_acceptance_and_our_answer(deliver, mailbox):
    first = deliver("accepted")
    until_in_hand(first)
    first.kill()
    first.wait()
    held_no_longer()
    ended(deliver())
    assert counted(mailbox) == [*[1] * (SINGLE + PEOPLE - 1), 2]


@pytest.mark.usefixtures("much_is_said")
def test_three_at_once_of_which_one_is_killed(deliver, mailbox):
    first, *others = deliver("claimed"), deliver(), deliver()
    until_in_hand(first)
    first.kill()
    for each in others:
        ended(each)
    held_no_longer()
    ended(deliver())
    assert counted(mailbox) == [1] * (SINGLE + PEOPLE)


def test_the_broker_is_killed_while_messages_are_said(
    tell, services, mailbox, settings, tmp_path_factory, monkeypatch, caplog
):
    """The work goes on, and the mail follows as soon as the broker is back and the minute comes round."""
    home = passable(Path(tempfile.mkdtemp(dir=services.postgres.home.parent)))
    broker = Broker(home / "broker")
    url = broker.start()
    ours = partial(deliver_messages.apply_async, connection=app.connection_for_write(url))
    monkeypatch.setattr(deliver_messages, "apply_async", ours)
    place = {"portal_url": settings.PORTAL_URL, "application": "tests.support.outbox_app"}
    worker = start_worker(services, mailbox, url, tmp_path_factory.mktemp("broken"), **place)
    try:
        broker.process.kill()
        for number in range(SINGLE):
            tell(once=str(number))
        assert "The broker is away" in caplog.text
        assert Message.objects.filter(status="queued").count() == SINGLE
        broker._process = Process(Program("broker", broker._command()), log=home / "log")
        broker.process.wait_until(lambda: answers_ping(broker.socket))
        outbox.wake()  # what the scheduler sends every minute
        limit = monotonic() + 120
        while Message.objects.filter(status="sent", owner_told=True).count() < SINGLE:
            assert monotonic() < limit, list(Message.objects.values("status", "attempts", "failure"))
            sleep(0.1)
    finally:
        worker.kill()
        broker.stop()
        shutil.rmtree(home)
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == len(mailbox.messages) == SINGLE
