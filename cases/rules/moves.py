"""A body lets an ECT go and the next one takes them on (R25, R54, R84-R86; SG 2.74, 2.75)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .amounts import rounded
from .changes import check_not_a_slip
from .dates import say
from .errors import RuleBroken
from .working_days import wd_excl

ANSWER_WITHIN = 10  # working days to answer another body's request for a release: no source says [P]
MOST_TERMS = 16  # what the national record takes for one induction period (R25)


def as_recorded(exact: Fraction) -> Decimal:
    """R25: terms as the national record takes them: to one decimal, half up. The exact figure is kept beside it."""
    return Decimal(rounded(exact, 1))


def answer_by(asked_on: date) -> date:
    """The last day on which a request to release is answered in time [P]."""
    return wd_excl(asked_on, ANSWER_WITHIN)


@dataclass(frozen=True, slots=True)
class LettingGo:
    """What a release is judged by: the first day of the body's own period, the last day it means, the day on which
    induction would be complete (None where it is not foreseen), whether the ECT goes on serving at a school after it,
    and whether the next body is named.
    """

    since: date
    last_day: date
    completes_on: date | None
    goes_on: bool
    next_named: bool


def check_release(told: LettingGo, *, on: date) -> None:
    """R84-R86: whether a body may let an ECT go on a day. Raises RuleBroken for the first thing that stands against it.

    Who has completed induction is owed a decision (R62), and whoever serves on has a body on every day (R86).
    """
    if told.last_day < told.since:
        raise RuleBroken(f"The last day must be on or after {say(told.since)}, when you became responsible", "last_day")
    check_not_a_slip(told.last_day, on=on, field="last_day")
    if told.completes_on and told.completes_on <= told.last_day:
        raise RuleBroken(
            f"Induction is complete on {say(told.completes_on)}: it needs your decision, not a release", "last_day"
        )
    if told.goes_on and not told.next_named:
        raise RuleBroken(
            "The ECT goes on serving at a school after that day. Name the appropriate body that takes over, or wait "
            "until the school has recorded when they leave",
            "to",
        )


def check_terms(terms: Decimal, *, reckoned: Decimal, reason: str) -> None:
    """R25: the terms that a release reports; a figure that differs from the one worked out says why."""
    if not 0 <= terms <= MOST_TERMS:
        raise RuleBroken(f"Terms served must be from 0 to {MOST_TERMS}", "terms")
    if terms != reckoned and not reason.strip():
        raise RuleBroken(f"The portal works out {reckoned}: say why you report another figure", "terms_reason")


def check_undo(*, is_claimed: bool, is_undone: bool, reason: str) -> None:
    """A wrong release is taken back while nobody has claimed the ECT, with the reason (R85)."""
    if is_undone:
        raise RuleBroken("This release has been taken back already")
    if is_claimed:
        raise RuleBroken("Another appropriate body has claimed this ECT: the release cannot be taken back any more")
    if not reason.strip():
        raise RuleBroken("Say why the release was wrong", "reason")


def check_told(done_on: date, *, released_on: date, on: date) -> None:
    """R88: the day on which a leaver was reported: not before the release was recorded, and not to come."""
    if done_on > on:
        raise RuleBroken("The day must be today or in the past", "done_on")
    if done_on < released_on:
        raise RuleBroken(f"The release was recorded on {say(released_on)}: the day must be on or after it", "done_on")


def check_claim(*, starts_on: date, last_day: date, serves: bool) -> None:
    """R85, R86: a claim without a registration takes over an ECT who goes on at their school, after the release."""
    if starts_on <= last_day:
        raise RuleBroken(
            f"You can be responsible from the day after the release at the earliest: it is on {say(last_day)}",
            "starts_on",
        )
    if not serves:
        raise RuleBroken(
            "This ECT serves at no school on that day. Their new school registers them with you: confirm that "
            "registration, and the case is yours from its start",
            "starts_on",
        )


def check_complete(on: date, *, last_day: date) -> None:
    """R85: a record is acknowledged once it is whole: after the last day of the body that let the ECT go."""
    if on <= last_day:
        raise RuleBroken(
            f"The record is complete after {say(last_day)}, the other body’s last day: acknowledge it then"
        )


def check_new_school(terms: Decimal, *, least: Decimal, reason: str) -> None:
    """R37: the least that is served at a new school of an extension; a body that asks for less says why."""
    if not 0 < terms <= MOST_TERMS:
        raise RuleBroken(f"Terms must be above 0, and {MOST_TERMS} at most", "terms")
    if terms < least and not reason.strip():
        raise RuleBroken(f"The guidance asks for {least} here: say why less is enough", "reason")
