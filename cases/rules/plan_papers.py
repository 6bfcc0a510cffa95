"""The papers of a support plan: when it is sealed, who signs it, and what a signature needs (R76, R79)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Self

from .errors import RuleBroken
from .signing import ECT, NAMED, TUTOR
from .statuses import PlanStatus

SIGNS = (TUTOR, ECT)  # in the order of the form; neither waits for the other


class Stage(StrEnum):
    """When a plan was sealed: as it was started, or as it was finished, with its evaluation and answer."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    STARTED = "started", "As it was started"
    FINISHED = "finished", "As it was finished"


def waits_for(stage: Stage, answered: Collection[str]) -> tuple[str, ...]:
    """Whose answer a sealed plan waits for, in the order of the form: of one that was started, nobody's."""
    return tuple(role for role in SIGNS if role not in answered) if stage is Stage.FINISHED else ()


def check_answer(
    stage: Stage, role: str, answered: Collection[str], *, opened: bool, declines: bool = False, words: str = ""
) -> None:
    """R76, R79: a plan is signed once it holds its evaluation and whether the ECT is on track, by the induction tutor
    and the ECT. The ECT may decline, in words of their own.

    ``answered`` are the roles that have answered. Raises RuleBroken for anybody else, before the evaluation, for what
    has been answered, and for somebody who has not opened it.
    """
    if role not in SIGNS:
        raise RuleBroken("Only the induction tutor and the ECT sign a support plan")
    if stage is not Stage.FINISHED:
        says = "A support plan is signed once progress is evaluated and it says whether the ECT is on track"
        raise RuleBroken(f"{says}: finish the plan first")
    if role in answered:
        raise RuleBroken(f"This has been answered as {NAMED[role]} already")
    if not opened:
        raise RuleBroken("Open and read this version before you sign it")
    if declines and role != ECT:
        raise RuleBroken("Only the ECT can decline: correct the plan where it does not say what you stand for")
    if declines and not words.strip():
        raise RuleBroken("Say in your own words why you do not sign", "words")


def check_corrected(status: PlanStatus, reason: str) -> None:
    """R76: a finished plan is put right, as a new version that is signed anew, until somebody has decided what comes
    next. Raises RuleBroken.
    """
    if status is PlanStatus.CLOSED:
        raise RuleBroken("The ECT has been moved on since: what this plan found stands")
    if status is not PlanStatus.FINISHED:
        raise RuleBroken("Only a finished plan is corrected: change one that goes on")
    if not reason.strip():
        raise RuleBroken("Enter what was wrong", "correction")
