"""The nightly sweep of reminders on the busiest day of a portal with every induction in England.

BENCH_ECTS sets how many inductions (60,000). The portals are those of `scale`, made once, in minutes, and kept. Goals:
under 60 seconds and 400 MB on one core, and as many queries for each thousand deadlines.
"""

import json
import os
import subprocess
import sys
from datetime import date
from time import perf_counter, process_time
from typing import Any

from tests.bench._goals import missed
from tests.bench._memory import kilobytes
from tests.bench._sizes import size

GOALS = {"reminders_seconds": 60, "reminders_peak_megabytes": 400, "reminders_again_messages": 0}
# What each thousand begins with: sweeps wait for each other here.
BEGINS = "pg_advisory_xact_lock"


def measure() -> dict[str, float | int | str]:
    """The figures of `swept` in a portal of the size that is asked for."""
    from induction_portal.embedded.broker import Broker
    from tests.bench._kept import Portal, kept_portals

    ects = size("ECTS", 60_000)
    small = Portal("portal_600", 1, 125, 600)
    large = Portal(f"portal_{ects}", max(1, ects * 84 // 60_000), max(125, ects * 125 // 600), ects)
    with kept_portals([small, large], Broker.__new__(Broker)) as (services, _):
        services.use_database(large.name)
        _forget()
        figures = swept(services.database_url())
        _forget()
    missed(figures, GOALS)
    return figures


def swept(database: str) -> dict[str, float | int | str]:
    """Seconds, memory, queries for each thousand deadlines, and messages, where nothing was said yet; and the seconds
    of a sweep that says nothing again.

    Each sweep runs in a process of its own, as a worker that has just started runs it.
    """
    on = _busiest_day()
    first, again = (_in_its_own_process(database, on) for _ in range(2))
    figures = {"reminders_day": on.isoformat(), "reminders_inductions_open": _open()}
    figures |= {f"reminders_{name}": value for name, value in first.items()}
    return figures | {f"reminders_again_{name}": again[name] for name in ("seconds", "messages")}


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

    queries = [0]  # before the first thousand, and then of each

    def count(execute: Any, sql: str, *arguments: Any) -> Any:
        if BEGINS in sql:
            queries.append(0)
        queries[-1] += 1
        return execute(sql, *arguments)

    begun, worked = perf_counter(), process_time()
    with connection.execute_wrapper(count):
        facts = send_reminders(on=date.fromisoformat(os.environ["BENCH_DAY"]))
    taken = {
        "seconds": round(perf_counter() - begun, 2),
        "seconds_of_python": round(process_time() - worked, 2),
        "peak_megabytes": round(kilobytes("VmHWM") / 1024, 1),
    }
    thousands = queries[1:-1]  # the last finds nothing
    told = {name: facts[name] for name in ("looked_at", "reminders", "messages")}
    told |= {"queries": sum(queries), "queries_of_a_thousand_at_most": max(thousands, default=0)}
    told["queries_of_a_thousand_at_least"] = min(thousands, default=0)
    print(json.dumps(taken | told))
