"""What may be taken over from elsewhere when an ECT comes part-way through induction (R19, R85)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .errors import RuleBroken

LEAST_CALENDAR_TERMS = 1
EARLIEST = 1999  # induction began in England that year, and bank holidays are known from then


def check_balance(
    *, terms: Decimal, calendar_terms: Decimal, absence_days: Decimal, required_terms: Decimal, source: str
) -> None:
    """Whether a balance of earlier service may stand in for its placements.

    `terms` are full-time equivalent, `calendar_terms` those that ran meanwhile, `absence_days` the days absent of the
    part that was then being served (R85). Nobody serves more than full time, so calendar terms are never fewer (R20); a
    period shorter than one of them does not count (R19). Raises RuleBroken for the first of these that is broken.
    """
    if terms <= 0:
        raise RuleBroken("Enter the terms served before as a number above 0, like 1.4", "terms")
    if terms >= required_terms:
        raise RuleBroken(
            f"Induction takes {format(required_terms.normalize(), 'f')} terms: the terms served before must be fewer",
            "terms",
        )
    if calendar_terms < LEAST_CALENDAR_TERMS:
        raise RuleBroken("A period shorter than one whole term does not count towards induction", "calendar_terms")
    if calendar_terms < terms:
        raise RuleBroken(
            "The calendar terms cannot be fewer than the full-time equivalent terms served in them", "calendar_terms"
        )
    if absence_days < 0:
        raise RuleBroken("Days absent cannot be fewer than 0", "absence_days")
    if not source.strip():
        raise RuleBroken("Say where these figures come from", "source")


def check_earlier_placement(*, on: date, starts_on: date, ends_on: date, qts_on: date, before: date | None) -> None:
    """Whether service at an earlier school may be entered on the day `on`.

    It is over, began with qualified teacher status (R1), and ended before the day `before`, on which the first of the
    placements that go on began. Raises RuleBroken for the first of these that is broken.
    """
    if starts_on.year < EARLIEST:
        raise RuleBroken(f"Enter a first day from {EARLIEST} on", "starts_on")
    if ends_on < starts_on:
        raise RuleBroken("The last day must be on or after the first", "ends_on")
    if starts_on < qts_on:
        raise RuleBroken("Induction cannot have started before qualified teacher status was awarded", "starts_on")
    if ends_on >= on:
        raise RuleBroken("This is for service that is over: the last day must be in the past", "ends_on")
    if before and ends_on >= before:
        raise RuleBroken(
            "Earlier service must end before the placement that goes on now. A school where the ECT serves at the same "
            "time has to register them itself",
            "ends_on",
        )
