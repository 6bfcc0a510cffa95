"""What would follow if something were otherwise: another pattern, an absence, a choice about leave (R18, R26, R29).

Each takes the facts of a case and gives them as they would be, or refuses what contradicts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from .absence_kinds import Effect
from .changes import with_step
from .dates import say
from .errors import RuleBroken
from .facts import Absence, CaseFacts, PatternStep, Placement
from .facts_check import check_pattern

LONGEST = timedelta(days=365)


def if_worked(facts: CaseFacts, step: PatternStep, places: Sequence[int]) -> CaseFacts:
    """R18: another working pattern from a day on, in the first of some placements that is served then.

    Raises RuleBroken, naming ``start``, ``fte`` or ``days``, where nothing is served then, or it is worked like that.
    """
    place = next((place for place in places if _holds(facts.placements[place], step)), None)
    if place is None:
        raise RuleBroken("There is no service on this day. Enter a day in the placement, or after it began", "start")
    check_pattern((step,), step.starts, "pattern")
    placement = facts.placements[place]
    now = max((known for known in placement.steps if known.starts <= step.starts), key=lambda known: known.starts)
    if (now.fte, now.weights) == (step.fte, step.weights):
        raise RuleBroken("This is the working pattern on that day already: change how much is worked", "fte")
    return with_step(facts, place, step, instead_of=step.starts)


def _holds(placement: Placement, step: PatternStep) -> bool:
    return placement.start <= step.starts and (placement.end is None or step.starts <= placement.end)


def if_absent(facts: CaseFacts, absence: Absence, placements: Sequence[Placement]) -> CaseFacts:
    """R26-R29: one more absence, in one of some placements.

    Raises RuleBroken, naming ``start``, ``end``, ``day_fraction`` or ``elect_extension``, for one that cannot be.
    """
    _check_days(absence, facts)
    if not 0 < absence.fraction <= 1:
        raise RuleBroken("The part of a day is above 0 and at most 1", "day_fraction")
    if not any(p.start <= absence.start and (p.end is None or absence.start <= p.end) for p in placements):
        raise RuleBroken("There is no service on this day, so nobody can be absent from it", "start")
    if absence.elected and absence.kind.effect is not Effect.STATUTORY:
        raise RuleBroken(
            "Only statutory leave extends induction by choice: this kind counts by itself", "elect_extension"
        )
    for known in facts.absences:
        if _overlap(known, absence):
            raise RuleBroken(f"This overlaps the absence from {say(known.start)}. Enter other days", "start")
    return replace(facts, absences=(*facts.absences, absence))


def _check_days(absence: Absence, facts: CaseFacts) -> None:
    if absence.end is None:
        if absence.start > facts.as_of:
            raise RuleBroken("Enter the last day: an absence that has not begun has no days to count yet", "end")
        return
    if absence.end < absence.start:
        raise RuleBroken("The last day must be on or after the first", "end")
    if absence.end - absence.start > LONGEST:
        raise RuleBroken("An absence of more than a year is two. Enter an earlier last day", "end")


def _overlap(one: Absence, other: Absence) -> bool:
    starts_in_time = other.end is None or one.start <= other.end
    return starts_in_time and (one.end is None or other.start <= one.end)


def if_chosen(facts: CaseFacts, extends: bool) -> CaseFacts:
    """R29: the ECT chooses for all recorded statutory leave that it extends induction, or that it does not.

    Raises RuleBroken, naming ``leave``, where there is none.
    """
    if not any(absence.kind.effect is Effect.STATUTORY for absence in facts.absences):
        raise RuleBroken(
            "No statutory leave is recorded. Add it as an absence to see what the choice would do", "leave"
        )
    chosen = tuple(
        replace(absence, elected=extends) if absence.kind.effect is Effect.STATUTORY else absence
        for absence in facts.absences
    )
    return replace(facts, absences=chosen)
