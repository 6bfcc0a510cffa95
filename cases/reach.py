"""Which cases each role reaches, as ids for subqueries.

Each reach is one plain question to one table, which an index answers: the database then begins with the few cases of
the viewer's side, not with everybody's. Whoever asks about many cases, or about the rows of many, asks by these ids;
what a page shows of a case comes from `access.visible_cases`.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .models import Appointment, BodyPeriod, Induction, Placement
from .querysets import in_force

Keys = QuerySet[Any, Any]
Reach = Callable[[Viewer], Keys]


def _own(viewer: Viewer) -> Keys:
    return Induction.objects.filter(teacher__user=viewer.user).order_by().values("pk")


def _at_the_school(viewer: Viewer) -> Keys:
    return Placement.objects.filter(school=viewer.organisation).order_by().values("induction")


def _of_the_body(viewer: Viewer) -> Keys:
    return BodyPeriod.objects.filter(body=viewer.organisation).order_by().values("induction")


def _appointed(kind: Role) -> Reach:
    def reach(viewer: Viewer) -> Keys:
        held = Appointment.objects.filter(
            in_force("", on=viewer.on), school=viewer.organisation, user=viewer.user, kind=kind
        )
        return held.order_by().values("induction")

    return reach


REACH: dict[Role, Reach] = {
    Role.ECT: _own,
    Role.MENTOR: _appointed(Role.MENTOR),
    Role.INDUCTION_TUTOR: _appointed(Role.INDUCTION_TUTOR),
    Role.INDUCTION_LEAD: _at_the_school,
    Role.HEADTEACHER: _at_the_school,
    Role.SCHOOL_ADMIN: _at_the_school,
    Role.BODY_OFFICER: _of_the_body,
    Role.BODY_CONTACT: _of_the_body,
    Role.BODY_ADMIN: _of_the_body,
}
ANY = frozenset(REACH)
SIDES = {_at_the_school, _of_the_body}  # reach by periods of the viewer's whole side


def reaching(viewer: Viewer, roles: frozenset[Role] = ANY) -> dict[Reach, frozenset[Role]]:
    """The different reaches that some of the viewer's roles have, each with the roles that have it."""
    held = viewer.roles & roles & ANY
    return {reach: frozenset(role for role in held if REACH[role] is reach) for reach in {REACH[r] for r in held}}


def visible_keys(viewer: Viewer, roles: frozenset[Role] = ANY) -> Keys:
    """The ids of every case that this viewer, or some of their roles, may know exists."""
    found = [reach(viewer) for reach in reaching(viewer, roles)]
    return found[0].union(*found[1:]) if found else Induction.objects.none().values("pk")


def current_keys(viewer: Viewer, roles: frozenset[Role] = ANY) -> Keys:
    """The ids of those that the viewer's side still has to do with: not before its own last day has passed."""
    found = reaching(viewer, roles)
    if viewer.organisation is None or not found:
        return visible_keys(viewer, roles)
    going_on = Q(ends_on=None) | Q(ends_on__gte=viewer.on)
    if whole := SIDES & set(found):
        return whole.pop()(viewer).filter(going_on)
    here = _at_the_school(viewer).filter(going_on)
    return here.filter(induction__in=visible_keys(viewer, roles))


def reviewed_keys(viewer: Viewer) -> Keys:
    """The ids of those whose progress this viewer reviews, as induction tutor or lead, while they are at the school."""
    return current_keys(viewer, frozenset({Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD}))


def served_for(body: Organisation) -> QuerySet[Placement]:
    """Placements, each perhaps more than once, on at least one day of which the body was responsible for the ECT."""
    period = "induction__body_periods__"
    return Placement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=F(f"{period}starts_on")),
        Q(**{f"{period}ends_on": None}) | Q(**{f"{period}ends_on__gte": F("starts_on")}),
        **{f"{period}body": body},
    ).order_by()
