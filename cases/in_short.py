"""Where an induction stands, in the few words that a document bears."""

from datetime import date
from typing import Any

from .explaining import stage_name, stands
from .facts import facts_of
from .models import Placement
from .rules.timeline import Timeline, timeline
from .rules.timeline_reasons import stage_reasons
from .rules.told import Told, as_known_on


def in_short(placement: Placement, *, on: date) -> dict[str, Any]:
    """When induction ends, which part is served and why, as the school of a placement may know it on a day.

    JSON values. Nothing of absence is in it, whoever reads the document (R79), and nothing of what was before the
    school's own time or came after it (R85, R86).
    """
    facts = facts_of(placement.induction, as_of=on)
    if placement.ends_on and placement.ends_on < on:
        facts = as_known_on(facts, placement.ends_on)
    own = str(placement.school_id)
    since = min(each.start for each in facts.placements if each.school == own)
    others = frozenset(each.school for each in facts.placements if each.start < since)
    found, told = timeline(facts), Told(since=since if others else date.min, hidden=others, absences=False)
    return {
        "as_of": facts.as_of.isoformat(),
        "ends_on": found.ends_on.isoformat() if found.ends_on else None,
        "part": _part(found),
        "says": stands(found),
        "why": next(iter(stage_reasons(found.stages[-1], told))).says if found.stages else "",
    }


def _part(found: Timeline) -> str:
    """The part that is served on the day, or the last that was."""
    begun = [stage for stage in found.stages if stage.starts_on <= found.facts.as_of] or found.stages[:1]
    return stage_name(begun[-1]) if begun else ""
