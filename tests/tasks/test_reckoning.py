"""A calendar is changed and a real worker reckons the cases: all of them, and after being killed as well."""

from collections.abc import Callable
from datetime import date
from time import monotonic, sleep

import pytest

from cases import reckon as reckoning
from cases.actions import set_calendar
from cases.models import Deadline, Induction
from cases.reckon import mark_stale, reckon
from cases.rules.school_year import Span, YearPlan, england_plan
from cases.tasks import reckon_stale
from induction_portal.accounts.viewer import System
from induction_portal.celery import app
from tests.factories import PlacementFactory, SchoolFactory, WorkingPatternFactory
from tests.support.worker import start_worker

pytestmark = pytest.mark.django_db(transaction=True)
PORTAL, DAY = System("test"), date(2026, 6, 1)
USUAL = england_plan(2026)
SHORT = YearPlan(2026, (Span(USUAL.terms[0].start, date(2026, 12, 4)), *USUAL.terms[1:]), USUAL.closures)


def eventually(wanted: Callable[[], bool], seconds: float = 90) -> None:
    limit = monotonic() + seconds
    while not wanted():
        assert monotonic() < limit, Induction.objects.filter(stale=True).count()
        sleep(0.05)


def nothing_stale() -> bool:
    return not Induction.objects.filter(stale=True).exists()


@pytest.fixture
def school():
    school = SchoolFactory()
    for _ in range(5):
        placement = PlacementFactory(school=school, starts_on=date(2026, 9, 1))
        WorkingPatternFactory(placement=placement)
        reckon(placement.induction)
    return school


def first_dues() -> set[date]:
    return {Deadline.objects.filter(induction=each).earliest("due_on").due_on for each in Induction.objects.all()}


def test_committing_a_change_is_enough(school, celery_worker_process):
    assert first_dues() == {date(2026, 12, 18)}
    set_calendar(by=PORTAL, on=DAY, organisation=school, plan=SHORT)
    eventually(nothing_stale)
    assert first_dues() == {date(2026, 12, 4)}


def test_what_a_killed_worker_left_is_found_by_the_sweep(
    school, services, mailbox, broker_url, settings, tmp_path_factory
):
    """The worker dies, the broker loses the task, and the minute's sweep finds what is stale."""
    app.control.purge()
    worker = start_worker(
        services, mailbox, broker_url, tmp_path_factory.mktemp("killed"), portal_url="http://x.example"
    )
    worker.kill()
    set_calendar(by=PORTAL, on=DAY, organisation=school, plan=SHORT)
    app.control.purge()
    assert Induction.objects.filter(stale=True).count() == 5
    another = start_worker(
        services, mailbox, broker_url, tmp_path_factory.mktemp("next"), portal_url="http://x.example"
    )
    try:
        sweep = app.conf.beat_schedule["reckon stale cases"]
        app.send_task(sweep["task"])
        eventually(nothing_stale)
    finally:
        another.stop()
    assert first_dues() == {date(2026, 12, 4)}


def test_batches_follow_each_other_until_none_is_left(school, celery_worker_process, monkeypatch):
    """This process reckons one batch of two and queues the next; the worker goes on with the rest."""
    mark_stale(Induction.objects.all())
    monkeypatch.setattr(reckoning.reckon_batch, "__defaults__", (2,))
    assert reckon_stale() == 2
    eventually(nothing_stale)


def test_a_broker_that_is_away_holds_up_nothing(school, settings, monkeypatch):
    """The change is kept, its cases are stale, and nobody is shown an error."""
    from kombu.exceptions import OperationalError

    def away(**_options):
        raise OperationalError("no broker")

    monkeypatch.setattr(reckon_stale, "apply_async", away)
    set_calendar(by=PORTAL, on=DAY, organisation=school, plan=SHORT)
    assert Induction.objects.filter(stale=True).count() == 5


def test_the_sweeps_are_on_the_timetable():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} >= {
        "cases.tasks.reckon_stale",
        "cases.tasks.begin_school_year",
    }
