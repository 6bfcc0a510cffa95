"""What somebody may be told of a case's dates: all of it, or less (R79, R85, R86)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from .facts import Absence, CaseFacts, Placement
from .stages import Stage


@dataclass(frozen=True, slots=True)
class Told:
    """How much a reader is told, and by which names.

    ``names`` are the schools' names by their key. ``since`` is the first day of which a school that joined may know,
    ``hidden`` the keys of the schools whose service before it is none of its affair. ``absences`` is False for who may
    know neither when nor how long an ECT was away (R79: the mentor).
    """

    names: Mapping[str, str] = field(default_factory=dict)
    since: date = date.min
    hidden: frozenset[str] = frozenset()
    absences: bool = True

    def school(self, key: str) -> str:
        """The school's name."""
        return self.names.get(key, f"School {key}")

    def of_placement(self, placement: Placement) -> bool:
        """Whether the reader may know of it: their own school's always, another's where it began in their time."""
        return placement.school not in self.hidden or placement.start >= self.since

    def of_stage(self, stage: Stage) -> bool:
        """Whether any of its days lie in the reader's time."""
        return stage.ends_on is None or stage.ends_on >= self.since

    def of_absence(self, absence: Absence) -> bool:
        """Whether the reader may know of these days."""
        return self.absences and (absence.end is None or absence.end >= self.since)

    def whole(self, stage: Stage) -> bool:
        """Whether the reader may know how the stage came to its end: from its first day, its absence included."""
        return stage.starts_on >= self.since and (self.absences or not stage.plan.extension(stage.absent))


def as_known_on(facts: CaseFacts, day: date) -> CaseFacts:
    """The facts as who let the case go on ``day`` may still know them: nothing of what came after (R86)."""
    return replace(
        facts,
        as_of=day,
        placements=tuple(replace(p, end=_until(p.end, day)) for p in facts.placements if p.start <= day),
        absences=tuple(replace(a, end=_until(a.end, day)) for a in facts.absences if a.start <= day),
    )


def _until(end: date | None, day: date) -> date:
    return day if end is None else min(end, day)
