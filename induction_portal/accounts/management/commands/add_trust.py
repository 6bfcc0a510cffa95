"""`manage.py add_trust NAME --identifier ID --officer-name NAME --officer-email ADDRESS`: a trust and its officer."""

from induction_portal.accounts.management.operating import OpenCommand
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role


class Command(OpenCommand):
    help = "Adds a trust and invites its first officer. May be repeated."
    kind, role, who = Organisation.Kind.TRUST, Role.TRUST_OFFICER, "officer"
