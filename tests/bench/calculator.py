"""The public calculator: its answer against its empty page, and against the rules alone."""

from statistics import median
from time import perf_counter

RUNS = 15
SIMPLE = "start-day=1&start-month=9&start-year=2026&working=full"
AWAY = (
    "&absences-row=0&absences-0-start-day=8&absences-0-start-month=9&absences-0-start-year=2026"
    "&absences-0-end-day=30&absences-0-end-month=10&absences-0-end-year=2026&absences-0-kind=sickness"
)


def measure() -> dict[str, float | int | str]:
    """Queries; milliseconds; the whole page and the part that a script asks for, as multiples of the empty page and of
    the rules alone (facts read, timeline and its reasons)."""
    from django.test import Client
    from django.test.utils import override_settings

    from cases.forms.calculator import TimelineForm

    with override_settings(ALLOWED_HOSTS=["*"]):
        empty = _seconds(lambda: Client().get("/calculator/"))
        rules = _seconds(_rules(TimelineForm))
        queries = _queries(f"/calculator/?{SIMPLE}{AWAY}")
        number = iter(range(100_000))

        def page(**headers: str) -> None:
            # An address of its own for each visit, or the throttle would answer.
            visitor = Client(REMOTE_ADDR=f"10.0.{next(number) // 200}.1", headers=headers)
            assert visitor.get(f"/calculator/?{SIMPLE}{AWAY}").status_code == 200

        whole, part = _seconds(page), _seconds(lambda: page(**{"X-Fragment": "1"}))
    return {
        "calculator_queries": queries,
        "calculator_empty_milliseconds": round(empty * 1000, 1),
        "calculator_answer_over_empty": round(whole / empty, 2),
        "calculator_answer_over_rules": round(whole / rules, 1),
        "calculator_part_over_empty": round(part / empty, 2),
        "calculator_part_over_rules": round(part / rules, 1),
        "calculator_rules_milliseconds": round(rules * 1000, 2),
    }


def _rules(form: type):
    from django.http import QueryDict

    from cases.rules.facts_json import read_facts
    from cases.rules.timeline import timeline
    from induction_portal import clock

    filled = form(QueryDict(SIMPLE + AWAY))
    assert filled.is_valid()
    inputs, today = filled.sheet.inputs, clock.today()
    return lambda: timeline(read_facts(inputs, today, also=("id",))).because


def _queries(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get("/calculator/")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _seconds(call) -> float:
    call()
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        call()
        times.append(perf_counter() - started)
    return median(times)
