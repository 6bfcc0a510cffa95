"""`manage.py add_school_admin URN --name NAME --email ADDRESS [--role headteacher]`: a school's first person."""

from argparse import ArgumentParser
from collections.abc import Iterator

from induction_portal.accounts.management.operating import OperatorCommand
from induction_portal.accounts.opening import school_of
from induction_portal.accounts.permissions import Role


class Command(OperatorCommand):
    help = "Invites the first headteacher or administrator of a school of the register. May be repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("urn", metavar="URN")
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)
        roles = [Role.SCHOOL_ADMIN.value, Role.HEADTEACHER.value]
        parser.add_argument("--role", choices=roles, default=Role.SCHOOL_ADMIN.value)

    def work(self, *, urn: str, name: str, email: str, role: str, **options: str) -> Iterator[str]:
        yield self.invited(school_of(urn), Role(role), name, email)
