"""Changes after registration (SG 2.74): which may be made, and what they do to the dates (R3, R15, R18, R19, R84)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .amounts import spoken
from .dates import add_years, say
from .errors import RuleBroken
from .explained import Reason
from .facts import CaseFacts, PatternStep, Placement
from .timeline import Timeline, timeline

ROUNDING = Decimal("0.02")
WEEK = 5


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does: the last day of induction before and after, None where the placements known end first.

    ``served`` and ``remaining`` are FTE terms at the end of the day asked for, after the change.
    """

    before: date | None
    after: date | None
    served: Fraction
    remaining: Fraction
    because: tuple[Reason, ...]

    @property
    def shown(self) -> list[object]:
        """What a page shows of it, to be confirmed as it was shown."""
        return [self.before, self.after, str(self.served)]


def check_weekdays_agree(*, fte: Decimal, days: Mapping[str, Decimal]) -> None:
    """R18: weekdays that are given make up the full-time equivalent, to two hundredths. Raises RuleBroken otherwise."""
    together = sum(days.values(), Decimal(0)) / WEEK
    if days and abs(together - fte) > ROUNDING:
        raise RuleBroken(
            f"The weekdays add up to {spoken(Fraction(together))} of full time, not {spoken(Fraction(fte))}: "
            "change one or the other",
            "fte",
        )


def check_not_a_slip(day: date, *, on: date, field: str) -> None:
    """A change may be planned, but one over a year away is taken for a slip of the pen. Raises RuleBroken for it."""
    if day > add_years(on, 1):
        raise RuleBroken("This is more than a year from now: check the year", field)


def check_step_day(day: date, *, placed: tuple[date, date | None], was: date | None, others: frozenset[date]) -> None:
    """R18: a step of the working pattern starts on a day of the placement that has no other; the first stays first.

    ``was`` is the day of a step that is corrected, None for a new one. Raises RuleBroken otherwise.
    """
    start, end = placed
    if was == start and day != start:
        raise RuleBroken(f"The first working pattern starts with the placement: keep {say(start)}", "starts_on")
    if day < start or (end and day > end):
        raise RuleBroken("The working pattern must start on a day of the placement", "starts_on")
    if day in others:
        raise RuleBroken("There is a working pattern from this day already", "starts_on")


def check_contract_end(day: date | None, *, starts_on: date, ends_on: date | None) -> None:
    """R3: the programme is served within the contract, so that cannot end before it. Raises RuleBroken otherwise."""
    if day and day < starts_on:
        raise RuleBroken(
            f"The contract cannot end before induction started here, on {say(starts_on)}", "contract_ends_on"
        )
    if day and ends_on and day < ends_on:
        raise RuleBroken(f"The contract cannot end before the placement does, on {say(ends_on)}", "contract_ends_on")


def check_identity(*, name: str, date_of_birth: date, qts_on: date, first_served: date | None) -> None:
    """R1, R12: born before qualified teacher status, aged 18 at least; qualified before service. Raises RuleBroken."""
    if not name.strip():
        raise RuleBroken("Enter the teacher’s name", "name")
    if add_years(date_of_birth, 18) > qts_on:
        raise RuleBroken("The teacher would have been under 18 when qualified: check both dates", "date_of_birth")
    if first_served and qts_on > first_served:
        raise RuleBroken(
            f"No service counts before qualified teacher status, and induction started on {say(first_served)}", "qts_on"
        )


def with_step(facts: CaseFacts, place: int, step: PatternStep, *, instead_of: date | None = None) -> CaseFacts:
    """The facts with one more step in a placement, or with one step corrected."""
    kept = [known for known in facts.placements[place].steps if known.starts != instead_of]
    steps = tuple(sorted([*kept, step], key=lambda each: each.starts))
    return _changed(facts, place, replace(facts.placements[place], steps=steps))


def with_end(facts: CaseFacts, place: int, last_day: date) -> CaseFacts:
    """The facts with a placement that ends on a day (R84)."""
    return _changed(facts, place, replace(facts.placements[place], end=last_day))


def _changed(facts: CaseFacts, place: int, placement: Placement) -> CaseFacts:
    placements = tuple(placement if each == place else known for each, known in enumerate(facts.placements))
    return replace(facts, placements=placements)


def effect_of_step(facts: CaseFacts, place: int, step: PatternStep, *, instead_of: date | None = None) -> Effect:
    """R18: what a new or corrected step of the working pattern does to the end of induction."""
    old = _in_force(facts.placements[place], step.starts)
    then = timeline(with_step(facts, place, step, instead_of=instead_of))
    worth = f"a whole term is worth {spoken(step.fte)} of a term"
    if old.fte == step.fte:
        says = f"From {say(step.starts)} {worth}, as before."
    else:
        says = f"From {say(step.starts)} {worth} instead of {spoken(old.fte)}."
    return _effect(facts, then, Reason("R18", "SG 2.36-2.37", says))


def effect_of_leaving(facts: CaseFacts, place: int, last_day: date) -> Effect:
    """R84, R19: what has been served by the last day, and whether the employment was long enough to count."""
    ended = with_end(facts, place, last_day)
    then = timeline(replace(ended, as_of=last_day))
    if place in then.ignored_placements:
        says = "The employment here lasted less than one calendar term, so it does not count towards induction."
        reason = Reason("R19", "Reg 7(2)-(3); SG 2.33", says)
    else:
        says = f"Induction pauses after {say(last_day)}, and goes on at the next school. There is no time limit."
        reason = Reason("R84", "SG 2.74", says)
    return _effect(facts, then, reason)


def _effect(facts: CaseFacts, then: Timeline, reason: Reason) -> Effect:
    before = timeline(facts).ends_on
    return Effect(before, then.ends_on, then.served_terms, then.remaining_terms, (reason, _of_the_end(then)))


def _of_the_end(then: Timeline) -> Reason:
    served, required = spoken(then.served_terms, 2), spoken(then.facts.required_terms, 2)
    by = f"By the end of {say(then.facts.as_of)} {served} of {required} terms have been served"
    if then.ends_on is None:
        return Reason("R24", "Reg 11(1); SG 2.65", f"{by}; the rest is not reached in the placements known.")
    return Reason("R24", "Reg 11(1); SG 2.65", f"{by}; the last is reached on {say(then.ends_on)}.")


def _in_force(placement: Placement, day: date) -> PatternStep:
    """The step that holds on a day of a placement."""
    steps = sorted(placement.steps, key=lambda step: step.starts)
    return next((step for step in reversed(steps) if step.starts <= day), steps[0])
