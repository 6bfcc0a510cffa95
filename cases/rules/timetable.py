"""The reduced timetable and the time others need (R40-R47). Amounts are minutes or periods of a timetable cycle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from .amounts import plain, spoken
from .explained import Explained, Reason

CAP_PERCENT = {1: 90, 2: 95}
PPA_SHARE = Fraction(1, 10)
MENTOR_MEETING_WITHIN = 10
YEAR_2_MENTOR_HOURS = 20


class AveragingCycle(StrEnum):
    """R43: over what a school averages the reduction; the law names no period."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    HALF_TERM = "half_term"


@dataclass(frozen=True, slots=True)
class Teaching:
    """What an ECT teaches, in ``unit`` (minutes or periods) per timetable cycle.

    ``reference`` is what a main-range teacher of the school without other release teaches, after PPA (R41); ``fte``
    that of the ECT's teaching (R18, R44). ``taught`` None is not known.
    """

    part: int
    fte: Fraction
    reference: Fraction
    unit: str
    taught: Fraction | None = None

    @property
    def most(self) -> Fraction:
        """R42: R × p × FTE, exact, where p is 90% in part 1 and 95% in part 2, extensions included (R36, R40, R44)."""
        return self.reference * self.fte * CAP_PERCENT[self.part] / 100


@dataclass(frozen=True, slots=True)
class Cap:
    """``cap`` is the most whole units, rounded down; ``complies`` and ``headroom`` are exact, or None."""

    cap: int
    complies: bool | None
    headroom: Fraction | None


def timetable(teaching: Teaching) -> Explained[Cap]:
    """Whether the timetable is reduced enough (Reg 10(4); SG 2.20-2.21; R40-R44). Exactly the cap complies."""
    most, taught = teaching.most, teaching.taught
    cap = Cap(floor(most), None, None) if taught is None else Cap(floor(most), taught <= most, most - taught)
    return Explained(cap, lambda: _why(teaching, cap))


def _why(teaching: Teaching, cap: Cap) -> Iterator[Reason]:
    percent, most, unit = CAP_PERCENT[teaching.part], spoken(teaching.most), teaching.unit
    yield Reason(
        "R40", "Reg 10(4); SG 2.20",
        f"In part {teaching.part} of induction an ECT teaches at most {percent}% of what the school’s main-range "
        "teachers teach.",
    )  # fmt: skip
    yield Reason(
        "R42", "SG 2.20-2.21",
        f"{spoken(teaching.reference)} {unit} × {percent}% × {spoken(teaching.fte)} FTE = {most} {unit}, so at most "
        f"{cap.cap} whole {unit}.",
    )  # fmt: skip
    if teaching.taught is not None and cap.headroom is not None:
        verdict = (
            f"which complies, with {spoken(cap.headroom)} to spare"
            if cap.complies
            else f"which is {spoken(-cap.headroom)} too many"
        )
        yield Reason("R42", "SG 2.20-2.21", f"The ECT teaches {plain(teaching.taught)} {unit}, {verdict}.")


def ppa_is_short(timetabled: Fraction, ppa: Fraction) -> bool:
    """R45: whether planning, preparation and assessment time is under 10% of timetabled teaching time."""
    return ppa < timetabled * PPA_SHARE


def mentor_meeting_is_late(school_days_since: int) -> bool:
    """R46: warn when the mentor has not met the ECT within 10 school days; the guidance says only "adequate time"."""
    return school_days_since > MENTOR_MEETING_WITHIN


def tutor_time_is_stated(minutes: int | None) -> bool:
    """R47: a tutor must have sufficient time; no source gives a number, so only whether a school has said how much."""
    return minutes is not None and minutes > 0
