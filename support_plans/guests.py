"""Who besides the case's own people may read a concern of it: the officers of a trust that it went to (R78, R81)."""

from collections.abc import Iterator

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
    found = [
        *readable(viewer, Concern.objects.filter(**of_case)).select_related("school__trust"),
        *readable(viewer, OwnConcern.objects.filter(**of_case)).select_related("school__trust"),
    ]
    since = {}
    for row in sorted(found, key=lambda row: row.raised_on, reverse=True):
        since[row.school.trust] = row.raised_on
    for trust, day in since.items():
        for user in holders(trust.pk, Role.TRUST_OFFICER, on=viewer.on) if trust else ():
            role = Role.TRUST_OFFICER.label
            yield Viewing(user.name, role, trust.name, "A concern went to the trust", day, "That concern alone")
