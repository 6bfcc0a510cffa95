"""From a case's rows to the plain values that the rules understand. Nothing else bridges the two."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.db.models import prefetch_related_objects

from .calendars import Calendars
from .models import Induction, Placement, WorkingPattern
from .models.placements import DAYS
from .policies import Dropping
from .rules.facts import Before, CaseFacts, PatternStep
from .rules.facts import Placement as PlacementFacts


def facts_of(induction: Induction, *, as_of: date) -> CaseFacts:
    """Everything the statutory clock needs to know of a case."""
    (facts,) = facts_of_many([induction], as_of=as_of)
    return facts


def facts_of_many(inductions: Sequence[Induction], *, as_of: date) -> list[CaseFacts]:
    """The facts of many cases, in their order, in as few queries as those of one."""
    fresh = list(Induction.objects.filter(pk__in=[each.pk for each in inductions]))
    prefetch_related_objects(fresh, "placements__patterns", "body_periods", "prior_service")
    known = {each.pk: each for each in fresh}
    schools = {placement.school_id for each in fresh for placement in each.placements.all()}
    calendars, dropping = Calendars(schools), Dropping(fresh)
    return [_facts(known[each.pk], calendars, dropping, as_of) for each in inductions]


def _facts(induction: Induction, calendars: Calendars, dropping: Dropping, as_of: date) -> CaseFacts:
    """A case's facts; the placements of the lead school come first (R20)."""
    placements = sorted(induction.placements.all(), key=lambda p: (not p.is_lead, p.starts_on))
    first = min((p.starts_on for p in placements), default=as_of)
    return CaseFacts(
        as_of=as_of,
        calendars={str(p.school_id): calendars.of(p.school_id, first=first, today=as_of) for p in placements},
        placements=tuple(_placement(placement) for placement in placements),
        required_terms=Fraction(induction.required_terms),
        before=_before(induction),
        drops_earlier_review=dropping.spells(induction),
    )


def _before(induction: Induction) -> Before | None:
    """What the body confirmed of the time before the first placement (R85)."""
    prior = getattr(induction, "prior_service", None)
    if prior is None:
        return None
    return Before(Fraction(prior.terms), Fraction(prior.calendar_terms), Fraction(prior.absence_days))


def _placement(placement: Placement) -> PlacementFacts:
    steps = tuple(_step(pattern) for pattern in placement.patterns.all())
    return PlacementFacts(str(placement.school_id), placement.starts_on, placement.ends_on, steps)


def _step(pattern: WorkingPattern) -> PatternStep:
    days = None if pattern.days is None else tuple(Fraction(getattr(pattern, day)) for day in DAYS)
    return PatternStep(pattern.starts_on, Fraction(pattern.fte), days)
