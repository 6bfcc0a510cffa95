"""Leaving, joining and keeping records (R83-R85, D22, D23, D35)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from .absence_watch import absence_by
from .amounts import ZERO
from .dates import add_years
from .facts import Before
from .schedule import elapsed_terms
from .timeline import Timeline

KEPT_YEARS = 6


class LeavingCause(StrEnum):
    """R84: why an ECT leaves or pauses; a gap has no time limit."""

    BEREAVEMENT = "bereavement"
    SICKNESS = "long_term_sickness"
    PARENTAL_LEAVE = "parental_leave"
    CAREER_BREAK = "career_break"
    LEFT_PROFESSION = "left_profession"
    MOVED_SCHOOL = "moved_school"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The cause as people read it: "Moved to another school"."""
        return CAUSES[self]


CAUSES = {
    LeavingCause.MOVED_SCHOOL: "Moved to another school",
    LeavingCause.LEFT_PROFESSION: "Left teaching",
    LeavingCause.CAREER_BREAK: "Career break",
    LeavingCause.PARENTAL_LEAVE: "Parental leave",
    LeavingCause.SICKNESS: "Long-term sickness",
    LeavingCause.BEREAVEMENT: "Bereavement",
    LeavingCause.OTHER: "Another reason",
}


def keep_until(outcome_on: date | None, left_on: date | None) -> date | None:
    """R83: records are kept to the sixth anniversary of the outcome, or of leaving without one (SG 2.77, 5.3, 5.11).

    None while neither has happened.
    """
    start = outcome_on or left_on
    return None if start is None else add_years(start, KEPT_YEARS)


def may_dispose(today: date, outcome_on: date | None, left_on: date | None) -> bool:
    """R83, D35: on the sixth anniversary at the earliest."""
    until = keep_until(outcome_on, left_on)
    return until is not None and today >= until


def is_paused(today: date, left_on: date | None) -> bool:
    """R84: after leaving without an outcome induction is paused, for however long."""
    return left_on is not None and today > left_on


def carried_over(timeline: Timeline) -> Before:
    """R85: what travels at the end of ``facts.as_of``: terms served, calendar terms, absence of the part being served.

    Reg 8 is per part, not per school, so the open absence total of the current part goes along.
    """
    facts = timeline.facts
    begun = [part for part in timeline.parts if part.starts_on <= facts.as_of]
    open_part = begun[-1] if begun and (begun[-1].ends_on is None or begun[-1].ends_on > facts.as_of) else None
    return Before(
        terms=timeline.served_terms,
        calendar_terms=elapsed_terms(facts),
        absence_days=absence_by(facts, open_part, facts.as_of) if open_part else ZERO,
    )
