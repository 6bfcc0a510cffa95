"""What the clock says in a report: terms served and days absent, up to the day it was held. Nobody types them (R58)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cases.absences import absent_between
from cases.explaining import stage_name
from cases.facts import facts_of
from cases.models import Placement
from cases.rules.amounts import rounded, spoken
from cases.rules.assessing import AssessmentKind
from cases.rules.stages import Stage
from cases.rules.timeline import Timeline, timeline


@dataclass(frozen=True, slots=True)
class Served:
    """Amounts as decimal strings: FTE terms served and required, days absent in the period and in the part."""

    fte: str
    part: str
    served: str
    required: str
    absent_in_period: str
    absent_in_part: str

    def as_content(self) -> dict[str, Any]:
        """The fields of a sealed report."""
        return {name: getattr(self, name) for name in self.__slots__}


def served_until(
    placement: Placement, held_on: date, *, kind: AssessmentKind, number: int, period_starts_on: date
) -> Served:
    """What was served and missed by the end of the day on which an assessment was held (SG 2.63, 2.74)."""
    found = timeline(facts_of(placement.induction, as_of=held_on))
    pattern = placement.patterns.filter(starts_on__lte=held_on).last()
    stage = _stage(found, kind, number, held_on)
    return Served(
        fte=f"{pattern.fte.normalize():f}" if pattern else "",
        part=stage_name(stage) if stage else "",
        served=rounded(found.served_terms, 2),
        required=spoken(found.facts.required_terms),
        absent_in_period=spoken(absent_between(found.facts, period_starts_on, held_on), 2),
        absent_in_part=spoken(_absent_in(found, stage, held_on), 2) if stage else "0",
    )


def _stage(found: Timeline, kind: AssessmentKind, number: int, held_on: date) -> Stage | None:
    """The part or extension that an assessment is of, or the one being served when an interim one is held."""
    if kind is AssessmentKind.INTERIM:
        begun = [stage for stage in found.stages if stage.starts_on <= held_on]
        return begun[-1] if begun else None
    if kind is AssessmentKind.EXTENSION:
        return next((stage for stage in found.extensions if stage.plan.number == number), None)
    parts = found.parts[:1] if kind is AssessmentKind.FIRST else found.parts[-1:]
    return parts[0] if parts else None


def _absent_in(found: Timeline, stage: Stage, held_on: date) -> Fraction:
    """All days absent in a part until then, those confirmed before the first placement included (R85)."""
    brought = found.facts.before.absence_days if found.facts.before and stage is found.stages[0] else Fraction(0)
    return brought + absent_between(found.facts, stage.starts_on, min(held_on, stage.ends_on or held_on))
