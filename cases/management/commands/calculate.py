"""``manage.py calculate timeline|deadline|timetable|escalation``: JSON Lines in, JSON Lines out."""

import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandParser

from cases.rules.calculate import CALCULATORS, stream


class Command(BaseCommand):
    """Needs no environment and no database: the rules are pure, and today is the machine's, in England."""

    help = "Calculate dates, timetables and moves: one JSON object a line in, one a line out."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """The one argument: which calculator."""
        parser.add_argument("kind", choices=list(CALCULATORS))

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every line of standard input on standard output, flushed line by line."""
        today = datetime.now(ZoneInfo("Europe/London")).date()
        stream(options["kind"], sys.stdin.buffer, sys.stdout.buffer, today)
