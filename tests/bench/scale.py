"""Pages in a portal with every induction in England, against an empty page, 600 inductions and Django's admin list.

BENCH_ECTS sets how many inductions (60,000); bodies and schools follow in proportion. The portals are made once, in
minutes, and kept.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from tests.bench._sizes import size

RUNS = 9
BUDGET = 25
SINGLY = 15
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page took: queries (session and access log included) and its seconds at best, which others blur least."""

    queries: int
    seconds: float
    empty: float

    @property
    def over_empty(self) -> float:
        """Its time as a multiple of the empty page's, for the same person, in turns with it."""
        return self.seconds / self.empty


def measure() -> dict[str, float | int | str]:
    """For each page: queries, and its time over the empty page's and its own with 600 inductions; the rules' rates."""
    from induction_portal.embedded.broker import Broker
    from tests.bench._kept import Portal, kept_portals

    ects = size("ECTS", 60_000)
    small = Portal("portal_600", 1, 125, 600)
    large = Portal(f"portal_{ects}", max(1, ects * 84 // 60_000), max(125, ects * 125 // 600), ects)
    broker = Broker.__new__(Broker)  # the bench's own services have one; these databases need none
    figures: dict[str, float | int | str] = {"scale_inductions": ects}
    with kept_portals([small, large], broker) as (services, costs):
        figures |= {f"scale_seed_{name}": cost for name, cost in costs[large.name].items()}
        services.use_database(small.name)
        few = _pages()
        services.use_database(large.name)
        many = _pages()
        figures |= _compared(few, many) | _against_admin(services, large.name)
        figures |= _reckoning(ects)
    return figures


def _compared(few: dict[str, Visit], many: dict[str, Visit]) -> dict[str, float | int | str]:
    """A page's time is held against the empty page of the same portal: what else the machine does blurs both."""
    figures: dict[str, float | int | str] = {}
    figures["scale_empty_milliseconds"] = round(min(visit.empty for visit in many.values()) * 1000, 1)
    for name, visit in many.items():
        figures[f"scale_{name}_queries"] = visit.queries
        figures[f"scale_{name}_over_empty"] = round(visit.over_empty, 2)
        figures[f"scale_{name}_over_600"] = round(visit.over_empty / few[name].over_empty, 2)
        if visit.queries > BUDGET:
            print(f"bench: {name} takes {visit.queries} queries", file=sys.stderr)
    return figures


def _pages() -> dict[str, Visit]:
    """Every list, board, home and case page of the database that is in use, for who may open it."""
    from django.test.utils import override_settings

    from induction_portal import clock
    from tests.bench._people import cast

    people = cast(clock.today())
    with override_settings(ROOT_URLCONF="tests.bench._empty", ALLOWED_HOSTS=["*"]):
        return {name: _visit(people.emails[role], url) for name, role, url in _addresses(people)}


def _addresses(people: Any) -> list[tuple[str, Any, str]]:
    from django.urls import reverse

    from induction_portal.accounts.permissions import Role

    case, cases = [people.case.pk], reverse("cases:cases")
    homes = [role for role in Role if role in people.emails]
    readers = [Role.ECT, Role.MENTOR, Role.INDUCTION_TUTOR, Role.HEADTEACHER, Role.BODY_OFFICER]
    own = people.case.teacher.sort_name[:4]
    return [
        *((f"home_{role.value}", role, "/") for role in homes),
        *(
            (f"case_{role.value}", role, reverse("cases:case", args=case))
            for role in readers
            if role is not Role.MENTOR
        ),
        ("list_tutor", Role.INDUCTION_TUTOR, cases),
        ("list_head", Role.HEADTEACHER, cases),
        ("list_officer", Role.BODY_OFFICER, cases),
        ("list_officer_search", Role.BODY_OFFICER, f"{cases}?search={own}"),
        ("list_officer_by_trn", Role.BODY_OFFICER, f"{cases}?search={people.case.teacher.trn}"),
        ("list_officer_late", Role.BODY_OFFICER, f"{cases}?show=late"),
        ("list_officer_part_time", Role.BODY_OFFICER, f"{cases}?show=part_time"),
        ("list_officer_deep", Role.BODY_OFFICER, f"{cases}?after={people.case.pk}"),
        ("board", Role.BODY_OFFICER, reverse("cases:board")),
        ("chase", Role.BODY_OFFICER, reverse("cases:chase")),
        ("timetable", Role.HEADTEACHER, reverse("cases:timetable", args=case)),
        ("absences", Role.HEADTEACHER, reverse("cases:absences", args=case)),
        ("service", Role.HEADTEACHER, reverse("cases:service", args=case)),
        ("access", Role.ECT, reverse("cases:access", args=case)),
        ("history", Role.ECT, reverse("cases:history", args=case)),
        ("review", Role.BODY_OFFICER, reverse("assessments:review", args=[people.review.pk])),
        ("registrations", Role.BODY_OFFICER, reverse("cases:registrations")),
        ("report_governor", Role.GOVERNOR, reverse("cases:report")),
        ("report_trust", Role.TRUST_OFFICER, reverse("cases:report")),
        ("messages", Role.BODY_OFFICER, reverse("notifications:inbox")),
    ]


def _visit(email: str, url: str) -> Visit:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from induction_portal.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=email), backend=BACKEND)
    answer = client.get(url)
    assert answer.status_code == 200, f"{url} for {email}: {answer.status_code}"
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    queries = len(captured)  # now: the next request forgets them
    runs = range(size("RUNS", RUNS))
    turns = [(_seconds(lambda: client.get(url)), _seconds(lambda: client.get("/empty/"))) for _ in runs]
    return Visit(queries, min(page for page, _ in turns), min(empty for _, empty in turns))


