"""What a body's requests add to a case: lines of its timeline."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.urls import reverse

from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from ..access import roles_on, visible_records
from ..models import Chase, ChasedStep, Induction
from ..parts import Entry, Part
from .access import steps_told


class ChasePart(Part):
    """When the appropriate body asked the school for what was overdue."""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        """For both sides, and for the ECT, who reads that it was asked for and not how."""
        reads = Permission.READ_CHASE in may
        if not reads and Role.ECT not in roles_on(viewer, induction):
            return []
        return [Entry(on, says, url if reads else "") for on, says, url in _told(induction, viewer, may)]


def _told(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterator[tuple[date, str, str]]:
    """When each was sent, in words, and its page. One query."""
    seen = visible_records(viewer, Chase.objects.filter(induction=induction)).values("pk")
    steps = ChasedStep.objects.filter(chase__in=seen).select_related("chase__body").order_by("chase", "due_on", "kind")
    for chase, asked in groupby(steps, key=lambda step: step.chase):
        if told := steps_told(asked, may):
            what = ", ".join(step.says for step in told)
            says = f"{chase.body.name} asked the school for what was due: {what}"
            yield chase.sent_on, says, reverse("cases:chase_sent", args=[chase.pk])
