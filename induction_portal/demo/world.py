"""What the story has made so far, found by the names that it is told with."""

from dataclasses import dataclass, field
from datetime import date

from cases.models import Induction, Placement
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.viewer import Viewer, options

from .days import Days


@dataclass(frozen=True)
class World:
    """Organisations by key, users by e-mail address, inductions by TRN, placements by TRN and school."""

    days: Days
    places: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    inductions: dict[str, Induction] = field(default_factory=dict)
    placements: dict[tuple[str, str], Placement] = field(default_factory=dict)

    def acting(self, email: str, place: str, on: date) -> Viewer:
        """Somebody acting for one of their organisations on a day."""
        return self._way(email, on, self.places[place])

    def themself(self, email: str, on: date) -> Viewer:
        """An ECT acting in their own induction."""
        return self._way(email, on, None)

    def _way(self, email: str, on: date, place: Organisation | None) -> Viewer:
        return next(way for way in options(self.users[email], on=on) if way.organisation == place)
