"""What a form collects about an observation, in one value (R56)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import Induction
from cases.models.people import fold
from cases.querysets import in_force
from cases.rules.observations import Arranged
from cases.rules.standards import Standard
from induction_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Plan:
    """What is arranged in advance. `observer` is a user of the school, or None for somebody from outside, who has a
    name and perhaps a place of their own. `third_party` says that it is the observation which SG 5.4 asks for.
    """

    observed_on: date
    meeting_on: date
    focus: str
    observer: User | None
    observer_has_qts: bool
    observer_name: str = ""
    observer_from: str = ""
    third_party: bool = False

    def arranged(self, induction: Induction) -> Arranged:
        """The same, as the rules check it for one ECT. Asks who supports them where a third party is to observe."""
        teacher = induction.teacher
        is_ect = self.observer.pk == teacher.user_id if self.observer else fold(self.name) == teacher.sort_name
        return Arranged(
            self.observed_on,
            self.meeting_on,
            self.name,
            self.observer_has_qts,
            is_ect,
            self.observer_from,
            observer_supports=self.third_party and self._supports(induction),
            third_party=self.third_party,
        )

    def _supports(self, induction: Induction) -> bool:
        """Whether the observer bears the name of the ECT's mentor or induction tutor on the day."""
        held = induction.appointments.filter(in_force("", on=self.observed_on)).select_related("user")
        return fold(self.name) in {fold(each.user.name) for each in held}

    @property
    def name(self) -> str:
        """Who observes."""
        return self.observer.name if self.observer else self.observer_name.strip()

    def as_columns(self) -> dict[str, Any]:
        """The columns of the row."""
        return {
            "observed_on": self.observed_on,
            "meeting_on": self.meeting_on,
            "focus": self.focus.strip(),
            "observer": self.observer,
            "observer_name": self.name,
            "observer_from": "" if self.observer else self.observer_from.strip(),
            "observer_has_qts": self.observer_has_qts,
            "third_party": self.third_party,
        }


@dataclass(frozen=True, slots=True)
class Written:
    """The brief record: what went well, what to develop, and the Standards that it tells of (SG 2.47)."""

    standards: tuple[Standard, ...]
    strengths: str
    development: str

    def as_columns(self) -> dict[str, Any]:
        """The columns of the row."""
        codes = [standard.value for standard in Standard if standard in self.standards]
        return {"standards": codes, "strengths": self.strengths.strip(), "development": self.development.strip()}
