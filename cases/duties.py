"""The deadlines of a viewer's cases: whose they are, and which of them this viewer may know of."""

from collections.abc import Iterable
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import BaseExpression

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import GRANTS, Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import first_days
from .deadlines import BODY_UPDATE, OF_ABSENCE, OF_APPEAL, OF_SUPPORT, PROGRESS_REVIEW, standing
from .models import Deadline
from .reach import ANY, current_keys, reaching, visible_keys

LOOK_AHEAD = timedelta(days=42)
# What is done one after the other: the second is nobody's task before the first is done.
IN_TURN = (PROGRESS_REVIEW, BODY_UPDATE)

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
READ_ABSENCE = frozenset(role for role in ANY if Permission.READ_ABSENCE in GRANTS[role])
READ_LEVELS = frozenset(role for role in ANY if Permission.READ_LEVELS in GRANTS[role])
READ_APPEAL = frozenset(role for role in ANY if Permission.READ_APPEAL in GRANTS[role])
OF_BODIES = frozenset({Role.BODY_OFFICER, Role.BODY_CONTACT, Role.BODY_ADMIN})
OF_SCHOOLS = frozenset(
    {Role.MENTOR, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN}
)  # fmt: skip


def standing_deadlines(viewer: Viewer) -> QuerySet[Deadline]:
    """What is open in the viewer's current cases, reviews and updates in their turn: the second waits for the first.

    A school that joined an induction knows of nothing that was due before its first day, a mentor of no deadline of
    absence, a school administrator of none of support (R79); `hushed` marks those of whose reasons the viewer is told
    nothing that speaks of absence.
    """
    known = Deadline.objects.filter(is_open=True)
    if viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.SCHOOL:
        known = known.filter(due_on__gte=Subquery(first_days(viewer, OuterRef("induction"))))
    earlier = known.filter(induction=OuterRef("induction"), kind=OuterRef("kind"), number__lt=OuterRef("number"))
    following = Q(kind__in=IN_TURN) & Q(Exists(earlier))
    found = known.filter(standing(), ~following, of_support(viewer), induction__in=current_keys(viewer))
    return _without_appeals(viewer, found).annotate(hushed=_hushed(viewer)).exclude(hushed=True, kind__in=OF_ABSENCE)


def _without_appeals(viewer: Viewer, found: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """None of an appeal in cases in which none of the viewer's roles may know of one (R66, R68)."""
    roles = viewer.roles & ANY
    if roles <= READ_APPEAL:
        return found
    if not roles & READ_APPEAL:
        return found.exclude(kind__in=OF_APPEAL)
    return found.exclude(~Q(induction__in=visible_keys(viewer, READ_APPEAL)), kind__in=OF_APPEAL)


def _hushed(viewer: Viewer) -> BaseExpression:
    """Whether none of the roles by which the viewer reaches a deadline's case reads absence (R79)."""
    if viewer.roles & ANY <= READ_ABSENCE:
        return Value(False, BooleanField())
    return ExpressionWrapper(~Q(induction__in=visible_keys(viewer, READ_ABSENCE)), BooleanField())


def of_support(viewer: Viewer) -> Q:
    """All but the deadlines of support in cases of which none of the viewer's roles reads levels (R79)."""
    if viewer.roles & ANY <= READ_LEVELS:
        return Q()
    return ~Q(kind__in=OF_SUPPORT) | Q(induction__in=visible_keys(viewer, READ_LEVELS))


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
