"""`manage.py add_body NAME --identifier ID --admin-name NAME --admin-email ADDRESS`: a body and its administrator."""

from induction_portal.accounts.management.operating import OpenCommand
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role


class Command(OpenCommand):
    help = "Adds an appropriate body and invites its first administrator. May be repeated."
    kind, role, who = Organisation.Kind.BODY, Role.BODY_ADMIN, "admin"
