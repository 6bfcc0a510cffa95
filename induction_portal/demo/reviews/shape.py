"""The shape of a review as the story tells it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: the Standard it serves, how many weeks after the review it is due, and how success will be known."""

    text: str
    standard: str
    weeks: int
    success: str


@dataclass(frozen=True, slots=True)
class Written:
    """One progress review.

    `ratings` holds nine digits, TS1 to TS8 and Part Two. `low` holds the statement for each Standard rated 2 or 1.
    `returned` is what the body wrote when it sent the review back; `corrected` then says the evidence in the next
    version. `answered` is False while the body has not answered (the latest version).
    """

    ratings: str
    evidence: str
    aims: tuple[Aim, ...]
    low: dict[str, str] = field(default_factory=dict)
    previous: str = ""
    others: str = ""
    support: str = ""
    comment: str = ""
    returned: str = ""
    corrected: str = ""
    answered: bool = True

    @property
    def on_track(self) -> bool:
        """An ECT is not on track exactly when the review outlines support (SG 4.1)."""
        return not self.support
