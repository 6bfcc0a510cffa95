"""How an induction ended, as the app that decides it tells the files of the national service.

`cases` knows that a body let a case go. That it was passed or failed is decided to the right of it: whoever keeps
decisions registers a source when it starts, and an end that no source speaks of is a release.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from ..models import BodyPeriod
from ..rules.national import FAIL, OPEN, PASS


@dataclass(frozen=True, slots=True)
class Decided:
    """What a body decided at the end of its period: passed or failed, and the last day of induction.

    `is_open` says that it may still be changed on appeal: until then it is not told to anybody.
    """

    passed: bool
    ended_on: date
    is_open: bool = False

    @property
    def outcome(self) -> str:
        """As the rules of the files name it."""
        if self.is_open:
            return OPEN
        return PASS if self.passed else FAIL


Source = Callable[["QuerySet[BodyPeriod]"], Mapping[UUID, Decided]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a source; called once, when its app starts. It is given periods and answers by the id of each it knows."""
    SOURCES.append(source)


def outcomes(periods: "QuerySet[BodyPeriod]") -> dict[UUID, Decided]:
    """What was decided at the end of these periods, in as many queries as there are sources."""
    return {key: decided for source in SOURCES for key, decided in source(periods).items()}
