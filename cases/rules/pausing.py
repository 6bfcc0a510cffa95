"""Induction between two appropriate bodies: it is paused, for however long, and nothing is served meanwhile (R84)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from .dates import ONE_DAY
from .facts import Placement

Spell = tuple[date, date | None]


def paused_between(periods: Iterable[Spell]) -> tuple[Spell, ...]:
    """R84: the spells after one body's period and before the next; the last one open where no body follows.

    ``periods`` are first and last days, both included, that do not overlap; None is open.
    """
    held = sorted(periods, key=lambda period: period[0])
    between: list[Spell] = [
        (end + ONE_DAY, following - ONE_DAY)
        for (_, end), (following, _) in pairwise(held)
        if end is not None and following - end > ONE_DAY
    ]
    if held and (last := held[-1][1]) is not None:
        between.append((last + ONE_DAY, None))
    return tuple(between)


def going_on(placement: Placement, paused: Sequence[Spell]) -> Iterator[Placement]:
    """The stretches of a placement outside the paused spells, which are in order."""
    start, end = placement.start, placement.end
    for first, last in paused:
        if (last is not None and last < start) or (end is not None and first > end):
            continue
        if start < first:
            yield replace(placement, start=start, end=first - ONE_DAY)
        if last is None:
            return
        start = last + ONE_DAY
    if end is None or start <= end:
        yield replace(placement, start=start)
