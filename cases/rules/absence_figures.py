"""Which figures absence has reached in each part, and when (R32, R38, D19, D20)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from .absence import THRESHOLD
from .absence_watch import days_reaching
from .facts import CaseFacts
from .prorata import pro_rata_figure
from .stages import Stage

EVERY_FIFTH = tuple(Fraction(days) for days in (5, 10, 15, 20, 25))
NUMBERED = 100


class Reached(NamedTuple):
    """A figure reached in a part: on which school day, and the day on which the next one was, if it was."""

    part: int
    figure: Fraction
    on: date
    next_on: date | None

    @property
    def days(self) -> int:
        """The figure rounded up."""
        return ceil(self.figure)

    @property
    def number(self) -> int:
        """What tells it from the case's other figures: 118 is 18 days in part 1."""
        return self.part * NUMBERED + self.days

    @property
    def is_threshold(self) -> bool:
        """Whether this is the 30 days at which the body is told (SG 5.4)."""
        return self.figure == THRESHOLD


def figures_reached(facts: CaseFacts, stage: Stage, warns_from: Callable[[date], int]) -> Iterator[Reached]:
    """The figures that the counting absence of a part has reached: 30, those of ``warns_from`` the day on, and for a
    part-timer the pro-rata figure (R32).
    """
    if stage.plan.decided or not stage.absent.counting:
        return
    prorata = pro_rata_figure(facts, stage)
    if prorata and ceil(prorata) == THRESHOLD:
        prorata = None
    # 19½ days and 20 are one figure to whoever counts whole days: the part-timer's comes first, and is the one told.
    fixed = [figure for figure in EVERY_FIFTH if not prorata or figure != ceil(prorata)]
    wanted = {*fixed, THRESHOLD, *([prorata] if prorata else [])}
    found = sorted(days_reaching(facts, stage, tuple(wanted)).items())
    kept = [(f, on) for f, on in found if f in (THRESHOLD, prorata) or f >= warns_from(on)]
    for place, (figure, on) in enumerate(kept):
        following = kept[place + 1][1] if place + 1 < len(kept) else None
        yield Reached(stage.plan.number, figure, on, following)
