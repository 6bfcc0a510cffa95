"""`manage.py seed_demo [--today DATE]`: loads the demo story into an empty portal."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.models import Teacher
from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.demo.people import OPERATOR
from induction_portal.demo.replay import replay

EARLIEST, LATEST = date(2005, 1, 1), date(2095, 12, 31)


def day(text: str) -> date:
    """A date that the story can be told for: the bank holidays around it are known."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a date: write it like 2026-11-22") from None
    if not EARLIEST <= found <= LATEST:
        raise ArgumentTypeError(f"choose a date from {EARLIEST} to {LATEST}")
    return found


class Command(BaseCommand):
    help = "Loads the demo story: people, schools and cases, as if everything had been done in the portal day by day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=day, metavar="DATE", help="tell the story as of this day (today)")

    def handle(self, *, today: date | None, **options: object) -> None:
        with transaction.atomic():
            if User.objects.filter(email=OPERATOR).exists():
                self.stdout.write("The demo story is loaded already: nothing was changed.")
                return
            if User.objects.exists() or Teacher.objects.exists():
                raise CommandError("The portal is in use: the demo story is only loaded where there is nobody yet.")
            world = replay(today or clock.today())
        self.stdout.write(f"The demo story is loaded: {len(world.users)} people, {len(world.inductions)} inductions.")
