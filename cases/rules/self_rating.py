"""The ECT's own view before a progress review, if they want to give one: never evidence, never asked for (R52)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .reviews import Objection
from .standards import Rating, Standard


class OwnView(NamedTuple):
    """What the ECT says of one Standard: a rating, words, or both."""

    rating: Rating | None = None
    words: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to share."""
        return self.rating is not None or bool(self.words.strip())


def said(views: Mapping[Standard, OwnView]) -> dict[Standard, OwnView]:
    """The Standards of which something is said, in their order."""
    return {standard: views[standard] for standard in Standard if standard in views and views[standard].says_something}


def check_self_rating(views: Mapping[Standard, OwnView]) -> list[Objection]:
    """Everything that keeps a self-rating from being shared; fields are named ``words_TS1``."""
    if said(views):
        return []
    return [Objection("words_TS1", "Say something of at least one Standard, or leave the self-rating out")]
