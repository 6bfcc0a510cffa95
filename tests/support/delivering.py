"""Delivery in a process of its own: `python -m tests.support.delivering MOMENT [claimed|accepted]`.

It gathers and delivers until nothing waits, at a moment of the portal's clock. With `claimed` or `accepted` it stops
when it has a message in hand and has not sent it, or when the mail server has taken one and nobody has written that
down; says so on standard output, and waits to be killed.
"""

import os
import subprocess
import sys
import time
from datetime import datetime

IN_HAND = "in hand"
SHARE = 10_000


def deliverer(moment: datetime, *, database: str, port: int, hold: str = "") -> subprocess.Popen:
    """Starts one."""
    command = [sys.executable, "-m", "tests.support.delivering", moment.isoformat(), *([hold] if hold else [])]
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "induction_portal.settings.test",
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until_in_hand(running: subprocess.Popen) -> None:
    """Returns once the process holds a message."""
    line = running.stdout.readline().strip()
    if line != IN_HAND:
        running.kill()
        raise AssertionError(f"The delivery said {line!r}: {running.communicate()[1]}")


def _wait_to_be_killed(*_: object) -> None:
    print(IN_HAND, flush=True)
    time.sleep(600)


def _main(moment: datetime, hold: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from induction_portal import clock
    from notifications import delivery, digests, kinds, mail
    from tests.support.outbox import CHAT, TEMPLATES, TOLD

    settings.TEMPLATES[0]["DIRS"].append(TEMPLATES)
    for kind in (TOLD, CHAT):
        kinds.register(kind)
    clock.now = lambda: timezone.localtime(moment)
    if hold == "claimed":
        mail.send = _wait_to_be_killed
    elif hold == "accepted":
        send = mail.send
        mail.send = lambda made: _wait_to_be_killed(send(made))
    digests.gather()
    delivery.deliver_waiting(SHARE)
    delivery.tell_owners()


if __name__ == "__main__":
    _main(datetime.fromisoformat(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
