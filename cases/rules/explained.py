"""The one explained-result type: a value with the reasons a tutor can read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Reason(NamedTuple):
    """One step of the chain: the rule's number, its source, and a plain sentence with the numbers of this case."""

    rule: str
    source: str
    says: str


class Explained(Generic[T]):
    """A value, and why; the sentences are written only when somebody reads them."""

    def __init__(self, value: T, why: Callable[[], Iterable[Reason]]) -> None:
        self.value = value
        self._why = why

    @cached_property
    def because(self) -> tuple[Reason, ...]:
        """The reasons, in the order to read them."""
        return tuple(self._why())
