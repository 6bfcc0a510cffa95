"""Questions to shorter inductions: what the clock says of a case, who may know, what a grant would do."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from cases import access
from cases.clockpart import EARLY_FINISH
from cases.facts import facts_of
from cases.frame import own_placement
from cases.models import BodyPeriod, Induction
from cases.querysets import in_force
from cases.rules.reducing import Standing
from cases.rules.schedule import elapsed_terms
from cases.rules.timeline import timeline
from cases.service_access import NOBODY, holds_case, is_own_now
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .models import Assessment, Reduction


def visible_reductions(viewer: Viewer) -> QuerySet[Reduction]:
    """Every request for a shorter induction that this viewer may know exists."""
    rows = Reduction.objects.select_related("induction__teacher", "school", "body", "asked_by", "decided_by")
    return access.visible_records(viewer, rows)


def reduction(viewer: Viewer, reduction_id: UUID) -> Found:
    """A request by its id. Raises Http404 for one that the viewer may not know of."""
    rows = Reduction.objects.select_related("school", "body", "asked_by", "placement")
    return access.record(viewer, rows, reduction_id)


def asking(viewer: Viewer, case_id: UUID) -> Found:
    """A case at whose own placement the viewer's school may ask for a shorter induction."""
    found, roles, besides = access.case(viewer, case_id)
    placement = own_placement(found, viewer)
    own = placement is not None and is_own_now(viewer, placement) and holds_case(viewer, found)
    return Found(found, roles if own else NOBODY, besides)


def deciding(viewer: Viewer, reduction_id: UUID) -> Found:
    """A request that the viewer's body decides: it is responsible for the case, and was asked."""
    found, roles, besides = reduction(viewer, reduction_id)
    own = viewer.organisation is not None and viewer.organisation.pk == found.body_id
    return Found(found, roles if own and holds_case(viewer, found.induction) else NOBODY, besides)


def may_see_reduction(user: User, reduction_id: UUID) -> bool:
    """Whether a user may read a request today: asked before a message is delivered."""
    return access.may_read(user, reduction_id, find=reduction, needs=Permission.READ_REDUCTION)


def whose_reductions(viewer: Viewer, reduction_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these requests that the viewer may know of."""
    found = visible_reductions(viewer).filter(pk__in=reduction_ids)
    return found.values_list("pk", "induction__teacher__name")


def standing_of(induction: Induction, on: date) -> Standing:
    """Where a case stands on a day, as `cases.rules.reducing` asks."""
    facts = facts_of(induction, as_of=on)
    told = timeline(facts)
    return Standing(
        required=facts.required_terms,
        served=told.served_terms,
        elapsed=elapsed_terms(facts),
        part_time=any(step.fte < 1 for placement in facts.placements for step in placement.steps),
        assessed=Assessment.objects.filter(induction=induction, kind="final").exists(),
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """When induction ends now, and when it would if it took so many terms."""

    now: date | None
    then: date | None


def effect_of(induction: Induction, terms: Decimal, on: date) -> Effect:
    """What granting a length would do: the rules that reckon after."""
    facts = facts_of(induction, as_of=on)
    then = timeline(replace(facts, required_terms=Fraction(terms)))
    return Effect(timeline(facts).ends_on, then.ends_on)


def early_since(induction: Induction, on: date) -> date | None:
    """Since when a part-time ECT may complete early (D34); None while they may not."""
    found = [d.due_on for d in induction.deadlines.all() if d.kind == EARLY_FINISH and d.due_on <= on]
    return min(found, default=None)


def is_contact(user: User, induction: Induction, body: Organisation, on: date) -> bool:
    """Whether somebody is the ECT's named contact at the body on a day (R81)."""
    held = BodyPeriod.objects.filter(in_force("", on=on), induction=induction, body=body, contact=user)
    return held.exists()
