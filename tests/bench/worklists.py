"""Lists, boards and homes of hundreds: queries, and time against the empty page and against a tenth of the rows."""

from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

FEW, MANY, RUNS = 60, 600, 9


def measure() -> dict[str, float | int | str]:
    """For each page with 600 ECTs: queries, time as a multiple of the empty page's, and of the same page with 60."""
    from django.test.utils import override_settings

    from cases.models import Induction
    from cases.reckon import mark_stale, reckon_batch

    people = _people()
    figures: dict[str, float | int | str] = {"worklist_cases": MANY}
    with override_settings(ROOT_URLCONF="tests.bench._empty", ALLOWED_HOSTS=["*"]):
        empty = _page(people["lead"], "/empty/")[1]
        _add(people, FEW, 6_000_000)
        few = {name: _page(people[who], path)[1] for name, (who, path) in PAGES.items()}
        _add(people, MANY - FEW, 6_500_000)
        for name, (who, path) in PAGES.items():
            queries, seconds = _page(people[who], path)
            figures[f"worklist_{name}_queries"] = queries
            figures[f"worklist_{name}_over_empty"] = round(seconds / empty, 2)
            figures[f"worklist_{name}_over_tenth_of_rows"] = round(seconds / few[name], 2)
        mark_stale(Induction.objects.all())
        figures["worklist_home_lead_all_stale_over_empty"] = round(_once(people["lead"], "/") / empty, 1)
        while reckon_batch():
            pass
    return figures


PAGES = {
    "home_lead": ("lead", "/"),
    "home_officer": ("officer", "/"),
    "list_body": ("officer", "/cases/"),
    "list_body_late": ("officer", "/cases/?show=late"),
    "list_school_part": ("lead", "/cases/?part=1"),
    "board": ("officer", "/board/"),
    "chase": ("officer", "/board/chase/"),
    "chase_file": ("officer", "/board/chase/csv/"),
    "report_body": ("officer", "/report/"),
}


def _people() -> dict[str, Any]:
    """An induction lead of a school, and an officer of its body."""
    from induction_portal import clock
    from induction_portal.accounts.permissions import Role
    from tests.factories import BodyFactory, SchoolFactory, viewer

    today = clock.today()
    lead = viewer(SchoolFactory(), Role.INDUCTION_LEAD, on=today)
    return {"lead": lead, "officer": viewer(BodyFactory(), Role.BODY_OFFICER, Role.BODY_ADMIN, on=today)}


def _add(people: dict[str, Any], count: int, first_trn: int) -> None:
    from induction_portal import clock
    from tests.support.many import many_cases

    lead, officer = people["lead"], people["officer"]
    many_cases(
        count,
        schools=[lead.organisation],
        body=officer.organisation,
        officer=officer.user,
        starts_on=clock.today() - timedelta(days=300),
        first_trn=first_trn,
    )


def _client(who: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(who.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _page(who: Any, path: str) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(who)
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries, times = len(captured), []
    for _ in range(RUNS):
        started = perf_counter()
        client.get(path)
        times.append(perf_counter() - started)
    return queries, median(times)


def _once(who: Any, path: str) -> float:
    client = _client(who)
    started = perf_counter()
    assert client.get(path).status_code == 200
    return perf_counter() - started
