"""Progress reviews: what one must hold before it can be submitted (R52, R55, R57), and when the body has it (D5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .standards import Rating, Standard
from .working_days import wd_excl

BODY_HAS_IT_WITHIN = 10
MUST_BE_PRESENT = {"ect": "the ECT", "reviewer": "the reviewer"}


class Objection(NamedTuple):
    """What stands in the way: the field at fault and a plain sentence that says what to do."""

    field: str
    message: str


@dataclass(frozen=True)
class Target:
    """R57: a development target, the Standard it serves, when it is due and how success will be known."""

    text: str
    standard: Standard | None
    due_on: date | None
    success_criteria: str


@dataclass(frozen=True, slots=True)
class Asked:
    """R55: which Standards a body has rated, and from which rating down it wants a written statement."""

    standards: tuple[Standard, ...] = tuple(Standard)
    statement_from: Rating = Rating.ATTENTION


USUAL = Asked()


@dataclass(frozen=True)
class Review:
    """The plain values of a progress review.

    ``present`` holds the keys of those who were there, ``ect`` and ``reviewer`` among them; ``on_track`` is None until
    answered. ``statements`` are by Standard. ``no_concern_reason`` says why an ECT with a rating of 1 is on track.
    """

    held_on: date | None
    present: Collection[str]
    ratings: Mapping[Standard, Rating]
    statements: Mapping[Standard, str]
    targets: Sequence[Target]
    on_track: bool | None
    evidence: str
    no_concern_reason: str = ""
    support_outline: str = ""


def check_review(review: Review, *, today: date, placement_start: date, asked: Asked = USUAL) -> list[Objection]:
    """Everything that keeps ``review`` from being submitted, in the order of the form; empty when nothing does.

    Fields are named ``held_on``, ``present``, ``rating_TS1``, ``statement_TS1``, ``targets``, ``targets-0-text``,
    ``on_track``, ``no_concern_reason``, ``support_outline`` and ``evidence`` (SG 2.50-2.54, 4.1; R52, R55, R57).
    """
    return [
        *_held(review, today, placement_start),
        *_rated(review, asked),
        *_targets(review.targets, review.held_on),
        *_judged(review),
    ]


def _held(review: Review, today: date, placement_start: date) -> Iterator[Objection]:
    if review.held_on is None:
        yield Objection("held_on", "Enter the date the review was held")
    elif review.held_on > today:
        yield Objection("held_on", "The date the review was held must be today or in the past")
    elif review.held_on < placement_start:
        yield Objection("held_on", "The date the review was held must be on or after the day the placement started")
    missing = [who for key, who in MUST_BE_PRESENT.items() if key not in review.present]
    if missing:
        yield Objection("present", f"A review is held by the ECT and the reviewer: add {' and '.join(missing)}")


def _rated(review: Review, asked: Asked) -> Iterator[Objection]:
    for standard in asked.standards:
        rating = review.ratings.get(standard)
        if rating is None:
            yield Objection(f"rating_{standard}", f"Select a rating for {standard.label}")
        elif rating <= asked.statement_from and not review.statements.get(standard, "").strip():
            yield Objection(
                f"statement_{standard}", f"Say why {standard.label} is rated {rating.label.lower()}, and what will help"
            )


def _targets(targets: Sequence[Target], held_on: date | None) -> Iterator[Objection]:
    if not targets:
        yield Objection("targets", "Add at least one target")
    for place, target in enumerate(targets):
        if not target.text.strip():
            yield Objection(f"targets-{place}-text", "Enter the target")
        if target.standard is None:
            yield Objection(f"targets-{place}-standard", "Select the Standard the target is linked to")
        if target.due_on is None:
            yield Objection(f"targets-{place}-due_on", "Enter the date the target is due")
        elif held_on is not None and target.due_on < held_on:
            yield Objection(f"targets-{place}-due_on", "The target must be due on or after the day of the review")
        if not target.success_criteria.strip():
            yield Objection(f"targets-{place}-success_criteria", "Say how you will know the target has been met")


def _judged(review: Review) -> Iterator[Objection]:
    concern = Rating.CONCERN in review.ratings.values()
    if review.on_track is None:
        yield Objection("on_track", "Select yes if the ECT is on track to complete induction successfully")
    elif review.on_track and concern and not review.no_concern_reason.strip():
        yield Objection(
            "no_concern_reason", "Say why the ECT is on track although a Standard is rated cause for concern"
        )
    elif not review.on_track and not review.support_outline.strip():
        yield Objection("support_outline", "Outline the support plan: what help the ECT will have, and from whom")
    if not review.evidence.strip():
        yield Objection("evidence", "Enter a one-line summary of the evidence")


def due_to_body(signed_on: date, within: int = BODY_HAS_IT_WITHIN) -> date:
    """D5: the body has the review 10 working days (not counting the day itself) after it was signed (SG 2.54), or
    sooner where the school or the body asks for it.
    """
    return wd_excl(signed_on, within)
