"""An ECT who moves while an extension is being served (R37; SG 3.6, 3.9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from .amounts import ZERO
from .dates import ONE_DAY
from .facts import Placement
from .timeline import Timeline, timeline
from .working_days import number_after


def extension_left(told: Timeline) -> Fraction:
    """R37: FTE terms of the extension being served at the end of ``facts.as_of`` that are left; none outside one.

    Counted as if the ECT stayed where they serve on that day. An extension by absence is days, so its terms are those
    of the school days from the day after to its end, at the full-time equivalent then worked.
    """
    facts = told.facts
    here = [p for p in facts.placements if p.start <= facts.as_of]
    if not here:
        return ZERO
    last = max(here, key=lambda p: p.start)
    placements = (*(p for p in here if p is not last), replace(last, end=None))
    staying = timeline(replace(facts, placements=placements, paused=()))
    stop = number_after(facts.as_of)
    stage = next((stage for stage in reversed(staying.stages) if stage.first < stop), None)
    if stage is None or stage.ends_on is None or stage.ends_on <= facts.as_of:
        return ZERO
    extended = stage.plan.decided or (stage.unextended is not None and stage.unextended < stop)
    if not extended:
        return ZERO
    terms = facts.calendars[last.school].terms_between(facts.as_of + ONE_DAY, stage.ends_on)
    return terms * _fte(last, facts.as_of)


def _fte(placement: Placement, on: date) -> Fraction:
    steps = sorted(placement.steps, key=lambda step: step.starts)
    return next((step.fte for step in reversed(steps) if step.starts <= on), steps[0].fte)


def least_end(told: Timeline, terms: Fraction) -> date | None:
    """R37: the day by which so many FTE terms are served at the school served last; None where that is not foreseen."""
    facts = told.facts
    last = max(facts.placements, key=lambda p: p.start)
    alone = replace(facts, placements=(last,), required_terms=terms, before=None, absences=(), decision_extensions=())
    return timeline(alone).ends_on
