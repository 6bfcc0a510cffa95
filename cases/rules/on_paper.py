"""What an ECT said or signed on paper, or that they did not answer, as their school records it (R53; SG 2.61).

The guidance asks for the ECT's comments and signature, and says nothing of an ECT who gives neither. The ECT answers
for themself wherever they can: nothing is recorded for who can sign in before they had time to do so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from .dates import say
from .reviews import Objection
from .working_days import wd_excl

ECT_ANSWERS_WITHIN = 5  # [P] working days, not counting the day on which the ECT was asked


class Way(StrEnum):
    """How an ECT answered who did not do so in the portal. ``given`` says whether there is an answer of theirs, which
    has a day; otherwise there are the days on which they were asked.
    """

    given: bool

    def __new__(cls, value: str, given: bool) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.given = value, given
        return member

    COMMENTED = "commented", True
    NO_COMMENTS = "no_comments", True
    SIGNED = "signed", True
    DECLINED = "declined", False
    SILENT = "silent", False


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a colleague records. ``seen``: the ECT had the report to read before that. ``text`` are the ECT's comments,
    or why they did not sign; ``witness`` who saw them sign.
    """

    way: Way
    seen: bool
    given_on: date | None = None
    asked_on: date | None = None
    asked_again_on: date | None = None
    text: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An ECT who is asked: since when, whether they can sign in to answer, whether for a signature or for comments."""

    since: date
    signs_in: bool
    to_sign: bool

    @property
    def until(self) -> date:
        """[P] The day from which a silence may be recorded: the ECT has had five working days to answer."""
        return wd_excl(self.since, ECT_ANSWERS_WITHIN)

    @property
    def opens_on(self) -> date:
        """The first day on which anything may be recorded. Who cannot sign in can answer on paper alone, at once."""
        return self.until if self.signs_in else self.since

    @property
    def ways(self) -> tuple[Way, ...]:
        """What may be recorded of it."""
        return (Way.SIGNED, Way.DECLINED, Way.SILENT) if self.to_sign else (Way.COMMENTED, Way.NO_COMMENTS, Way.SILENT)


def too_early(waiting: Waiting, *, today: date) -> str:
    """Why nothing may be recorded yet, in a sentence; empty once something may."""
    if today >= waiting.opens_on:
        return ""
    return (
        f"The ECT was asked on {say(waiting.since)} and has {ECT_ANSWERS_WITHIN} working days to answer in the portal "
        f"themself. You can record their answer from {say(waiting.opens_on)}"
    )


def check_on_paper(told: OnPaper, waiting: Waiting, *, today: date) -> list[Objection]:
    """Everything that keeps an answer from being recorded, in the order of the form; fields are those of ``OnPaper``.

    [P]: the guidance has no rule. An answer has its day, a signature its witness; who did not answer was asked twice.
    """
    if early := too_early(waiting, today=today):
        return [Objection("way", early)]
    if told.way not in waiting.ways:
        return [Objection("way", "Select how the ECT answered")]
    if not told.way.given and today < waiting.until:
        return [Objection("way", f"Give the ECT until {say(waiting.until)}: they were asked on {say(waiting.since)}")]
    return [*(_given if told.way.given else _asked)(told, waiting, today), *_seen(told)]


def _given(told: OnPaper, waiting: Waiting, today: date) -> Iterator[Objection]:
    if told.way is Way.COMMENTED and not told.text.strip():
        yield Objection("text", "Enter the ECT’s comments")
    yield from _day("given_on", told.given_on, "the day on which the ECT answered", waiting, today)
    if told.way is Way.SIGNED and not told.witness.strip():
        yield Objection("witness", "Enter who saw the ECT sign")


def _asked(told: OnPaper, waiting: Waiting, today: date) -> Iterator[Objection]:
    yield from _day("asked_on", told.asked_on, "the day on which the ECT was asked", waiting, today)
    if told.way is Way.SILENT or told.asked_again_on:
        again = "the day on which the ECT was asked again"
        yield from _day("asked_again_on", told.asked_again_on, again, waiting, today)
    if told.asked_on and told.asked_again_on and told.asked_again_on <= told.asked_on:
        yield Objection("asked_again_on", "The ECT must have been asked again on a later day")
    if waiting.to_sign and not told.text.strip():
        yield Objection("text", "Enter the ECT’s reason, or what you know of it")


def _day(field: str, day: date | None, named: str, waiting: Waiting, today: date) -> Iterator[Objection]:
    if day is None:
        yield Objection(field, f"Enter {named}")
    elif not waiting.since <= day <= today:
        span = f"between {say(waiting.since)}, when the report was shared, and today"
        yield Objection(field, f"{named[0].upper()}{named[1:]} must be {span}")


def _seen(told: OnPaper) -> Iterator[Objection]:
    if not told.seen:
        yield Objection("seen", "Confirm that the ECT was given the report to read")
