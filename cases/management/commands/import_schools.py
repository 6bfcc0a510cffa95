"""`manage.py import_schools FILE`: the national register's CSV, as often as there is a newer one."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.actions import import_register
from cases.register import read_register
from cases.rules.errors import RuleBroken
from induction_portal import clock
from induction_portal.accounts.viewer import System


class Command(BaseCommand):
    help = "Adds and updates schools from the national register's CSV file, and says what it did with each row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            register = read_register(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}. Nothing was changed.") from error
        except RuleBroken as broken:
            raise CommandError(f"{file.name}: {broken.message}. Nothing was changed.") from broken
        done = import_register(by=System("import_schools"), on=clock.today(), register=register)
        for line, reason in register.rejections:
            self.stdout.write(f"Line {line} rejected: {reason}")
        self.stdout.write(
            f"Schools created: {done.created}, updated: {done.updated}, unchanged: {done.unchanged}, "
            f"rejected: {done.rejected}"
        )
