"""What may be recorded as an absence, and what the ECT may choose afterwards (R27-R29, R38).

Each check raises RuleBroken with the field it is about and a message that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .absence_kinds import AbsenceKind, Effect
from .amounts import ONE, ZERO
from .dates import add_years, say
from .errors import RuleBroken
from .statuses import ElectionStatus

PLANNED = "You can plan statutory leave only"


@dataclass(frozen=True, slots=True)
class Noted:
    """An absence as somebody would record it; ``ends_on`` None while the ECT is away."""

    kind: AbsenceKind
    starts_on: date
    ends_on: date | None
    fraction: Fraction = ONE


def check_absence(new: Noted, *, on: date, served: tuple[date, date | None], others: Iterable[Noted] = ()) -> None:
    """Whether an absence may be recorded on the day ``on``.

    ``served`` are the first and the last day of the placement, None while it goes on; ``others`` are the absences that
    stand already, without the one that is changed. Raises RuleBroken for the first thing that cannot be.
    """
    _check_days(new, on=on)
    _check_service(new, served)
    _check_future(new, on=on)
    _check_part_day(new)
    for other in others:
        if other.kind is new.kind and _meet(new, other):
            raise RuleBroken(
                f"{new.kind.label} from {_stretch(other)} is recorded already: change that absence, or enter other "
                "days",
                "starts_on",
            )


def _check_days(new: Noted, *, on: date) -> None:
    if new.ends_on and new.ends_on < new.starts_on:
        raise RuleBroken("The last day must be on or after the first", "ends_on")
    if new.ends_on and new.ends_on >= add_years(new.starts_on, 1):
        raise RuleBroken("This is longer than a year: check the year, or record each year on its own", "ends_on")
    if new.ends_on is None and on >= add_years(new.starts_on, 1):
        raise RuleBroken("This began more than a year ago: check the year, or enter the last day", "starts_on")


def _check_service(new: Noted, served: tuple[date, date | None]) -> None:
    first, last = served
    if new.starts_on < first:
        raise RuleBroken(f"Induction at this school began on {say(first)}: enter that day or a later one", "starts_on")
    if last and new.starts_on > last:
        raise RuleBroken(
            f"Induction at this school ended on {say(last)}: enter that day or an earlier one", "starts_on"
        )
    if last and new.ends_on and new.ends_on > last:
        raise RuleBroken(f"Induction at this school ended on {say(last)}: enter that day or an earlier one", "ends_on")


def _check_future(new: Noted, *, on: date) -> None:
    """Only leave that the law gives may be recorded ahead, and no further than a year."""
    if new.kind.effect is Effect.STATUTORY:
        if new.starts_on > add_years(on, 1):
            raise RuleBroken("This is more than a year from now: check the year", "starts_on")
        return
    if new.starts_on > on:
        raise RuleBroken(f"The first day must be today or in the past. {PLANNED}", "starts_on")
    if new.ends_on and new.ends_on > on:
        raise RuleBroken(
            f"The last day must be today or in the past. Leave it empty if the ECT is still away. {PLANNED}", "ends_on"
        )


def _check_part_day(new: Noted) -> None:
    if not ZERO < new.fraction <= ONE:
        raise RuleBroken("Enter how much of the day as a number above 0 and up to 1, like 0.5", "fraction")
    if new.fraction < ONE and new.ends_on != new.starts_on:
        raise RuleBroken("Part of a day is recorded for one day: enter the same first and last day", "fraction")


def _meet(one: Noted, other: Noted) -> bool:
    ends, stops = one.ends_on or date.max, other.ends_on or date.max
    return one.starts_on <= stops and other.starts_on <= ends


def _stretch(noted: Noted) -> str:
    if noted.ends_on is None:
        return f"{say(noted.starts_on)} on, still away,"
    return (
        say(noted.starts_on) if noted.ends_on == noted.starts_on else f"{say(noted.starts_on)} to {say(noted.ends_on)}"
    )


def election_status(kind: AbsenceKind, ends_on: date | None, elected: bool | None, on: date) -> ElectionStatus:
    """R29: where the ECT's choice about one spell of leave stands on a day; there is none before the return."""
    if kind.effect is not Effect.STATUTORY:
        return ElectionStatus.NOT_APPLICABLE
    if ends_on is None or ends_on >= on:
        return ElectionStatus.AWAITING_RETURN
    if elected is None:
        return ElectionStatus.AWAITING_ELECTION
    return ElectionStatus.EXTEND if elected else ElectionStatus.NOT_EXTEND
