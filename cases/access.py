"""The one door to a case: which cases a viewer may know of, and by which of their roles.

A case outside `visible_cases` answers as if it did not exist. Each role reaches its own: a mentor's and a tutor's the
ECTs they are appointed to today, the rest of the school's roles every case with a placement there, a body's the cases
it is or was responsible for, the ECT's their own (R79).
"""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import BaseExpression
from django.http import Http404

from induction_portal import clock
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer, options
from induction_portal.pages import Found

from .models import BodyPeriod, BodyPolicy, CaseRecord, HandoverGrant, Induction, Placement, SchoolPolicy
from .models.policies import MODELS
from .people import responsibility
from .policies import body_of, policy_of
from .querysets import InductionQuerySet, in_force
from .reach import Keys, current_keys, reaching, visible_keys
from .reckon import fresh
from .rules.policy import Effective

Record = TypeVar("Record", bound=CaseRecord)
CASE = OuterRef("pk")


def visible_cases(viewer: Viewer) -> InductionQuerySet:
    """Every case that this viewer may know exists, each marked with which of their roles reach it."""
    return _marked(viewer, visible_keys(viewer))


def current_cases(viewer: Viewer) -> InductionQuerySet:
    """The visible cases that the viewer's side still has to do with."""
    return _marked(viewer, current_keys(viewer))


def _marked(viewer: Viewer, keys: Keys) -> InductionQuerySet:
    """The cases of some ids, with what their pages and rows need to know of the viewer's part in each."""
    found = reaching(viewer)
    marks = {_mark(role): _by(reach(viewer), only=len(found) == 1) for reach, roles in found.items() for role in roles}
    if not marks:
        return Induction.objects.none()
    own = {"until": _until(viewer), "since": _since(viewer), "granted_by": _granted_by(viewer)}
    cases = Induction.objects.filter(pk__in=keys).annotate(**marks, **own)
    return cases.select_related("teacher", "clock")


def _by(keys: Keys, *, only: bool) -> BaseExpression:
    """Whether a case is one of those; where the viewer has no other reach, each that they see is."""
    yes = BooleanField()
    return Value(True, yes) if only else ExpressionWrapper(Q(pk__in=keys), yes)


def _until(viewer: Viewer) -> BaseExpression:
    """The last day on which the viewer's side has to do with a case; empty while it goes on, and for the ECT."""
    if viewer.organisation is None:
        return Value(None, DateField())
    period: QuerySet[BodyPeriod] | QuerySet[Placement]
    if viewer.organisation.kind == Organisation.Kind.BODY:
        period = BodyPeriod.objects.filter(induction=CASE, body=viewer.organisation)
    else:
        period = Placement.objects.filter(induction=CASE, school=viewer.organisation)
    return Subquery(period.order_by(F("ends_on").desc(nulls_first=True)).values("ends_on")[:1])


def _since(viewer: Viewer) -> BaseExpression:
    """The first day at the viewer's own school; empty for the ECT and for bodies, who know a case from its start."""
    if viewer.organisation is None or viewer.organisation.kind == Organisation.Kind.BODY:
        return Value(None, DateField())
    return Subquery(first_days(viewer, CASE))


def _is_paused(viewer: Viewer) -> BaseExpression:
    """Whether a body has let the case go by today, and none is responsible (R84)."""
    periods = BodyPeriod.objects.filter(induction=CASE)
    held = periods.filter(in_force("", on=viewer.on))
    return ExpressionWrapper(Exists(periods.filter(ends_on__lt=viewer.on)) & ~Exists(held), BooleanField())


def first_days(viewer: Viewer, induction: OuterRef) -> QuerySet[Placement, dict[str, date]]:
    """The first day of a case at the viewer's own school, for a subquery."""
    own = Placement.objects.filter(induction=induction, school=viewer.organisation)
    return own.order_by("starts_on").values("starts_on")[:1]  # type: ignore[return-value]  # rows of one value


def _granted_by(viewer: Viewer) -> BaseExpression:
    """Who handed records of a case over to the viewer's organisation (R85)."""
    return ArraySubquery(HandoverGrant.objects.filter(induction=CASE, to=viewer.organisation).values("given_by"))


def as_at(viewer: Viewer, induction: Induction) -> date:
    """The day as at which this viewer sees a case from `visible_cases`: today or, for a school or body that has let it
    go, its own last day. What came after is others' business (R79, R86).
    """
    until: date | None = getattr(induction, "until", None)
    return min(until, viewer.on) if until else viewer.on


def _mark(role: Role) -> str:
    return f"as_{role}"


def roles_on(viewer: Viewer, induction: Induction) -> frozenset[Role]:
    """Which of the viewer's roles reach a case that came from `visible_cases`."""
    return frozenset(role for role in viewer.roles if getattr(induction, _mark(role), False))


