"""The door to what an appropriate body asked a school for: of either side, and only what each may know of (R79)."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.http import Http404

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer, options
from induction_portal.pages import Found
from notifications.kinds import Names

from .. import access
from ..deadlines import OF_ABSENCE, OF_APPEAL, OF_SUPPORT
from ..deadlines import late as passed
from ..models import Chase, ChasedStep, Deadline

KNOWN_BY = (
    (OF_ABSENCE, Permission.READ_ABSENCE),
    (OF_SUPPORT, Permission.READ_LEVELS),
    (OF_APPEAL, Permission.READ_APPEAL),
)


def chase(viewer: Viewer, chase_id: UUID) -> Found:
    """A request by its id. Raises Http404 for another side's, and for one of which the viewer may know nothing."""
    chases = Chase.objects.select_related("body", "school", "sent_by").prefetch_related("steps")
    found = access.record(viewer, chases, chase_id)
    if not steps_told(found.subject.steps.all(), found.permissions):
        raise Http404
    return found


def steps_told(steps: Iterable[ChasedStep], may: frozenset[Permission]) -> list[ChasedStep]:
    """Those of which the viewer may know."""
    hidden = frozenset[str]().union(*(kinds for kinds, needs in KNOWN_BY if needs not in may))
    return [step for step in steps if step.kind not in hidden]


def may_be_told(user: User, chase_id: UUID) -> bool:
    """Whether a user may read a request today, in any of their capacities, and something that it asks for has not come
    since: asked before the message is delivered, so that what has come is asked for no more.
    """
    return any(_asks(viewer, chase_id) for viewer in options(user, on=clock.today()))


def _asks(viewer: Viewer, chase_id: UUID) -> bool:
    try:
        found = chase(viewer, chase_id)
    except Http404:
        return False
    kinds = {step.kind for step in steps_told(found.subject.steps.all(), found.permissions)}
    late = passed(on=viewer.on)
    missing = Deadline.objects.filter(late, induction=found.subject.induction_id, kind__in=kinds, is_open=True)
    return Permission.READ_CHASE in found.permissions and missing.exists()


def whose(viewer: Viewer, chase_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these requests that the viewer may know of."""
    seen = access.visible_records(viewer, Chase.objects.filter(pk__in=chase_ids))
    return seen.values_list("pk", "induction__teacher__name")
