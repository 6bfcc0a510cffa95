"""The sweep of reminders, killed, doubled and cut off from what it needs: everything due is mailed, and nothing twice.

Each once in a usual run, and ten times with `-m soak`.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import monotonic, sleep

import pytest
from django.db import connection, connections
from django.utils import timezone

from cases.models import Deadline, Induction, Reminder
from cases.reminding.sweep import send_reminders
from cases.tasks import send_reminders as the_task
from induction_portal.celery import app
from induction_portal.embedded.errors import EmbeddedError
from induction_portal.embedded.postgres import Postgres
from induction_portal.sweeps.models import SweepRun
from notifications import delivery
from notifications.models import Message
from tests.support.many import many_cases
from tests.support.reminding import DUE, START, reminded
from tests.support.sweeping import sweeper, until_in_hand

pytestmark = pytest.mark.django_db(transaction=True)
FIVE = date(2026, 12, 11)
COUNT, PER_BATCH = 35, 10
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True, params=[1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 11))])
def _round(request):
    """Everything here once more, where it is asked for."""
    return request.param


def much_falls_due() -> None:
    """One review of each of many ECTs of one tutor, all due on one day: four batches."""
    case = reminded()
    many_cases(
        COUNT - 1,
        schools=[case.placement.school],
        body=case.period.body,
        officer=case.people["body_officer"],
        tutor=case.people["induction_tutor"],
        starts_on=START,
        reckoned=False,
    )
    Induction.objects.update(stale=False)
    facts = {"code": "D4", "kind": "progress_review", "number": 1, "rule": "R48", "owner": "induction_tutor"}
    Deadline.objects.bulk_create(
        Deadline(induction=each, opened_on=START, due_on=DUE, **facts) for each in Induction.objects.all()
    )


@pytest.fixture
def sweep(broker_url, transactional_db, services) -> Iterator[Callable]:
    """Starts processes that sweep; those that are left are ended."""
    started = []

    def start(on: date = FIVE, *, database: str = "", broker: str = broker_url, hold: int | None = None):
        started.append(sweeper(on, database=database or services.database_url(), broker=broker, hold=hold))
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.communicate()


def ended(running) -> int:
    """How many messages a sweep made that came to its end."""
    told, complaint = running.communicate(timeout=300)
    assert running.returncode == 0, complaint
    return int(told)


def every_one_is_mailed_once(mailbox, count: int = COUNT) -> None:
    assert Reminder.objects.count() == Message.objects.count() == count
    assert len(set(Message.objects.values_list("recipient", "subject_id"))) == count
    while delivery.deliver_waiting(count + 1):
        pass
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == len(mailbox.messages) == count


def test_two_schedulers_at_once(sweep, mailbox):
    much_falls_due()
    both = [sweep(), sweep()]
    assert sum(ended(each) for each in both) == COUNT
    every_one_is_mailed_once(mailbox)


def test_killed_in_the_middle(sweep, mailbox):
    """What a batch had written is gone with its process; the batches before it stay, the next sweep does the rest."""
    much_falls_due()
    first = sweep(hold=2)
    until_in_hand(first)
    first.kill()
    first.wait()
    assert Reminder.objects.count() == Message.objects.count() == PER_BATCH
    assert SweepRun.objects.get(name="send reminders").finished_at is None
    assert ended(sweep()) == COUNT - PER_BATCH
    every_one_is_mailed_once(mailbox)
    assert SweepRun.objects.get(name="send reminders").finished_at


def test_another_waits_for_one_that_hangs_and_goes_on_when_it_is_killed(sweep, mailbox):
    much_falls_due()
    first = sweep(hold=2)
    until_in_hand(first)
    second = sweep()
    until(_waits_for_a_lock)
    assert Reminder.objects.count() == PER_BATCH
    first.kill()
    assert ended(second) == COUNT - PER_BATCH
    every_one_is_mailed_once(mailbox)


def test_the_broker_is_away_all_the_time(sweep, mailbox):
    much_falls_due()
    assert ended(sweep(broker=NOWHERE)) == COUNT
    every_one_is_mailed_once(mailbox)


def test_workers_sweep_and_deliver_at_the_same_time(mailbox, celery_worker_process):
    """The task, twice in the queue, while this process sweeps as well; the worker mails what both wrote."""
    much_falls_due()
    Deadline.objects.update(due_on=(due := _first_day_to_say()))
    for _ in range(2):
        app.send_task(the_task.name)
    with ThreadPoolExecutor(1) as other:
        other.submit(_closing, lambda: send_reminders(on=timezone.localdate())).result()
    mailbox.wait_for(lambda box: len(box.messages) >= COUNT, seconds=240)
    until(lambda: Message.objects.filter(status="sent").count() == COUNT, seconds=60)
    assert set(Reminder.objects.values_list("due_on", flat=True)) == {due}
    every_one_is_mailed_once(mailbox)


def _first_day_to_say() -> date:
    """Tomorrow: whatever day it is, something has to be said of it today or it is said at once."""
    return timezone.localdate() + timedelta(days=1)


def _closing(run: Callable) -> None:
    try:
        run()
    finally:
        connections.close_all()


@pytest.fixture
def own_database(services, open_folder) -> Iterator[Postgres]:
    """A PostgreSQL of this test's own, that keeps what it has committed, with the portal's tables."""
    home = connection.settings_dict["NAME"]
    own = replace(services, postgres=Postgres(open_folder / "own", durable=True))
    own.postgres.start()
    try:
        own.give_database("portal_own")
        yield own.postgres
    finally:
        connections.close_all()
        services.use_database(home)
        own.postgres.stop()
        shutil.rmtree(open_folder / "own", ignore_errors=True)


def test_postgresql_is_killed_in_the_middle(own_database, sweep, mailbox):
    much_falls_due()
    first = sweep(database=own_database.url("portal_own"), hold=2)
    until_in_hand(first)
    connections.close_all()
    own_database.process.kill()
    first.kill()
    started_again(own_database)
    connection.settings_dict["HOST"] = str(own_database.socket)
    assert Reminder.objects.count() == Message.objects.count() == PER_BATCH
    assert ended(sweep(database=own_database.url("portal_own"))) == COUNT - PER_BATCH
    every_one_is_mailed_once(mailbox)


def started_again(postgres: Postgres) -> None:
    """What is left of a killed server takes a moment to notice, and the new one does not start beside it."""
    limit = monotonic() + 60
    while True:
        postgres.stop()
        try:
            postgres.start()
        except EmbeddedError:
            assert monotonic() < limit
            sleep(0.2)
        else:
            return


# Moments at which a sweep may begin, a minute apart, across midnight in England; and what is due then.
NIGHTS = {
    "an ordinary midnight": datetime(2026, 12, 10, 23, 57, tzinfo=UTC),
    "into summer time": datetime(2027, 3, 28, 0, 57, tzinfo=UTC),
    "the midnight before it": datetime(2027, 3, 27, 23, 57, tzinfo=UTC),
    "the midnight of a summer's day, which is 23:00 UTC": datetime(2027, 6, 10, 22, 57, tzinfo=UTC),
    "out of summer time": datetime(2027, 10, 31, 0, 57, tzinfo=UTC),
}


@pytest.mark.parametrize("begins", NIGHTS.values(), ids=NIGHTS)
def test_the_clock_crosses_midnight_or_changes(begins, mailbox, monkeypatch):
    """Each step is said once, by the first sweep that begins on its day in England."""
    case = reminded()
    today = timezone.localtime(begins).date()
    days = [today + timedelta(days=n) for n in range(3)]
    for number, day in enumerate(days, 1):
        case.due("headteacher", number=number, kind="leaver", code="D23", opened_on=START, due_on=day)
    for minute in range(8):
        moment = begins + timedelta(minutes=minute)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        the_task()
    monkeypatch.undo()
    on_the_day = dict(Reminder.objects.filter(step=0).values_list("due_on", "said_on"))
    last = timezone.localtime(begins + timedelta(minutes=7)).date()
    assert on_the_day == {day: day for day in days if day <= last}
    told = list(Reminder.objects.values_list("number", "step"))
    assert len(told) == len(set(told))
    assert Message.objects.filter(kind__contains="last_day").count() == len(on_the_day)


def _waits_for_a_lock() -> bool:
    """Whether a process waits for another that sweeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND datname = current_database() AND NOT granted"
        )
        return bool(cursor.fetchone()[0])


def until(wanted: Callable[[], bool], seconds: float = 120) -> None:
    limit = monotonic() + seconds
    while not wanted():
        assert monotonic() < limit, list(Message.objects.values("status", "failure"))
        sleep(0.05)
