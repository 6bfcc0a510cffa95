"""Timetables on record: which holds when, whether it complies all the while, and when to look again (R40-R44, R36)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .errors import RuleBroken
from .explained import Explained
from .timetable import AveragingCycle, Cap, Teaching, timetable

CYCLES = tuple(AveragingCycle)  # from the shortest to the longest


@dataclass(frozen=True, slots=True)
class Recorded:
    """A timetable from a day on: what a comparator teaches and what the ECT does, in ``unit`` per cycle (R41, R43)."""

    starts_on: date
    unit: str
    reference: Fraction
    taught: Fraction

    def standing(self, *, part: int, fte: Fraction) -> Explained[Cap]:
        """How it stands to the cap of a part, for somebody who works ``fte`` (R40, R42, R44)."""
        return timetable(Teaching(part, fte, self.reference, self.unit, self.taught))


@dataclass(frozen=True, slots=True)
class Served:
    """What decides the cap at one school: the placement's days, the steps of the pattern, and when part 2 begins."""

    starts_on: date
    ends_on: date | None
    steps: tuple[tuple[date, Fraction], ...]
    part_2_starts_on: date | None

    def part(self, on: date) -> int:
        """The part being served on a day: part 1 lasts through its extension (R36)."""
        return 2 if self.part_2_starts_on and self.part_2_starts_on <= on else 1

    def fte(self, on: date) -> Fraction:
        """The full-time equivalent on a day."""
        begun = [fte for since, fte in sorted(self.steps) if since <= on]
        return begun[-1] if begun else min(self.steps)[1]

    def includes(self, on: date) -> bool:
        """Whether the placement goes on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Breach:
    """A timetable that is too full from a day, until one that complies; ``number`` is its place on record, from 1."""

    number: int
    since: date
    until: date | None
    part: int


def check_amounts(*, reference: Fraction, taught: Fraction) -> None:
    """R41: what is compared is possible. Raises RuleBroken at the amount that is not."""
    if reference <= 0:
        raise RuleBroken("What the comparator teaches must be more than 0", "reference")
    if taught <= 0:
        raise RuleBroken("What the ECT teaches must be more than 0", "taught")
    if taught > reference:
        raise RuleBroken(
            "The ECT cannot teach more than a full-time teacher without other release: check both amounts", "taught"
        )


def check_cycle(cycle: AveragingCycle, longest: AveragingCycle) -> None:
    """R43: no longer than the school and its body have set. Raises RuleBroken otherwise."""
    if CYCLES.index(cycle) > CYCLES.index(longest):
        said = {AveragingCycle.WEEK: "a week", AveragingCycle.FORTNIGHT: "two weeks"}[longest]
        raise RuleBroken(f"The settings let the reduction be averaged over {said} at most: count the time so", "cycle")


def in_force(records: Iterable[Recorded], on: date) -> Recorded | None:
    """The record that holds on a day."""
    return max((each for each in records if each.starts_on <= on), key=lambda each: each.starts_on, default=None)


def breaches(served: Served, records: Sequence[Recorded]) -> Iterator[Breach]:
    """R40: each record that is too full at some time while it holds, from the first such day."""
    records = sorted(records, key=lambda each: each.starts_on)
    days = _days_of_change(served, records)
    for number, record in enumerate(records, 1):
        held = [day for day in days if in_force(records, day) is record]
        full = [day for day in held if not _standing(served, record, day).value.complies]
        if full:
            yield Breach(number, full[0], _ends(served, records, days, full[0]), served.part(full[0]))


def look_again(served: Served, records: Sequence[Recorded]) -> tuple[date, date | None] | None:
    """R36, R40: when part 2 begins with a timetable made for part 1, and the day one was made for part 2, if it was."""
    begins = served.part_2_starts_on
    if begins is None or not served.includes(begins) or in_force(records, begins) is None:
        return None
    if any(each.starts_on == begins for each in records):
        return None
    return begins, min((each.starts_on for each in records if each.starts_on > begins), default=None)


def _standing(served: Served, record: Recorded, on: date) -> Explained[Cap]:
    return record.standing(part=served.part(on), fte=served.fte(on))


def _days_of_change(served: Served, records: Sequence[Recorded]) -> list[date]:
    """The days of the placement on which a record, the cap or the pattern changes."""
    days = {each.starts_on for each in records} | {since for since, _ in served.steps}
    days |= {served.part_2_starts_on} if served.part_2_starts_on else set()
    return sorted(day for day in days if served.includes(day))


def _ends(served: Served, records: Sequence[Recorded], days: Sequence[date], since: date) -> date | None:
    """The first later day on which what then holds complies; else the placement's last."""
    for day in days:
        record = in_force(records, day)
        if day > since and record and _standing(served, record, day).value.complies:
            return day
    return served.ends_on