def _seconds(run: Any) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started


def _against_admin(services: Any, portal: str) -> dict[str, float | int | str]:
    """The body's list against the admin's of the same cases, in a process that has the admin site installed."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench._admin_settings", "DATABASE_URL": services.postgres.url(portal)}
    command = [sys.executable, "-c", "from tests.bench.scale import compare; compare()"]
    done = subprocess.run(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def compare() -> None:
    """Writes the figures of `_against_admin`; the admin's list has fewer columns, as many rows a page, by name too."""
    import django

    django.setup()
    from induction_portal import clock
    from induction_portal.accounts.permissions import Role
    from tests.bench import _admin
    from tests.bench._people import cast

    people = cast(clock.today())
    _admin.body[:] = [people.body.pk]
    officer = people.emails[Role.BODY_OFFICER]
    own, admins = _visit(officer, "/cases/"), _visit(officer, "/admin/cases/induction/")
    figures = {
        "scale_admin_list_rows": people.body.body_periods.count(),
        "scale_admin_list_queries": admins.queries,
        "scale_list_over_admin": round(own.over_empty / admins.over_empty, 2),
    }
    print(json.dumps(figures))


def _reckoning(ects: int) -> dict[str, float | int | str]:
    """One case by itself, and all of them as the worker does it."""
    from cases.models import Induction
    from cases.reckon import mark_stale, reckon, reckon_batch

    some = Induction.objects.order_by("pk")[:SINGLY]
    single = median(_seconds(lambda case=case: reckon(case)) for case in some)
    marking = _seconds(lambda: mark_stale(Induction.objects.all()))
    done, started = 0, perf_counter()
    while batch := reckon_batch():
        done += batch
    seconds = perf_counter() - started
    assert done == ects, f"{done} of {ects} were reckoned"
    return {
        "scale_reckon_one_milliseconds": round(single * 1000, 1),
        "scale_reckon_marking_all_seconds": round(marking, 2),
        "scale_reckon_all_seconds": round(seconds, 1),
        "scale_reckon_cases_a_second": round(done / seconds),
        "scale_reckon_batch_over_single": round(seconds / done / single, 3),
        "scale_peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
