"""The deadlines of a viewer's cases: whose they are, and which of them this viewer may know of."""

from collections.abc import Iterable
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .access import first_days
from .deadlines import PROGRESS_REVIEW, standing
from .models import Deadline
from .reach import current_keys, reaching

LOOK_AHEAD = timedelta(days=42)

# Whose deadlines somebody in a role meets. An induction lead acts as tutor, a body's administrator as its officers do.
OWNS: dict[Role, frozenset[str]] = {
    Role.ECT: frozenset({Role.ECT}),
    Role.MENTOR: frozenset({Role.MENTOR}),
    Role.INDUCTION_TUTOR: frozenset({Role.INDUCTION_TUTOR}),
    Role.INDUCTION_LEAD: frozenset({Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD}),
    Role.HEADTEACHER: frozenset({Role.HEADTEACHER}),
    Role.SCHOOL_ADMIN: frozenset({Role.SCHOOL_ADMIN}),
    Role.BODY_OFFICER: frozenset({Role.BODY_OFFICER}),
    Role.BODY_ADMIN: frozenset({Role.BODY_OFFICER, Role.BODY_ADMIN}),
}
OF_BODIES = frozenset({Role.BODY_OFFICER, Role.BODY_CONTACT, Role.BODY_ADMIN})
OF_SCHOOLS = frozenset(
    {Role.MENTOR, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN}
)  # fmt: skip


def standing_deadlines(viewer: Viewer) -> QuerySet[Deadline]:
    """What is open in the viewer's current cases, reviews one after the other: the second waits for the first.

    A school that joined an induction knows of nothing that was due before its first day (R79).
    """
    known = Deadline.objects.filter(is_open=True)
    if viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.SCHOOL:
        known = known.filter(due_on__gte=Subquery(first_days(viewer, OuterRef("induction"))))
    earlier = known.filter(induction=OuterRef("induction"), kind=PROGRESS_REVIEW, number__lt=OuterRef("number"))
    following = Q(kind=PROGRESS_REVIEW) & Q(Exists(earlier))
    return known.filter(standing(on=viewer.on), ~following, induction__in=current_keys(viewer))


def owned(viewer: Viewer) -> Q:
    """Which of the deadlines that stand in the viewer's cases are their own to meet: those of each of their roles, in
    the cases that it reaches.
    """
    found = reaching(viewer)
    if len(found) == 1:  # each case that they see
        return Q(owner__in=_owners(viewer.roles))
    mine = (Q(owner__in=_owners(roles), induction__in=reach(viewer)) for reach, roles in found.items())
    return reduce(or_, mine, Q(pk__in=[]))


def _owners(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset[str]().union(*(OWNS.get(role, ()) for role in roles))
