"""Earlier claims brought in by a real worker: whole, after it was killed, and without a broker."""

from collections.abc import Callable
from datetime import date
from time import monotonic, sleep

import pytest
from django.db import transaction

from cases import tasks
from cases.actions import check_import, confirm_import
from cases.models import EarlierClaim, ImportBatch
from cases.rules.csv_files import as_csv
from cases.rules.national import COLUMNS
from induction_portal.accounts.permissions import Role
from induction_portal.celery import app
from tests.factories import BodyFactory, viewer
from tests.support.worker import start_worker

pytestmark = pytest.mark.django_db(transaction=True)
DAY, COUNT = date(2026, 6, 1), 250


def eventually(wanted: Callable[[], bool], seconds: float = 90) -> None:
    limit = monotonic() + seconds
    while not wanted():
        assert monotonic() < limit, EarlierClaim.objects.count()
        sleep(0.05)


def is_done() -> bool:
    return ImportBatch.objects.get().state == "done"


@pytest.fixture
def confirm():
    """Confirms a file of more rows than are brought in at a time, as its page does."""
    by = viewer(BodyFactory(), Role.BODY_OFFICER, on=DAY)
    rows = [(f"{7_200_000 + n}", "2001-03-04", "school-led", "2025-09-01") for n in range(COUNT)]
    batch = check_import(by=by, on=DAY, content=as_csv(COLUMNS["claims"], rows, quoted=True).encode())

    def confirmed() -> None:
        with transaction.atomic():
            confirm_import(by=by, on=DAY, batch=batch)
            tasks.import_soon(str(batch.pk))

    return confirmed


def test_confirming_is_enough(confirm, celery_worker_process):
    confirm()
    eventually(is_done)
    assert (EarlierClaim.objects.count(), ImportBatch.objects.get().imported) == (COUNT, COUNT)


def test_what_a_killed_worker_left_goes_on_with_the_minute(
    confirm, services, mailbox, broker_url, settings, tmp_path_factory
):
    app.control.purge()
    worker = start_worker(
        services, mailbox, broker_url, tmp_path_factory.mktemp("killed"), portal_url="http://x.example"
    )
    worker.kill()
    confirm()
    app.control.purge()
    assert not EarlierClaim.objects.exists()
    another = start_worker(
        services, mailbox, broker_url, tmp_path_factory.mktemp("next"), portal_url="http://x.example"
    )
    try:
        app.send_task(app.conf.beat_schedule["go on with imports"]["task"])
        eventually(is_done)
    finally:
        another.stop()
    assert EarlierClaim.objects.count() == COUNT


def test_a_broker_that_is_away_holds_up_nothing(confirm, monkeypatch):
    from kombu.exceptions import OperationalError

    def away(*_args, **_options):
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.bring_in, "apply_async", away)
    confirm()
    assert ImportBatch.objects.get().state == "running"


def test_the_sweeps_are_on_the_timetable():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} >= {
        "cases.tasks.resume_imports",
        "cases.tasks.sweep_imports",
    }
