"""The sweep of reminders in a process of its own: `python -m tests.support.sweeping DATE [--hold BATCH]`.

Batches are of ten deadlines here. With `--hold`, the process stops inside that batch, when its rows are written and
not committed, says so on standard output, and waits to be killed.
"""

import os
import subprocess
import sys
import time
from datetime import date

TEN = 10
IN_HAND = "in hand"


def sweeper(on: date, *, database: str, broker: str, hold: int | None = None) -> subprocess.Popen:
    """Starts one; its standard output is read from `stdout`."""
    command = [sys.executable, "-m", "tests.support.sweeping", on.isoformat()]
    if hold is not None:
        command += ["--hold", str(hold)]
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "induction_portal.settings.test",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": broker,
    }
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until_in_hand(running: subprocess.Popen) -> None:
    """Returns once the process is in the middle of the batch that it holds."""
    line = running.stdout.readline().strip()
    if line != IN_HAND:
        running.kill()
        raise AssertionError(f"The sweep said {line!r}: {running.communicate()[1]}")


def _main(on: date, hold: int | None) -> None:
    import django

    django.setup()
    from cases.reminding import finding, sweep
    from notifications import outbox

    finding.BATCH = TEN
    queue_many, batches = outbox.queue_many, 0

    def held(tellings):
        nonlocal batches
        batches += 1
        done = queue_many(tellings)
        if batches == hold:
            print(IN_HAND, flush=True)
            time.sleep(600)
        return done

    outbox.queue_many = held
    print(sweep.send_reminders(on=on)["messages"], flush=True)


if __name__ == "__main__":
    _main(date.fromisoformat(sys.argv[1]), int(sys.argv[3]) if "--hold" in sys.argv else None)
