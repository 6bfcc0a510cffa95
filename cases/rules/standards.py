"""The Teachers' Standards (R59) and the five ratings a body may ask for against each (R55)."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


class Standard(StrEnum):
    """R59: Part One is TS1 to TS8 and Part Two is one row, nine in all. ``label`` is the printed name."""

    label: str
    title: str  # type: ignore[assignment]  # the Standard's own words hide str.title

    def __new__(cls, code: str, title: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.title = title
        member.label = f"Part Two: {title}" if code == "P2" else f"{code}: {title}"
        return member

    TS1 = "TS1", "Set high expectations which inspire, motivate and challenge pupils"
    TS2 = "TS2", "Promote good progress and outcomes by pupils"
    TS3 = "TS3", "Demonstrate good subject and curriculum knowledge"
    TS4 = "TS4", "Plan and teach well structured lessons"
    TS5 = "TS5", "Adapt teaching to respond to the strengths and needs of all pupils"
    TS6 = "TS6", "Make accurate and productive use of assessment"
    TS7 = "TS7", "Manage behaviour effectively to ensure a good and safe learning environment"
    TS8 = "TS8", "Fulfil wider professional responsibilities"
    PART_TWO = "P2", "Personal and professional conduct"


class Rating(IntEnum):
    """R55: 5 is best. A rating of 2 or 1 needs a written statement for that Standard."""

    label: str
    definition: str

    def __new__(cls, value: int, label: str, definition: str) -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.definition = definition
        return member

    EXEMPLARY = 5, "Exemplary", "Consistently above what is expected at this stage, with clear impact."
    STRONG = 4, "Strong", "Securely meets all that is expected at this stage and exceeds some of it."
    SECURE = 3, "Secure", "Meets what is expected at this stage and is making steady progress."
    ATTENTION = 2, "Attention needed", "Some progress, but improvement is required, with targeted support."
    CONCERN = (
        1,
        "Cause for concern",
        "Does not meet what is expected, with significant concern: a formal support plan is considered or in place.",
    )

    @property
    def needs_statement(self) -> bool:
        """R55: whether a written statement must say why this rating was given."""
        return self <= Rating.ATTENTION
