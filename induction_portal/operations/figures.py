"""The figures of the operations page. Each app registers its own when it starts; the page knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what, how much or since when, and whether somebody has to look at it.

    It names no person, no case and no text of anybody's. `url` is the path of the page where more is seen.
    """

    says: str
    value: str
    look: bool = False
    url: str = ""


Source = Callable[[datetime], Iterable[Figure]]
SECTIONS: dict[str, list[Source]] = {}


def register(heading: str, source: Source) -> None:
    """Add figures under a heading, asked for with the moment of the page; called once, when the app starts."""
    SECTIONS.setdefault(heading, []).append(source)


def sections(now: datetime) -> dict[str, list[Figure]]:
    """Every heading with its figures, those without any left out."""
    found = {heading: [each for ask in asked for each in ask(now)] for heading, asked in SECTIONS.items()}
    return {heading: figures for heading, figures in found.items() if figures}
