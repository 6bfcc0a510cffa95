"""What the story has made so far, found by the names that it is told with."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.hashers import make_password

from cases.models import Induction, Placement
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.viewer import Viewer, options

from .days import Days
from .people import PASSWORD


@dataclass(frozen=True)
class World:
    """Organisations by key, users by e-mail address, inductions by TRN, placements by TRN and school."""

    days: Days
    places: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    inductions: dict[str, Induction] = field(default_factory=dict)
    placements: dict[tuple[str, str], Placement] = field(default_factory=dict)

    @cached_property
    def password_hash(self) -> str:
        """Everybody's password, hashed once: hashing is slow on purpose."""
        return make_password(PASSWORD)

    def acting(self, email: str, place: str, on: date) -> Viewer:
        """Somebody acting for one of their organisations on a day."""
        return self._way(email, on, self.places[place])

    def themself(self, email: str, on: date) -> Viewer:
        """An ECT acting in their own induction."""
        return self._way(email, on, None)

    def _way(self, email: str, on: date, place: Organisation | None) -> Viewer:
        return next(way for way in options(self.users[email], on=on) if way.organisation == place)
