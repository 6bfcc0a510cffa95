"""A review or assessment that falls due while the ECT is away, or has not yet chosen, waits (R29, R51).

Nothing is waived and nothing completes by itself: it is due on return, undated until the return is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from .absence_kinds import Effect
from .absence_records import election_status
from .deadlines import due_on
from .facts import Absence, CaseFacts
from .schedule import PROGRESS_REVIEW, due_after_return
from .statuses import ElectionStatus

RETURN, CHOICE = "return", "choice"
AWAY = {Effect.COUNTS, Effect.COUNTS_SINCE_COVID_RULE_ENDED, Effect.STATUTORY}
LONGEST_HOLIDAY = 90


class Held(NamedTuple):
    """When something is due, and what it ``waits`` for: "return", "choice", or nothing."""

    due_on: date
    waits: str = ""


def held_back(facts: CaseFacts, due: date, kind: str) -> Held:
    """When something nominally ``due`` is due for an ECT who was, or is, away on the day.

    While the return is unknown the nominal day stands and ``waits`` is "return". An assessment due during statutory
    leave, or in the ten working days after it, waits besides for the ECT's choice, until they have made it or have had
    those days to make it.
    """
    away = sorted((each for each in facts.absences if _is_away(each)), key=lambda each: each.start)
    for absence in away:
        if not _covers(absence, due, facts.as_of):
            continue
        returned = None if absence.end is None else returned_on(facts, absence.end)
        moved = due_after_return(due, returned)
        if moved is None:
            return Held(due, RETURN)
        due = moved
    return Held(due) if kind == PROGRESS_REVIEW else _until_chosen(facts, due)


def _until_chosen(facts: CaseFacts, due: date) -> Held:
    for absence in facts.absences:
        status = election_status(absence.kind, absence.end, absence.elected, facts.as_of)
        if status is not ElectionStatus.AWAITING_ELECTION or absence.end is None:
            continue
        chosen_by = choice_due(facts, absence.end)
        if absence.start <= due < chosen_by and facts.as_of <= chosen_by:
            return Held(chosen_by, CHOICE)
    return Held(due)


def choice_due(facts: CaseFacts, ends_on: date) -> date:
    """D21: ten working days, the first being the day of return."""
    return due_on("D21", returned_on(facts, ends_on))


def _is_away(absence: Absence) -> bool:
    return absence.kind.effect in AWAY and absence.fraction == 1


def _covers(absence: Absence, due: date, as_of: date) -> bool:
    """Whether the ECT is away on the day. Nobody knows how long an open absence lasts: leave goes on until its return
    is recorded, anything else is known up to today.
    """
    if absence.start > due:
        return False
    if absence.end is not None:
        return due <= absence.end
    return due <= as_of or absence.kind.effect is Effect.STATUTORY


def returned_on(facts: CaseFacts, day: date) -> date:
    """The first school day after a last day of absence, by the calendar of the school served then; the next day where
    none is.
    """
    found = (later for later in islice(_days_after(day), LONGEST_HOLIDAY) if _is_school_day(facts, later))
    return next(found, day + timedelta(days=1))


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


def _is_school_day(facts: CaseFacts, day: date) -> bool:
    return any(
        placement.start <= day and (placement.end is None or day <= placement.end)
        and facts.calendars[placement.school].is_school_day(day)
        for placement in facts.placements
    )  # fmt: skip
