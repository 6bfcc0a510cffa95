"""What it costs to write a case's dates: one case, and two hundred at once, every part's deadlines included."""

from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

CASES = 200
ROUNDS = 15
START = date(2025, 9, 1)


def measure() -> dict[str, float | int | str]:
    """Milliseconds and queries to reckon one case, and milliseconds a case and queries of a batch."""
    from cases.models import Deadline, Induction
    from cases.reckon import mark_stale, reckon, reckon_batch

    cases = _cases()
    while reckon_batch():
        pass
    one = median(_seconds(lambda case=case: reckon(case)) for case in cases[:ROUNDS])
    queries = _queries(lambda: reckon(cases[0]))
    mark_stale(Induction.objects.all())
    together = _queries(lambda: reckon_batch(CASES))
    mark_stale(Induction.objects.all())
    batch = _seconds(lambda: reckon_batch(CASES))
    return {
        "reckon_one_milliseconds": round(one * 1000, 1),
        "reckon_one_queries": queries,
        "reckon_batch_milliseconds_a_case": round(batch * 1000 / CASES, 2),
        "reckon_batch_queries": together,
        "reckon_deadlines_a_case": round(Deadline.objects.count() / CASES, 1),
    }


def _cases() -> list[Any]:
    """Cases at five schools under one body: full time, part time, and one in twenty that has left."""
    from tests.factories import BodyFactory, BodyPeriodFactory, PlacementFactory, SchoolFactory, WorkingPatternFactory

    schools, body, cases = [SchoolFactory() for _ in range(5)], BodyFactory(), []
    for number in range(CASES):
        left = {"ends_on": date(2026, 8, 31)} if number % 20 == 0 else {}
        school = schools[number % 5]
        placement = PlacementFactory(school=school, reported_body=body, starts_on=START, **left)
        WorkingPatternFactory(placement=placement, starts_on=START, fte="0.6" if number % 10 == 1 else "1")
        BodyPeriodFactory(induction=placement.induction, body=body, starts_on=START)
        placement.induction.stale = True
        placement.induction.save(update_fields=["stale"])
        cases.append(placement.induction)
    return cases


def _seconds(run: Any) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started


def _queries(run: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])
