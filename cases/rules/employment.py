"""Which placements count: the minimum period of service (R19), by continuous employment at one school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .amounts import ONE, ZERO
from .calendar import Calendar
from .dates import ONE_DAY
from .facts import Placement

Listed = tuple[int, Placement]
LEAST_TERMS = ONE


def ignored_placements(placements: Sequence[Placement], calendars: Mapping[str, Calendar]) -> tuple[int, ...]:
    """The places in the list of placements that count for nothing, in order.

    R19: an employment of less than one calendar term in all does not count, whatever its FTE; exactly one term does,
    and one that is still open does (Reg 7(2), 7(3); SG 2.33).
    """
    ignored = [
        place
        for employment in employments(placements, calendars)
        if not _counts(employment, calendars)
        for place, _ in employment
    ]
    return tuple(sorted(ignored))


def employments(placements: Sequence[Placement], calendars: Mapping[str, Calendar]) -> Iterator[list[Listed]]:
    """Placements at one school with no school day of it between them, together; each with its place in the list."""
    together: list[Listed] = []
    for place, placement in sorted(enumerate(placements), key=lambda listed: (listed[1].school, listed[1].start)):
        if together and not _follows(together[-1][1], placement, calendars):
            yield together
            together = []
        together.append((place, placement))
    if together:
        yield together


def _follows(earlier: Placement, later: Placement, calendars: Mapping[str, Calendar]) -> bool:
    if earlier.school != later.school or earlier.end is None:
        return False
    first, last = earlier.end + ONE_DAY, later.start - ONE_DAY
    return first > last or not calendars[earlier.school].has_school_day(first, last)


def _counts(employment: Sequence[Listed], calendars: Mapping[str, Calendar]) -> bool:
    served = ZERO
    for _, placement in employment:
        if placement.end is None:
            return True
        served += calendars[placement.school].terms_between(placement.start, placement.end, enough=LEAST_TERMS - served)
        if served >= LEAST_TERMS:
            return True
    return False
