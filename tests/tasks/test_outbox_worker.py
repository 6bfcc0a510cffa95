"""The outbox with a real worker, broker and mail server, and what each of them may do to it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connections, transaction
from django.db.models.functions import Now

from cases.rules.statuses import MessageStatus as Status
from induction_portal.celery import app
from induction_portal.embedded.process import Process
from notifications import delivery
from notifications.models import Message
from notifications.tasks import deliver_messages
from tests.support.stubborn import stubborn_server
from tests.support.worker import start_worker

pytestmark = pytest.mark.django_db(transaction=True)


def eventually(wanted: Callable[[], bool], seconds: float = 60) -> None:
    limit = monotonic() + seconds
    while not wanted():
        assert monotonic() < limit, list(Message.objects.values("status", "attempts", "failure"))
        sleep(0.05)


@pytest.fixture
def start(
    services, mailbox, broker_url, settings, tmp_path_factory, transactional_db
) -> Iterator[Callable[[], Process]]:
    """Starts workers that know the tests' own kind of message; the broker's queue is empty at first."""
    app.control.purge()
    started: list[Process] = []

    def start() -> Process:
        folder = tmp_path_factory.mktemp("outbox-worker")
        place = {"portal_url": settings.PORTAL_URL, "application": "tests.support.outbox_app"}
        started.append(start_worker(services, mailbox, broker_url, folder, **place))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


def test_committing_is_enough_to_deliver(tell, start, mailbox):
    start()
    with transaction.atomic():
        tell()
    mailbox.wait_for(lambda box: box.to("tutor@oakfield.example"), seconds=60)
    eventually(lambda: Message.objects.filter(status=Status.SENT, owner_told=True).exists())


def test_a_message_the_broker_lost_goes_with_the_next_sweep(tell, start, mailbox):
    tell()
    app.control.purge()
    start()
    assert Message.objects.get().status == Status.QUEUED
    deliver_messages.delay()  # what the scheduler sends every minute
    mailbox.wait_for(lambda box: box.messages, seconds=60)
    eventually(lambda: Message.objects.get().status == Status.SENT)


def test_a_worker_killed_while_sending_loses_nothing_and_sends_no_second_copy(tell, start, mailbox):
    tell()
    message = delivery.claim()
    start().kill()
    start()
    deliver_messages.delay()
    sleep(1)
    assert mailbox.messages == []
    Message.objects.update(next_attempt_at=Now() - timedelta(seconds=1))
    for _ in range(3):
        deliver_messages.delay()
    eventually(lambda: Message.objects.get().status == Status.SENT)
    assert [mail["Message-ID"] for mail in mailbox.messages] == [message.message_id]


def test_many_workers_send_each_message_once(tell, mailbox):
    for number in range(40):
        tell(once=str(number))

    def work() -> None:
        try:
            delivery.deliver_waiting(limit=100)
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Message.objects.filter(status=Status.SENT, attempts=1).count() == 40
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == len(mailbox.messages) == 40


def test_mail_refused_for_now_is_sent_when_the_server_is_back(tell, start, mailbox, settings):
    with stubborn_server(settings, to_message="451 Try later"):
        tell()
        delivery.deliver_waiting()
    assert Message.objects.get().status == Status.FAILED
    Message.objects.update(next_attempt_at=Now() - timedelta(seconds=1))
    start()
    deliver_messages.delay()
    eventually(lambda: Message.objects.get().status == Status.SENT)
    assert len(mailbox.messages) == 1
