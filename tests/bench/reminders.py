"""The nightly sweep of reminders on the busiest day of a portal with every induction in England.

BENCH_ECTS sets how many inductions (60,000). The portals are those of `scale`, made once, in minutes, and kept.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any


def measure() -> dict[str, float | int | str]:
    """Seconds, memory, queries for each thousand deadlines, and messages; and the seconds of a sweep that says nothing.

    The sweep runs in a process of its own, as a worker that has just started runs it.
    """
    from induction_portal.embedded.broker import Broker
    from tests.bench._kept import Portal, kept_portals

    ects = int(os.environ.get("BENCH_ECTS", "60000"))
    small = Portal("portal_600", 1, 125, 600)
    large = Portal(f"portal_{ects}", max(1, ects * 84 // 60_000), max(125, ects * 125 // 600), ects)
    with kept_portals([small, large], Broker.__new__(Broker)) as (services, _):
        services.use_database(large.name)
        _forget()
        on = _busiest_day()
        told = [_in_its_own_process(services.database_url(), on) for _ in range(2)]
        figures = {f"reminders_{name}": value for name, value in told[0].items()}
        figures |= {"reminders_day": on.isoformat(), "reminders_inductions_open": _open()}
        figures |= {"reminders_again_seconds": told[1]["seconds"], "reminders_again_messages": told[1]["messages"]}
        _forget()
    return figures


def _forget() -> None:
    """What an earlier run of this has said."""
    from cases.models import Reminder
    from cases.reminding.tell import KINDS
    from notifications.models import Message

    Message.objects.filter(kind__in=KINDS).delete()
    Reminder.objects.all().delete()


def _busiest_day() -> date:
    """The day on which most of what stands open falls due, from today on."""
    from django.db.models import Count

    from cases.deadlines import standing
    from cases.models import Deadline
    from induction_portal import clock

    found = Deadline.objects.filter(standing(), waits="", due_on__gte=clock.today()).values("due_on")
    return found.annotate(count=Count("pk")).latest("count")["due_on"]


def _open() -> int:
    from cases.models import Induction

    return Induction.objects.filter(clock__over_on=None, placements__ends_on=None).distinct().count()


def _in_its_own_process(database: str, on: date) -> dict[str, Any]:
    script = "import django; django.setup()\nfrom tests.bench.reminders import sweep_once\nsweep_once()"
    env = os.environ | {
        "DATABASE_URL": database,
        "BENCH_DAY": on.isoformat(),
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    }
    told = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True, env=env)
    return json.loads(told.stdout.splitlines()[-1])


def sweep_once() -> None:
    """In the process of its own: the sweep of the day that the environment names, and what it took."""
    from django.db import connection

    from cases.reminding.sweep import send_reminders

    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    begun, worked = perf_counter(), process_time()
    with connection.execute_wrapper(count):
        facts = send_reminders(on=date.fromisoformat(os.environ["BENCH_DAY"]))
    print(
        json.dumps(
            {
                "seconds": round(perf_counter() - begun, 2),
                "seconds_of_python": round(process_time() - worked, 2),
                "peak_megabytes": round(_peak() / 1024, 1),
                "deadlines": facts["looked_at"],
                "messages": facts["messages"],
                "queries_a_thousand": round(queries / max(facts["looked_at"] / 1000, 1), 1),
            }
        )
    )


def _peak() -> int:
    """The most memory that this process has had, in kilobytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
