"""Absence and the extension it brings (R26-R39)."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import ceil

from .amounts import ONE, ZERO
from .errors import RuleBroken
from .statuses import ElectionStatus
from .transitions import check_move

THRESHOLD = Fraction(30)
WARNINGS = (Fraction(15), Fraction(20), Fraction(25))
LEAST_NEW_SERVICE = ONE


class PhasedReturn(StrEnum):
    """R28: what a body counts when an ECT returns in phases."""

    HOURS_MISSED = "hours_missed"
    FULL_DAY = "full_day"


def extension_days(counting: Fraction) -> Fraction:
    """R26: all the counting absence of a part once it reaches 30 days, below that none (Reg 8(1); SG 3.6)."""
    return counting if counting >= THRESHOLD else ZERO


def counted_fraction(fraction: Fraction, *, part_day_as_full: bool = False) -> Fraction:
    """R27: the fraction of a full day a part-day absence counts for; a body may count it as a whole day."""
    return Fraction(ceil(fraction)) if part_day_as_full else fraction


def phased_fraction(missed: Fraction, policy: PhasedReturn) -> Fraction:
    """R28: the fraction of a day absent while hours are still missed on a phased return."""
    return counted_fraction(missed, part_day_as_full=policy is PhasedReturn.FULL_DAY)


def check_election(now: ElectionStatus, to: ElectionStatus, by_role: str, *, confirmed: bool) -> None:
    """R29: only the ECT chooses, after return, and the choice stands once the body has confirmed it (SG 3.7)."""
    if confirmed:
        raise RuleBroken("The appropriate body has confirmed this choice, so it stands.", "status")
    check_move(now, to, by_role)


def election_needs_a_look(counting: Fraction, elected: Fraction) -> bool:
    """R30: tell the body when short absence below 30 days stands beside an election; the regulation can be read so
    that such an election brings it in, and the portal does not."""
    return bool(elected) and ZERO < counting < THRESHOLD


def least_service_at_new_school(extension_left: Fraction) -> Fraction:
    """R37: an extension served at a new school takes at least one term there; both in FTE terms (SG 3.6, 3.9)."""
    return max(extension_left, LEAST_NEW_SERVICE)


def must_tell_body(counting: Fraction) -> bool:
    """R38: the headteacher tells the body as soon as absence in a part reaches 30 days (SG 5.4)."""
    return counting >= THRESHOLD


def warnings_reached(counting: Fraction, prorata: Fraction | None = None) -> list[Fraction]:
    """R38, D20: the early-warning figures reached, 15, 20 and 25 days and the pro-rata figure of R32 if given."""
    figures = {*WARNINGS, *([prorata] if prorata is not None else [])}
    return sorted(figure for figure in figures if counting >= figure)


def check_may_extend(*, completed: bool, welsh: bool = False) -> None:
    """R39: before completion nothing but absence extends, or an extension carried from Wales (Reg 8(3)-(4))."""
    if not completed and not welsh:
        raise RuleBroken("Before completion induction is extended by absence only; the decision at the end can extend.")
