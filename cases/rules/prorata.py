"""R32: bodies that read absence "30 days pro rata", school year by school year of service. The longer reading holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from .absence import THRESHOLD
from .absence_watch import absence_by, service_years
from .amounts import ONE, ZERO
from .dates import ONE_DAY
from .facts import CaseFacts
from .stages import Stage

Stages = Callable[[CaseFacts], Sequence[Stage]]
MOST_ROUNDS = 8


def read_pro_rata(facts: CaseFacts, stages: Stages) -> CaseFacts:
    """The facts with the least extension that each part has by R32 (never less than by R31).

    A day of absence extends the part that it falls in, if the year of service that it falls in reached 30 × FTE. An
    extended part takes later days in, so this is repeated until nothing changes.
    """
    for _ in range(MOST_ROUNDS):
        least = tuple(sorted(_least(facts, stage) for stage in stages(facts) if not stage.plan.decided))
        least = tuple((number, days) for number, days in least if days)
        if least == facts.least_extension:
            break
        facts = replace(facts, least_extension=least)
    return facts


def _least(facts: CaseFacts, stage: Stage) -> tuple[int, Fraction]:
    ends_on = stage.ends_on or date.max
    total = ZERO
    for year in service_years(facts):
        if year.starts_on > ends_on:
            break
        if year.ends_on < stage.starts_on or not year.extension_days or not _reads(facts, year.starts_on):
            continue
        first, last = max(year.starts_on, stage.starts_on), min(year.ends_on, ends_on)
        total += absence_by(facts, stage, last) - absence_by(facts, stage, first - ONE_DAY)
    return stage.plan.number, total


def _reads(facts: CaseFacts, day: date) -> bool:
    """Whether the body responsible on the first day of the year reads absence so."""
    return any(first <= day and (last is None or day <= last) for first, last in facts.reads_pro_rata)


def pro_rata_figure(facts: CaseFacts, stage: Stage) -> Fraction | None:
    """R31, R32: the early warning of a part-timer in a part: 30 × the average FTE of the year of service under way by
    ``facts.as_of`` or the part's end; None for full time.
    """
    by = min(facts.as_of, stage.ends_on or facts.as_of)
    fte = ONE
    for year in service_years(facts):
        if year.starts_on > by:
            break
        fte = year.average_fte
    return THRESHOLD * fte if fte < ONE else None
