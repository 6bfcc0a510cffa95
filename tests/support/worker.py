"""A real Celery worker on this test process's own database and broker."""

import sys
from pathlib import Path

from induction_portal.embedded.process import Process, Program
from tests.support.mailbox import Mailbox
from tests.support.services import Services


def start_worker(
    services: Services,
    mailbox: Mailbox,
    broker_url: str,
    folder: Path,
    *,
    portal_url: str,
    application: str = "induction_portal",
) -> Process:
    """Starts a worker and returns it once it takes tasks. Its log is `worker.log` in `folder`."""
    places = {"database": services.database_url(), "broker": broker_url, "mailbox": mailbox, "folder": folder}
    return start_worker_on(**places, portal_url=portal_url, application=application)


def start_worker_on(
    *,
    database: str,
    broker: str,
    mailbox: Mailbox,
    folder: Path,
    portal_url: str,
    application: str = "induction_portal",
) -> Process:
    """The same, where the database is known by its address alone."""
    env = {
        "DJANGO_SETTINGS_MODULE": "induction_portal.settings.test",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": broker,
        "EMAIL_URL": f"smtp://{mailbox.host}:{mailbox.port}",
        "PORTAL_URL": portal_url,
        "LOG_LEVEL": "INFO",
    }
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        application,
        "worker",
        "--concurrency=1",
        "--loglevel=INFO",
        *quiet,
    ]
    log = folder / "worker.log"
    worker = Process(Program("worker", command, env=env, patience=10), log=log)
    try:
        worker.wait_until(lambda: b"ready." in log.read_bytes(), seconds=120)
    except BaseException:
        worker.kill()
        raise
    return worker
