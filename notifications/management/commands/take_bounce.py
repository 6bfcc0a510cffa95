"""What the mail server runs for each report that comes back to the sender's address."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from notifications import bounces


class Command(BaseCommand):
    help = "Takes a report that a mail did not arrive (RFC 3464) from standard input."

    def handle(self, **options: Any) -> None:
        report = bounces.read_report(sys.stdin.buffer.read())
        if report is None:
            self.stdout.write("This is no report of a mail that did not arrive: nothing was done.")
        elif bounces.take(report):
            self.stdout.write("Recorded: the administrators of that person's organisation see it.")
        else:
            self.stdout.write("No mail of this portal is known by that report: nothing was done.")
