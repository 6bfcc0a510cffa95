"""A review's content: from what a form collected, to rule values, to the sealed JSON and its digest."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.rules.reviews import Review, Target
from cases.rules.standards import Rating, Standard


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that the author of a progress review answers (R52, R55, R57).

    `present` names who was there, the ECT and the
    reviewer by the keys "ect" and "reviewer".
    """

    held_on: date
    present: tuple[str, ...]
    others_present: str
    on_track: bool
    evidence: str
    ratings: dict[Standard, Rating]
    targets: tuple[Target, ...]
    statements: dict[Standard, str] = field(default_factory=dict)
    previous_targets: str = ""
    no_concern_reason: str = ""
    support_outline: str = ""

    def as_rule_values(self) -> Review:
        """The same, as `cases.rules.reviews` checks it."""
        return Review(
            held_on=self.held_on,
            present=self.present,
            ratings=self.ratings,
            statements=self.statements,
            targets=self.targets,
            on_track=self.on_track,
            evidence=self.evidence,
            no_concern_reason=self.no_concern_reason,
            support_outline=self.support_outline,
        )

    def as_content(self) -> dict[str, Any]:
        """Plain JSON values, Standards in their order."""
        return {
            "held_on": self.held_on.isoformat(),
            "present": list(self.present),
            "others_present": self.others_present,
            "on_track": self.on_track,
            "evidence": self.evidence,
            "previous_targets": self.previous_targets,
            "no_concern_reason": self.no_concern_reason if self.on_track else "",
            "support_outline": "" if self.on_track else self.support_outline,
            "ratings": [
                {"standard": s.value, "level": int(self.ratings[s]), "statement": self.statements.get(s, "")}
                for s in Standard
                if s in self.ratings
            ],
            "targets": [
                {
                    "text": t.text,
                    "standard": t.standard.value if t.standard else "",
                    "due_on": t.due_on.isoformat() if t.due_on else "",
                    "success_criteria": t.success_criteria,
                }
                for t in self.targets
            ],
        }
