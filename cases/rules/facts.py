"""The facts of a case, as plain values: who, where and when, and nothing computed.

``facts_json.read_facts`` builds them from the input shape of ``calculate timeline``, ``facts_check.check_facts`` names
what cannot be. Amounts are exact fractions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .absence_kinds import AbsenceKind
from .amounts import ONE
from .calendar import Calendar

Weights = tuple[Fraction, Fraction, Fraction, Fraction, Fraction]
FULL_INDUCTION = Fraction(6)


@dataclass(frozen=True, slots=True)
class PatternStep:
    """From a day on: the full-time equivalent, and what each weekday from Monday to Friday weighs.

    Without weekday weights every school day weighs ``fte`` (R18, R33).
    """

    starts: date
    fte: Fraction
    days: Weights | None = None

    @property
    def weights(self) -> Weights:
        """The contracted weight of each weekday."""
        return self.days or (self.fte,) * 5


@dataclass(frozen=True, slots=True)
class Placement:
    """Service at one school; ``end`` None is open. The school is a key of ``CaseFacts.calendars``."""

    school: str
    start: date
    end: date | None
    steps: tuple[PatternStep, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """Days absent, both ends included; ``end`` None is still absent, counted to the end of ``CaseFacts.as_of``.

    ``elected`` is None until an ECT has chosen whether to extend by statutory leave (R29).
    """

    start: date
    end: date | None
    kind: AbsenceKind
    fraction: Fraction = ONE
    elected: bool | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Confirmed service before the first placement, and the absence it brings to the part being served (R85)."""

    terms: Fraction
    calendar_terms: Fraction
    absence_days: Fraction


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything the statutory clock needs to know.

    ``drops_earlier_review`` are the spells, ends included and None for open, in which the body responsible has no
    review held less than a term before an assessment (R49); ``reads_pro_rata`` those in which it reads absence "30 days
    pro rata" (R32), and ``part_days_as_full`` those in which it counts part of a day as one, as the absences given here
    are counted already (R27). ``paused`` are those after a body let the ECT go and before one took them on, in which
    nothing is served (R84). ``least_extension`` is worked out from that by ``prorata``: a part's number, and days.
    """

    as_of: date
    calendars: Mapping[str, Calendar]
    placements: tuple[Placement, ...]
    absences: tuple[Absence, ...] = ()
    required_terms: Fraction = FULL_INDUCTION
    decision_extensions: tuple[Fraction, ...] = ()
    before: Before | None = None
    drops_earlier_review: tuple[tuple[date, date | None], ...] = ()
    reads_pro_rata: tuple[tuple[date, date | None], ...] = ()
    part_days_as_full: tuple[tuple[date, date | None], ...] = ()
    least_extension: tuple[tuple[int, Fraction], ...] = ()
    paused: tuple[tuple[date, date | None], ...] = ()
