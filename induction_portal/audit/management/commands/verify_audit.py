"""`manage.py verify_audit`: exit status 1, naming the first bad row, if the trail was tampered with."""

from django.core.management.base import BaseCommand

from induction_portal.audit.models import AuditEvent
from induction_portal.audit.verify import faults


class Command(BaseCommand):
    help = "Checks that nobody has changed, removed or added to the audit trail."

    def handle(self, **options: object) -> None:
        fault = next(faults(), None)
        if fault:
            self.stderr.write(f"The audit trail was tampered with: {fault}")
            raise SystemExit(1)
        self.stdout.write(f"The audit trail is whole: {AuditEvent.objects.count()} events checked.")
