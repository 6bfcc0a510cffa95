"""What of a case can be asked for today, and whom at the school to ask."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from ..deadlines import late as passed
from ..duties import OF_SCHOOLS, standing_deadlines
from ..models import Appointment, Chase, Deadline, Induction, Placement
from ..querysets import in_force

APPOINTED = {Role.MENTOR, Role.INDUCTION_TUTOR}


def overdue(viewer: Viewer, induction: Induction) -> list[Deadline]:
    """What the school should have sent or done before today, the earliest first. One query."""
    late = standing_deadlines(viewer).filter(passed(on=viewer.on), owner__in=OF_SCHOOLS, induction=induction)
    return list(late.order_by("due_on", "kind", "number"))


def to_ask(late: Iterable[Deadline], asked: Collection[str]) -> list[Deadline]:
    """The earliest of each kind that was not asked for today."""
    first: dict[str, Deadline] = {}
    for deadline in late:
        if deadline.kind not in asked:
            first.setdefault(deadline.kind, deadline)
    return list(first.values())


def asked_before(induction: Induction) -> QuerySet[Chase]:
    """Every request of this case, the latest first, with what each asked for. Two queries."""
    return induction.chases.select_related("sent_by", "school").prefetch_related("steps").order_by("-sent_on")


def school_to_ask(induction: Induction, on: date) -> Placement | None:
    """Where the ECT serves today, the lead school first (R20); None where they serve nowhere."""
    served = induction.placements.filter(in_force("", on=on)).select_related("school")
    return served.order_by("-is_lead", "starts_on", "pk").first()


def people_to_ask(placement: Placement, late: Iterable[Deadline], on: date) -> QuerySet[User]:
    """Whoever at the school has to do these things, and the headteacher, by name. One query."""
    owners = {Role(deadline.owner) for deadline in late}
    held = Membership.objects.filter(
        in_force("", on=on), organisation=placement.school_id, role__in=(owners - APPOINTED) | {Role.HEADTEACHER}
    )
    appointed = Appointment.objects.filter(in_force("", on=on), placement=placement, kind__in=owners & APPOINTED)
    at_school = Q(pk__in=held.values("user")) | Q(pk__in=appointed.values("user"))
    return User.objects.filter(at_school, is_active=True).order_by("name", "pk")