def case(viewer: Viewer, case_id: UUID) -> Found:
    """A case by its id. Raises Http404 for one that the viewer may not know of."""
    return _case(viewer, pk=case_id)


def case_of_placement(viewer: Viewer, placement_id: UUID) -> Found:
    """The case to which a placement belongs. Raises Http404 as `case` does."""
    return _case(viewer, placements=placement_id)


def _case(viewer: Viewer, **which: UUID) -> Found:
    served = Prefetch("placements", Placement.objects.select_related("school__school"))
    cases = visible_cases(viewer).select_related("prior_service__body").prefetch_related(served)
    one = cases.filter(**which).annotate(is_paused=_is_paused(viewer))
    found = fresh(lambda: list(one.all()))
    if not found:
        raise Http404
    (induction,) = found
    roles = roles_on(viewer, induction)
    return Found(induction, roles, _besides(viewer, induction, roles))


def _besides(viewer: Viewer, induction: Induction, roles: frozenset[Role]) -> frozenset[Permission]:
    """A mentor reads reviews where the school says so and the body does not say no, and observations unless the school
    says no (R79).
    """
    if Role.MENTOR not in roles or viewer.organisation is None:
        return frozenset()
    body = body_of(induction, on=viewer.on)
    return mentor_reads(policy_of(school=viewer.organisation.pk, body=body, on=viewer.on))


def mentor_reads(lets: Effective) -> frozenset[Permission]:
    """What the settings of a school and its body open to the school's mentors, beside what every mentor may read."""
    by = {
        Permission.READ_REVIEW: lets.mentor_reads_reviews,
        Permission.READ_OBSERVATION: lets.mentor_reads_observations,
    }
    return frozenset(permission for permission, may in by.items() if may)


def may_read(user: User, record_id: UUID, *, find: Callable[[Viewer, UUID], Found], needs: Permission) -> bool:
    """Whether a user may read today, in any of their capacities, what the door `find` opens: asked before a message is
    delivered.
    """
    return any(_reads(viewer, record_id, find, needs) for viewer in options(user, on=clock.today()))


def _reads(viewer: Viewer, record_id: UUID, find: Callable[[Viewer, UUID], Found], needs: Permission) -> bool:
    try:
        return needs in find(viewer, record_id).permissions
    except Http404:
        return False


def responsible_case(viewer: Viewer, case_id: UUID) -> Found:
    """A case that the viewer's body is responsible for, or will be: nobody else has a role in what only it may do.

    Raises Http404 as `case` does.
    """
    found = case(viewer, case_id)
    held = viewer.organisation and responsibility(viewer, found.subject, on=viewer.on)
    return found if held else Found(found.subject, frozenset())


def visible_records(viewer: Viewer, records: QuerySet[Record]) -> QuerySet[Record]:
    """The records of visible cases that came from the viewer's organisation or were handed over to it.

    An ECT's are all their own. A school sees what was written there, a body what was sent to it (R79, R85).
    """
    return _of_own_side(viewer, records.filter(induction__in=visible_keys(viewer)))


def _of_own_side(viewer: Viewer, records: QuerySet[Record]) -> QuerySet[Record]:
    """Whatever case it is of: what came from the viewer's organisation or was handed over to it."""
    if viewer.organisation is None:
        return records
    handed_over = HandoverGrant.objects.filter(
        Q(given_by=OuterRef("school")) | Q(given_by=OuterRef("body")),
        induction=OuterRef("induction"),
        to=viewer.organisation,
    )
    return records.filter(Q(school=viewer.organisation) | Q(body=viewer.organisation) | Exists(handed_over))


def record(viewer: Viewer, records: QuerySet[Record], record_id: UUID) -> Found:
    """A record of a case by its id, with the roles that reach its case. Raises Http404 as `case` does."""
    found = _of_own_side(viewer, records).filter(pk=record_id).first()
    if found is None:
        raise Http404
    # The case is asked for by its own door, which is shut to whom no role reaches it.
    found.induction, roles, besides = case(viewer, found.induction_id)
    return Found(found, roles, besides)


def settings(viewer: Viewer, tenant_id: UUID) -> Found:
    """A school or body whose settings the viewer's organisation keeps: itself, or a school of the trust that it is.

    Raises Http404 for any other.
    """
    own = viewer.organisation
    if own is not None and own.kind == Organisation.Kind.TRUST:
        own = own.schools.filter(pk=tenant_id).first()
    if own is None or own.pk != tenant_id or own.kind not in MODELS:
        raise Http404
    return Found(own, viewer.roles)


def policy(viewer: Viewer, policy_id: UUID) -> Found:
    """A row of settings by its id. Raises Http404 as `settings` does."""
    for model in (SchoolPolicy, BodyPolicy):
        if found := model.objects.select_related("organisation").filter(pk=policy_id).first():
            settings(viewer, found.organisation_id)
            return Found(found, viewer.roles)
    raise Http404
