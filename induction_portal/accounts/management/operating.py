"""The shape of the operator's commands: one transaction, plain words, and an exit status that tells of failure."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from cases.rules.errors import RuleBroken
from induction_portal import clock
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.opening import invited, opened
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System


class OperatorCommand(BaseCommand):
    """Says each thing that `work` did; undoes all of it, and says why, when a rule is broken."""

    def handle(self, *args: object, **options: str) -> None:
        try:
            with transaction.atomic():
                for line in self.work(**options):
                    self.stdout.write(line)
        except RuleBroken as broken:
            raise CommandError(f"{broken.message}. Nothing was changed.") from broken

    def work(self, **options: str) -> Iterator[str]:
        """Do it, one line of words for each thing done."""
        raise NotImplementedError

    @property
    def by(self) -> System:
        """Who acts, as the trail tells it."""
        return System(type(self).__module__.rpartition(".")[2])

    def invited(self, organisation: Organisation, role: Role, name: str, email: str) -> str:
        """Invite somebody; CommandError for what is no e-mail address."""
        check_email(email)
        return invited(by=self.by, on=clock.today(), organisation=organisation, role=role, name=name, email=email)


class OpenCommand(OperatorCommand):
    """Adds an organisation and invites its first person."""

    kind: Organisation.Kind
    role: Role
    who: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--identifier", required=True, help="The register's identifier: it stays the same")
        parser.add_argument(f"--{self.who}-name", dest="person", required=True)
        parser.add_argument(f"--{self.who}-email", dest="email", required=True)

    def work(self, *, name: str, identifier: str, person: str, email: str, **options: str) -> Iterator[str]:
        made, told = opened(by=self.by, on=clock.today(), kind=self.kind, name=name, identifier=identifier)
        yield told
        yield self.invited(made, self.role, person, email)


def check_email(email: str) -> None:
    """Raises CommandError for what is no e-mail address."""
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise CommandError(f"{email} is not an email address. Nothing was changed.") from wrong
