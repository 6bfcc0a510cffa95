"""From a case's rows to the plain values that the rules understand. Nothing else bridges the two."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch, prefetch_related_objects

from .calendars import Calendars
from .models import Absence, Induction, Placement, WorkingPattern
from .models.placements import DAYS
from .policies import Dropping, Spell
from .rules.absence import counted_fraction
from .rules.facts import Absence as AbsenceFacts
from .rules.facts import Before, CaseFacts, PatternStep
from .rules.facts import Placement as PlacementFacts
from .rules.pausing import paused_between


def facts_of(induction: Induction, *, as_of: date) -> CaseFacts:
    """Everything the statutory clock needs to know of a case."""
    (facts,) = facts_of_many([induction], as_of=as_of)
    return facts


def facts_of_many(inductions: Sequence[Induction], *, as_of: date) -> list[CaseFacts]:
    """The facts of many cases, in their order, in as few queries as those of one."""
    rows = Induction.objects.filter(pk__in=[each.pk for each in inductions]).select_related("prior_service")
    fresh = {each.pk: each for each in rows}
    return facts_as_fetched([fresh[each.pk] for each in inductions], as_of=as_of)


def facts_as_fetched(inductions: Sequence[Induction], *, as_of: date) -> list[CaseFacts]:
    """The same for cases that a page has just read, with whatever of them it has fetched already."""
    standing = Prefetch("absences", Absence.objects.filter(withdrawn_on=None))
    beside = ("body_periods", "prior_service", "decision_extensions")
    prefetch_related_objects(inductions, "placements__patterns", *beside, standing)
    schools = {placement.school_id for each in inductions for placement in each.placements.all()}
    calendars, dropping = Calendars(schools), Dropping(inductions)
    return [_facts(each, calendars, dropping, as_of) for each in inductions]


def _facts(induction: Induction, calendars: Calendars, dropping: Dropping, as_of: date) -> CaseFacts:
    """A case's facts; the placements of the lead school come first (R20)."""
    as_full = dropping.part_day_as_full(induction)
    placements = sorted(induction.placements.all(), key=lambda p: (not p.is_lead, p.starts_on))
    first = min((p.starts_on for p in placements), default=as_of)
    return CaseFacts(
        as_of=as_of,
        calendars={str(p.school_id): calendars.of(p.school_id, first=first, today=as_of) for p in placements},
        placements=tuple(_placement(placement) for placement in placements),
        required_terms=Fraction(induction.required_terms),
        decision_extensions=tuple(Fraction(each.terms) for each in induction.decision_extensions.all() if each.stands),
        before=_before(induction),
        absences=absence_facts(induction.absences.all(), as_full),
        drops_earlier_review=dropping.spells(induction),
        reads_pro_rata=dropping.pro_rata(induction),
        part_days_as_full=as_full,
        paused=paused_between((period.starts_on, period.ends_on) for period in induction.body_periods.all()),
    )


def absence_facts(rows: Iterable[Absence], as_full: Sequence[Spell] = ()) -> tuple[AbsenceFacts, ...]:
    """Absences that stand, part days as the body then responsible counts them (R27)."""
    return tuple(_absence(row, as_full) for row in sorted(rows, key=lambda row: (row.starts_on, str(row.pk))))


def _absence(row: Absence, as_full: Sequence[Spell]) -> AbsenceFacts:
    full = any(first <= row.starts_on and (last is None or row.starts_on <= last) for first, last in as_full)
    fraction = counted_fraction(Fraction(row.day_fraction), part_day_as_full=full)
    return AbsenceFacts(row.starts_on, row.ends_on, row.what, fraction, row.elected)


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
