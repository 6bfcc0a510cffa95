"""`manage.py add_operator --name NAME --email ADDRESS`: somebody who runs the installation and sees no case."""

from argparse import ArgumentParser
from collections.abc import Iterator

from induction_portal import clock
from induction_portal.accounts.management.operating import OperatorCommand
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.opening import opened, operators
from induction_portal.accounts.permissions import Role


class Command(OperatorCommand):
    help = "Invites an operator, and adds the operator's own organisation the first time. May be repeated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)

    def work(self, *, name: str, email: str, **options: str) -> Iterator[str]:
        organisation = next(operators(), None)
        if organisation is None:
            organisation, told = opened(
                by=self.by,
                on=clock.today(),
                kind=Organisation.Kind.OPERATOR,
                name="Induction Portal",
                identifier="portal",
            )
            yield told
        yield self.invited(organisation, Role.OPERATOR, name, email)
