"""Waiting for a real worker to have nothing left to do."""

import time

from cases.models import Induction
from induction_portal.accounts.models import Invitation
from notifications.models import UNSENT, Message


def until_the_worker_is_done() -> None:
    """Every mail is out and every date reckoned, so that nobody writes while the database is emptied."""
    for _ in range(60):
        waiting = Message.objects.filter(status__in=UNSENT).exists()
        stale = Induction.objects.filter(stale=True).exists()
        if not waiting and not stale and not Invitation.objects.filter(sent_at=None).exists():
            return
        time.sleep(0.5)
