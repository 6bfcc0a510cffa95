"""Waiting for a real worker to have nothing left to do."""

import time

from cases.models import Induction
from induction_portal.accounts.models import Invitation
from induction_portal.celery import app
from notifications.models import UNSENT, Message

PATIENCE, LOOK_AGAIN = 60, 0.5


def until_the_worker_is_done() -> None:
    """Every mail is out and every date reckoned; tasks not begun are dropped and the one under way, a document it may
    be, is ended: so nobody writes while the database is emptied.
    """
    _until(lambda: not _waits())
    app.control.purge()
    _until(lambda: not _busy())


def _waits() -> bool:
    waiting = Message.objects.filter(status__in=UNSENT).exists()
    stale = Induction.objects.filter(stale=True).exists()
    return waiting or stale or Invitation.objects.filter(sent_at=None).exists()


def _busy() -> bool:
    """Whether a worker has a task in hand, or has taken one that it will begin."""
    ask = app.control.inspect(timeout=1)
    return any(tasks for told in (ask.active(), ask.reserved()) for tasks in (told or {}).values())


def _until(done) -> None:
    for _ in range(PATIENCE):
        if done():
            return
        time.sleep(LOOK_AGAIN)
