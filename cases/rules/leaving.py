"""An ECT who leaves: whether an interim assessment has to be made of them (R54; SG 2.62-2.63)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from .facts import CaseFacts, Placement
from .outcomes import needs_interim_assessment
from .schedule import PROGRESS_REVIEW, elapsed_terms
from .timeline import Timeline


def interim_due(told: Timeline, placement: Placement, leaves_on: date) -> bool:
    """Whether an ECT who leaves on a day, after a term or more at the school, does so with service that no assessment
    will have looked back on.

    ``placement`` is one of ``told.facts``. An assessment that falls due on the last day, or in a holiday that runs to
    it, has.
    """
    assessed = [event.due_on for event in told.events if event.kind != PROGRESS_REVIEW]
    coming = min((day for day in assessed if day >= leaves_on), default=None)
    if coming is None and told.ends_on is None:
        coming = date.max
    served = _terms_at(told.facts, placement, leaves_on)
    if not needs_interim_assessment(served, leaves_on, coming):
        return False
    before = [day for day in assessed if placement.start <= day < leaves_on]
    return not before or _terms_at(told.facts, placement, max(before)) < served


def _terms_at(facts: CaseFacts, placement: Placement, until: date) -> Fraction:
    """Calendar terms run at one school by the end of a day."""
    alone = replace(facts, as_of=until, placements=(replace(placement, end=until),), before=None)
    return elapsed_terms(replace(alone, absences=(), decision_extensions=()))
