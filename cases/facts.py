"""From a case's rows to the plain values that the rules understand. Nothing else bridges the two."""

from datetime import date
from fractions import Fraction

from .models import Induction, Placement, PriorService, WorkingPattern
from .models.placements import DAYS
from .rules.calendar import Calendar, england_default_calendar, school_year_of
from .rules.facts import Before, CaseFacts, PatternStep
from .rules.facts import Placement as PlacementFacts

YEARS_AHEAD = 3


def facts_of(induction: Induction, *, as_of: date) -> CaseFacts:
    """Everything the statutory clock needs to know of a case; schools keep England's usual terms."""
    placements = induction.placements.order_by("-is_lead", "starts_on").prefetch_related("patterns")
    served = [_placement(placement) for placement in placements]
    calendar = _calendar(min((p.start for p in served), default=as_of), as_of)
    return CaseFacts(
        as_of=as_of,
        calendars={placement.school: calendar for placement in served},
        placements=tuple(served),
        required_terms=Fraction(induction.required_terms),
        before=_before(induction),
    )


def _before(induction: Induction) -> Before | None:
    """What the body confirmed of the time before the first placement (R85)."""
    prior = PriorService.objects.filter(induction=induction).first()
    if prior is None:
        return None
    return Before(Fraction(prior.terms), Fraction(prior.calendar_terms), Fraction(prior.absence_days))


def _placement(placement: Placement) -> PlacementFacts:
    steps = tuple(_step(pattern) for pattern in placement.patterns.all())
    return PlacementFacts(str(placement.school_id), placement.starts_on, placement.ends_on, steps)


def _step(pattern: WorkingPattern) -> PatternStep:
    days = None if pattern.days is None else tuple(Fraction(getattr(pattern, day)) for day in DAYS)
    return PatternStep(pattern.starts_on, Fraction(pattern.fte), days)


def _calendar(first: date, today: date) -> Calendar:
    """England's usual terms from the first day served until some years ahead; the rules repeat the last year."""
    year = int(school_year_of(first)[:4])
    last = int(school_year_of(max(first, today))[:4]) + YEARS_AHEAD
    return england_default_calendar(year, min(last - year + 1, 30))


def terms_of(day: date) -> Calendar:
    """England's usual terms around a day, for a school of which no case is known yet."""
    return _calendar(day, day)
