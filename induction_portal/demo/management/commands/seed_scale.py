"""`manage.py seed_scale --bodies N --schools N --ects N [--seed S] [--register FILE]`: a portal as large as England."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.models import Teacher
from cases.register import read_register
from cases.rules.errors import RuleBroken
from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.audit.models import AuditEvent
from induction_portal.demo.people import PASSWORD
from induction_portal.demo.scale.load import Loaded, Loader, Size
from induction_portal.demo.scale.places import Told

REGISTERS = settings.BASE_DIR.parent / "shared" / "data"
MOST_ECTS, MOST_SCHOOLS, MOST_BODIES = 1_000_000, 800_000, 999


def count(most: int) -> object:
    """An argument that is a whole number from 1."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= most:
            raise ArgumentTypeError(f"give a whole number from 1 to {most:,}")
        return int(text)

    return read


class Command(BaseCommand):
    help = "Fills an empty portal with bodies, schools and inductions, to measure how it bears them. Takes minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bodies", type=count(MOST_BODIES), default=84, metavar="N", help="bodies (84)")
        parser.add_argument("--schools", type=count(MOST_SCHOOLS), default=12_500, metavar="N", help="schools (12,500)")
        parser.add_argument("--ects", type=count(MOST_ECTS), default=60_000, metavar="N", help="inductions (60,000)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed makes another portal (1)")
        parser.add_argument(
            "--register", type=Path, metavar="FILE", help="schools' names and URNs from the national register's CSV"
        )

    def handle(self, *, bodies: int, schools: int, ects: int, seed: int, register: Path | None, **_: object) -> None:
        if User.objects.exists() or Teacher.objects.exists() or AuditEvent.objects.exists():
            raise CommandError("The portal is in use: this only fills an empty one. Nothing was changed.")
        told = self._register(register)
        size = Size(bodies, schools, ects, seed)
        loader = Loader(size, clock.now(), PASSWORD, tell=self._say)
        self._summary(loader.load(told))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _register(self, file: Path | None) -> Sequence[Told]:
        """The register's schools: of the file given, else of the first that lies beside the portal, else none."""
        found = file or next(iter(sorted(REGISTERS.glob("schools*.csv"))), None)
        if found is None:
            return ()
        try:
            entries = read_register(found.read_bytes()).entries
        except OSError as error:
            raise CommandError(f"{found} cannot be read: {error.strerror}. Nothing was changed.") from error
        except RuleBroken as broken:
            raise CommandError(f"{found.name}: {broken.message}. Nothing was changed.") from broken
        self._say(f"Schools' names from {found.name}")
        return [Told(entry.urn, entry.name, entry.facts.get("local_authority", "")) for entry in entries]

    def _summary(self, loaded: Loaded) -> None:
        for name, rows in loaded.rows.items():
            self._say(f"{rows:>9,}  {name}")
        self._say(f"Written in {loaded.writing:.0f} s, reckoned in {loaded.reckoning:.0f} s.")
        self._say(f"Sign in as one of these, each with the password {PASSWORD}:")
        for role, (person, place) in loaded.people.items():
            at = f" at {place.name}" if place else ""
            self._say(f"  {person.email:<36} {role.label}{at}")
