"""`manage.py demo_day --to DATE | --forward DAYS`: moves the demo's clock, with all that the days between bring."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.demo.forward import Day, forward
from induction_portal.demo.people import OPERATOR
from induction_portal.embedded.errors import EmbeddedError
from induction_portal.embedded.folders import lock
from induction_portal.govuk.words import weekday

from .seed_demo import LATEST, day

MOST = 400


def days(text: str) -> int:
    """How many days to go: 1 to 400."""
    if not (text.isdecimal() and 1 <= int(text) <= MOST):
        raise ArgumentTypeError(f"{text} is not a number of days: write a whole number from 1 to {MOST}")
    return int(text)


class Command(BaseCommand):
    help = (
        "Demo only: moves the clock forward day by day, and does on each day what the worker has to do. Works while"
        " bin/demo runs. The clock never goes back, but for bin/demo --reset."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--to", type=day, metavar="DATE", help="the day to go to, such as 2027-01-31")
        wanted.add_argument("--forward", type=days, metavar="DAYS", help=f"how many days to go, {MOST} at most")

    def handle(self, *, to: date | None, forward: int | None, **options: object) -> None:
        with _alone():
            for each in _days(to or clock.today() + timedelta(days=forward or 0)):
                self.stdout.write(said(each))
            self.stdout.write(f"In the demo it is now {weekday(clock.today())}.")


def _days(to: date) -> Iterator[Day]:
    """What each day brings. Raises CommandError where the clock cannot go there."""
    today = clock.today()
    if to <= today:
        raise CommandError(f"In the demo it is {today} already: the clock goes forward only. bin/demo --reset sets it.")
    if to > today + timedelta(days=MOST):
        raise CommandError(f"{to} is more than {MOST} days on from {today}: go there in several steps.")
    if to > LATEST:
        raise CommandError(f"Bank holidays are not known for long enough after {LATEST}: choose an earlier day.")
    return forward(to)


@contextmanager
def _alone() -> Iterator[None]:
    """Raises CommandError where there is no demo to move, or another process is moving it."""
    if settings.CLOCK_AHEAD is None:
        raise CommandError("The clock is only moved in the demo.")
    if not User.objects.filter(email=OPERATOR).exists():
        raise CommandError("There is no demo story to move through: start bin/demo once, or run manage.py seed_demo.")
    settings.CLOCK_AHEAD.parent.mkdir(parents=True, exist_ok=True)
    try:
        held = lock(settings.CLOCK_AHEAD.with_name("demo-day-lock"))
    except EmbeddedError as problem:
        raise CommandError(str(problem)) from problem
    with held:
        yield


def said(day: Day) -> str:
    """The line of a day."""
    counts = (_many(day.reminders, "reminder"), _many(day.messages, "message"), _many(day.mailed, "email"))
    line = f"{weekday(day.on)}: {counts[0]} said, {counts[1]}, {counts[2]} sent"
    if day.not_taken:
        line += f"; {_many(day.not_taken, 'email')} not taken by the mail server, to be tried again"
    return line + "".join(f"; {task} failed" for task in sorted(day.failed))


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
