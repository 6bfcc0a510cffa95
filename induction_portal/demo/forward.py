"""Moves the demo's clock day by day, and does in this process what the worker would have done meanwhile (ADR 0098)."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from cases.models import Reminder
from cases.rules.statuses import MessageStatus as Status
from induction_portal import clock
from induction_portal.celery import app
from notifications.models import DIGEST, Message

from .moved_clock import move_to, prepare_database
from .rounds import rounds

# Of each of thousands of tasks that ended well nobody need be told, only of those that did not.
TOLD = logging.getLogger("celery.app.trace")
ONE_DAY = timedelta(days=1)
Asked = deque[tuple[str, tuple[Any, ...]]]


class Day(NamedTuple):
    """What came of a day: how many steps were said and how many messages that and all else made, how many of them were
    mailed, how many the mail server did not take, and which tasks failed.
    """

    on: date
    reminders: int
    messages: int
    mailed: int
    not_taken: int
    failed: frozenset[str]


def forward(to: date) -> Iterator[Day]:
    """Move the clock to a day, through every day between, with all that the timetable has on each.

    Of the present day it does what is left. In the end the clock stands on that day at the machine's time of day, or
    later, where the day's sweeps come later. Stopped half-way, it stands where it was stopped.
    """
    prepare_database()
    with asked_here() as asked:
        on = clock.today()
        while on <= to:
            failed = _go_through(on, asked)
            if on == to:
                move_to(datetime.combine(on, timezone.localtime().time(), clock.now().tzinfo))
            yield _what_came_of(on, failed)
            on += ONE_DAY


@contextmanager
def asked_here() -> Iterator[Asked]:
    """While this lasts, what this process would ask of a worker is left to do here, each thing once; no broker is
    needed. A worker that runs beside it finds less to do.
    """
    asked = Asked()

    def keep(name: str, args: Iterable[Any] | None = None, *_: object, **__: object) -> None:
        task = (name, tuple(args or ()))
        if task not in asked:
            asked.append(task)

    app.loader.import_default_modules()
    app.send_task, usual = keep, TOLD.level
    TOLD.setLevel(logging.WARNING)
    try:
        yield asked
    finally:
        del app.send_task
        TOLD.setLevel(usual)


def _go_through(day: date, asked: Asked) -> frozenset[str]:
    failed = set[str]()
    for at, sweeps in rounds(day, after=clock.now()):
        move_to(at)
        for name in sweeps:
            asked.append((app.conf.beat_schedule[name]["task"], ()))
            failed.update(_do(asked))
    return frozenset(failed)


def _do(asked: Asked) -> Iterator[str]:
    """Do what was asked, and what that asks in turn; the tasks that failed. One holds up none of the others."""
    while asked:
        name, args = asked.popleft()
        if app.tasks[name].apply(args).failed():  # the log has why
            yield name


def _what_came_of(day: date, failed: frozenset[str]) -> Day:
    begins, ends = (datetime.combine(each, time(), clock.now().tzinfo) for each in (day, day + ONE_DAY))
    told = Message.objects.exclude(kind=DIGEST)
    mailed = Message.objects.filter(digest=None, sent_at__gte=begins, sent_at__lt=ends)
    return Day(
        day,
        Reminder.objects.filter(said_on=day).count(),
        told.filter(created_at__gte=begins, created_at__lt=ends).count(),
        mailed.count(),
        Message.objects.filter(status=Status.FAILED).count(),
        failed,
    )
