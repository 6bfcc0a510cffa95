"""What a change would do, before it is made: the same rules on the same facts that `reckon` will use."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from induction_portal import clock

from .facts import facts_of
from .models import Placement, WorkingPattern
from .models.placements import DAYS
from .rules.changes import Effect, effect_of_leaving, effect_of_step
from .rules.facts import CaseFacts, PatternStep


def effect_of_pattern(
    placement: Placement, *, starts_on: date, fte: Decimal, days: dict[str, Decimal], correcting: WorkingPattern | None
) -> Effect:
    """What a new step of the working pattern, or a corrected one, would do to the dates (R18)."""
    facts, place = _facts(placement)
    weights = tuple(Fraction(days[day]) for day in DAYS) if days else None
    step = PatternStep(starts_on, Fraction(fte), weights)
    return effect_of_step(facts, place, step, instead_of=correcting.starts_on if correcting else None)


def effect_of_end(placement: Placement, last_day: date) -> Effect:
    """What ending a placement would do (R84, R19)."""
    return effect_of_leaving(*_facts(placement), last_day)


def _facts(placement: Placement) -> tuple[CaseFacts, int]:
    """The facts of the case, and the placement's place in them: at one school no two begin on one day."""
    facts = facts_of(placement.induction, as_of=clock.today())
    wanted = (str(placement.school_id), placement.starts_on)
    return facts, [(each.school, each.start) for each in facts.placements].index(wanted)
