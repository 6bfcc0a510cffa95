"""A calendar change over 600 cases: seconds until none is stale, through the task itself, and pages true meanwhile."""

from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any

CASES = 600
SINGLY = 15


def measure() -> dict[str, float | int | str]:
    """Seconds to change a year, to reckon all by the task's batches, and that as a multiple of as many single ones.

    Between batches a case page, the list and home are read and held against a rebuild; `calendar_false_pages` counts
    those that differ, and must be 0.
    """
    from cases.actions import set_calendar
    from cases.models import Induction
    from cases.reckon import reckon, reckon_batch
    from cases.rules.school_year import england_plan
    from cases.tasks import reckon_stale
    from induction_portal import clock
    from induction_portal.accounts.viewer import System

    head, cases = _school()
    school = head.organisation
    while reckon_batch():
        pass
    single = median(_seconds(lambda case=case: reckon(case)) for case in cases[:SINGLY])
    first = clock.today().year - 1
    options: dict[str, Any] = {"by": System("bench"), "on": clock.today(), "organisation": school}
    changing = _seconds(lambda: set_calendar(plan=_shifted(england_plan(first)), **options))
    assert Induction.objects.filter(stale=True).count() == CASES
    pages, batches, working, false = 0, 0, 0.0, 0
    while True:
        for path in _paths(cases, batches):
            pages, false = pages + 1, false + _is_false(head, path, cases)
        started = perf_counter()
        done = reckon_stale.run()
        working += perf_counter() - started
        if not done:
            break
        batches += 1
    assert not Induction.objects.filter(stale=True).exists()
    assert batches
    assert not false
    return {
        "calendar_cases": CASES,
        "calendar_change_seconds": round(changing, 3),
        "calendar_seconds_until_none_is_stale": round(working, 2),
        "calendar_batches": batches,
        "calendar_over_single_reckons": round(working / (CASES * single), 3),
        "calendar_pages_read_meanwhile": pages,
        "calendar_false_pages": false,
    }


def _seconds(run: Any) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started


def _shifted(plan: Any) -> Any:
    """The autumn term begins three weeks late."""
    from dataclasses import replace

    autumn = replace(plan.terms[0], start=plan.terms[0].start + timedelta(days=21))
    return replace(plan, terms=(autumn, *plan.terms[1:]))


def _school() -> tuple[Any, list[Any]]:
    """A school with 600 ECTs, half of them part time, and its headteacher."""
    from cases.models import Induction, Placement, Teacher, WorkingPattern
    from cases.reckon import mark_stale
    from induction_portal import clock
    from induction_portal.accounts.permissions import Role
    from tests.factories import BodyFactory, SchoolFactory, viewer

    today = clock.today()
    school, body, began = SchoolFactory(), BodyFactory(), date(today.year - 1, 9, 1)
    head = viewer(school, Role.HEADTEACHER, on=today)
    teachers = Teacher.objects.bulk_create(
        Teacher(
            trn=f"{6_000_000 + n}", name=f"Teacher {n:03}", sort_name=f"teacher {n:03}",
            date_of_birth=date(2000, 1, 1), qts_on=date(began.year, 7, 1),
        )
        for n in range(CASES)
    )  # fmt: skip
    cases = Induction.objects.bulk_create(Induction(teacher=teacher) for teacher in teachers)
    placements = Placement.objects.bulk_create(
        Placement(
            induction=case, school=school, reported_body=body, contract_starts_on=began,
            starts_on=began + timedelta(days=n % 60),
        )
        for n, case in enumerate(cases)
    )  # fmt: skip
    WorkingPattern.objects.bulk_create(
        WorkingPattern(placement=placement, starts_on=placement.starts_on, fte="1" if n % 2 else "0.6")
        for n, placement in enumerate(placements)
    )
    mark_stale(Induction.objects.all())
    return head, cases


def _paths(cases: list[Any], batch: int) -> list[str]:
    """The pages of a few cases, among them the last that the worker comes to; the list from there; home."""
    from django.urls import reverse

    ordered = sorted(cases, key=lambda case: case.pk)
    some = [ordered[-1 - batch], ordered[CASES // 2 + batch], ordered[batch]]
    return ["/", "/cases/", *(reverse("cases:case", args=[case.pk]) for case in some)]


def _is_false(head: Any, path: str, cases: list[Any]) -> bool:
    """Whether a page says something else than after its cases were reckoned anew."""
    from cases.models import Induction
    from cases.reckon import reckon

    shown = _read(head, path)
    told = [case for case in cases if str(case.pk) in shown or str(case.pk) in path]
    for case in told:
        reckon(Induction.objects.get(pk=case.pk))
    return not told or _read(head, path) != shown


def _read(head: Any, path: str) -> str:
    """The main part of a page, as this person's browser gets it."""
    from django.test import Client
    from django.test.utils import override_settings

    client = Client()
    client.force_login(head.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with override_settings(ALLOWED_HOSTS=["*"]):
        response = client.get(path)
    assert response.status_code == 200, path
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    # Above its list of ECTs, home says itself how many it leaves out meanwhile, and that changes.
    return main.partition("Your ECTs")[2] or main
