"""Who besides the case's own people may read a concern of it: the officers of a trust that it went to (R78, R81)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cases.accessing import Viewing
from cases.models import Induction
from cases.people import holders
from cases.rules.support import audiences_of
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .access import readable
from .models import Concern, OwnConcern

HEARD = sorted(audience.value for audience in audiences_of(Role.TRUST_OFFICER))


def guests_of(induction: Induction, viewer: Viewer) -> Iterator[Viewing]:
    """Each officer of each trust, since the first concern that went there, as far as the viewer may know of it."""
    of_case = {"induction": induction, "audience__in": HEARD}
    concerns = _told(readable(viewer, Concern.objects.filter(**of_case)))
    rows = concerns.union(_told(readable(viewer, OwnConcern.objects.filter(**of_case))), all=True)
    since = {}
    for day, *trust in sorted(rows, key=lambda row: row[0], reverse=True):
        since[tuple(trust)] = day
    for (trust, name), day in since.items():
        for user in holders(trust, Role.TRUST_OFFICER, on=viewer.on) if trust else ():
            role = Role.TRUST_OFFICER.label
            yield Viewing(user.name, role, name, "A concern went to the trust", day, "That concern alone")


def _told(rows: QuerySet[Any]) -> QuerySet[Any, tuple[date, UUID | None, str | None]]:
    return rows.order_by().values_list("raised_on", "school__trust", "school__trust__name")
