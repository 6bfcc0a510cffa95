"""The benchmarks of the plans, the board, the reminders and the mail: each runs, at a size that says nothing of speed,
and what it counts beside the seconds is right.
"""

from io import StringIO

import pytest
from django.core.management import call_command

from notifications.models import Message
from tests.bench import delivery, escalated, plan_pdf, reminders
from tests.bench._goals import missed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _here(services, broker_url, monkeypatch):
    """Small, and on the services of this run; the benchmarks' own processes find them by the environment."""
    sizes = {"BENCH_RUNS": "1", "BENCH_ECTS": "30", "BENCH_OWN": "25", "BENCH_MESSAGES": "60"}
    for name, value in (sizes | {"DATABASE_URL": services.database_url()}).items():
        monkeypatch.setenv(name, value)


def test_the_board_asks_as_much_among_many():
    figures = escalated.measure()
    assert figures["escalated_on_support"] == 20
    assert figures["escalated_queries"] == figures["escalated_among_many_queries"] <= 12
    assert figures["escalated_among_many_over_alone"] > 0


@pytest.mark.soak  # processes of its own, for the better part of a minute
def test_a_plan_is_drawn_by_us_and_by_weasyprint_alone():
    figures = plan_pdf.measure()
    assert figures["plan_pdf_weeks"] == 6
    assert figures["plan_pdf_pages"] >= 3
    assert figures["plan_pdf_web_form_first_seconds"] > 0
    assert figures["plan_pdf_process_peak_megabytes"] > figures["plan_pdf_process_before_megabytes"]


def test_a_sweep_says_everything_once(services):
    call_command("seed_scale", stdout=StringIO(), bodies=1, schools=5, ects=60, seed=1)
    before = Message.objects.count()
    figures = reminders.swept(services.database_url())
    assert figures["reminders_messages"] == Message.objects.count() - before >= figures["reminders_reminders"] > 0
    assert figures["reminders_again_messages"] == 0
    assert 2 < figures["reminders_queries_of_a_thousand_at_least"] <= figures["reminders_queries"]
    assert figures["reminders_queries_of_a_thousand_at_most"] <= 20


@pytest.mark.soak  # processes of its own, for the better part of a minute
def test_two_workers_deliver_every_message_once():
    figures = delivery.measure()
    assert (figures["delivery_messages"], figures["delivery_workers"]) == (60, 2)
    assert (figures["delivery_lost"], figures["delivery_twice"]) == (0, 0)
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}


def test_a_goal_that_is_missed_is_told(capsys):
    figures = {"some_seconds": 61.5, "some_megabytes": 400}
    assert missed(figures, {"some_seconds": 60, "some_megabytes": 400}) == ["some_seconds"]
    assert capsys.readouterr().err == "bench: some_seconds is 61.5, the goal at most 60\n"
