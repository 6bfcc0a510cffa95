"""`manage.py send_reminders [--on DATE]`: the daily sweep, as the scheduler runs it."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from cases.reminding.sweep import send_reminders
from cases.rules.errors import RuleBroken
from induction_portal import clock


def day(text: str) -> date:
    """A date as the command line gives it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a date: write it like 2026-11-22") from None


class Command(BaseCommand):
    help = "Reminds everybody of what falls due, and of what is late. Running it twice sends nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=day, metavar="DATE", help="as on this day (today)")

    def handle(self, *, on: date | None, **options: object) -> None:
        try:
            done = send_reminders(on=on or clock.today())
        except RuleBroken as broken:
            raise CommandError(f"{broken.message} Nothing was sent.") from broken
        self.stdout.write(
            f"Deadlines looked at: {done['looked_at']}, reminders: {done['reminders']}, messages: {done['messages']}, "
            f"withdrawn: {done['withdrawn']}, left to the next sweep: {done['stale']}"
        )
