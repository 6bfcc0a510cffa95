"""Writes down that a sweep ran: in a row of its own, which stays when what the sweep did is rolled back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import perf_counter

from django.db import Error

from induction_portal import clock

from .models import SweepRun

Facts = dict[str, int]


@contextmanager
def swept(name: str) -> Iterator[Facts]:
    """Around one run of a sweep; what it did goes into the dictionary, as numbers. Never around an open transaction."""
    begun, facts = perf_counter(), Facts()
    SweepRun.objects.update_or_create(name=name, defaults={"started_at": clock.now()})
    try:
        yield facts
    except BaseException:
        _say_that_it_failed(name)
        raise
    took = round((perf_counter() - begun) * 1000)
    SweepRun.objects.filter(name=name).update(finished_at=clock.now(), milliseconds=took, facts=facts, failed=False)


def _say_that_it_failed(name: str) -> None:
    try:
        SweepRun.objects.filter(name=name).update(failed=True)
    except Error:  # with the database away nothing can be said: what went wrong is what counts
        return


def recorded(name: str) -> Callable[[Callable[[], int | None]], Callable[[], int | None]]:
    """Records each run of a task under the name that the timetable has for it; how many it was, if the task says so."""

    def around(task: Callable[[], int | None]) -> Callable[[], int | None]:
        @wraps(task)
        def run() -> int | None:
            with swept(name) as facts:
                done = task()
                if done is not None:
                    facts["done"] = done
            return done

        return run

    return around
