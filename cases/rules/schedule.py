"""Which review or assessment falls due when (R22, R48-R50)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import chain, pairwise
from typing import NamedTuple

from .facts import CaseFacts
from .service import Service
from .stages import Stage
from .tally import Tally
from .working_days import nth, number_after

PROGRESS_REVIEW = "progress_review"
FIRST_ASSESSMENT = "first_assessment"
FINAL_ASSESSMENT = "final_assessment"
EXTENSION_ASSESSMENT = "extension_assessment"


class Event(NamedTuple):
    """A review or assessment and its nominal day; only a review is numbered, by the calendar term it closes."""

    due_on: date
    kind: str
    number: int | None = None


Spells = Sequence[tuple[date, date | None]]


def events(
    service: Service,
    stages: Sequence[Stage],
    last_part: int,
    elapsed: Fraction,
    ends_on: date | None,
    dropping: Spells = (),
) -> list[Event]:
    """Reviews and assessments by day, then kind. ``elapsed`` are calendar terms confirmed before the first day;
    ``dropping`` as ``CaseFacts.drops_earlier_review``.
    """
    assessments = list(_assessments(stages, last_part))
    days = [event.due_on for event in assessments]
    reviews = (
        Event(review.due_on, PROGRESS_REVIEW, review.number)
        for review in _reviews(service, days, elapsed, ends_on)
        if not (
            _within(review.due_on, dropping) and bisect_right(days, review.due_on) < bisect_left(days, review.before)
        )
    )
    return sorted([*assessments, *reviews], key=lambda event: event[:2])


def _within(day: date, spells: Spells) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in spells)


def _assessments(stages: Sequence[Stage], last_part: int) -> Iterator[Event]:
    """R48: on the last day of each part, the only or second part's being final (R22), and of each extension (R65)."""
    for stage in stages:
        if (day := stage.ends_on) is not None:
            if stage.plan.decided:
                yield Event(day, EXTENSION_ASSESSMENT)
            else:
                yield Event(day, FINAL_ASSESSMENT if stage.plan.number == last_part else FIRST_ASSESSMENT)


class _Review(NamedTuple):
    """Review ``number`` and the day on which the term after it ends (the last day there is, if it never does)."""

    number: int
    due_on: date
    before: date


def _reviews(service: Service, assessed: Sequence[date], elapsed: Fraction, ends_on: date | None) -> Iterator[_Review]:
    """R48-R50: review k where calendar terms reach k, unless an assessment falls after review k-1 and by then.

    A body may also leave out a review less than a term before an assessment (R49); that is for the caller to do.
    """
    before = date.min
    for (number, day), (_, following) in pairwise(chain(_term_ends(service, elapsed), [(0, date.max)])):
        if ends_on is not None and day > ends_on:
            return
        if bisect_right(assessed, before) == bisect_right(assessed, day):
            yield _Review(number, day, following)
        before = day


def _term_ends(service: Service, elapsed: Fraction) -> Iterator[tuple[int, date]]:
    """Each whole number of calendar terms from the next one on, and the first day on which they reach it."""
    coming, tally = elapsed // 1 + 1, Tally(elapsed)
    for run in service.runs():
        if run.share is None:
            continue
        while (days := tally.days_to(coming, run.share)) <= run.days:
            yield coming, nth(run.number_of(days - 1))
            coming += 1
        tally.add(run.days, run.share)


def elapsed_terms(facts: CaseFacts) -> Fraction:
    """Calendar terms run by the end of ``facts.as_of``, those confirmed before included (R23, R50)."""
    stop = number_after(facts.as_of)
    tally = Tally(facts.before.calendar_terms if facts.before else Fraction(0))
    for run in Service(facts).runs():
        if run.first >= stop:
            break
        if run.share is not None:
            tally.add(run.offset_of(stop), run.share)
    return tally.total


def term_reached_on(facts: CaseFacts, terms: int) -> date | None:
    """The day on which calendar terms reach ``terms``, None if never: six open early completion (R23, D34)."""
    elapsed = facts.before.calendar_terms if facts.before else Fraction(0)
    return next((day for number, day in _term_ends(Service(facts), elapsed) if number == terms), None)


def due_after_return(due_on: date, returns_on: date | None) -> date | None:
    """R51: for an ECT away on the day nothing is waived: due on return, undated until the return is known."""
    return None if returns_on is None else max(due_on, returns_on)
