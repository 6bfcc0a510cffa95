"""A school, a body and their people, and a registration that waits: for tests of what a body makes of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from cases.actions.confirming import Verified, confirm
from cases.models import Confirmation, Registration
from cases.rules.confirming import BodyKind
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from tests.factories import BodyFactory, MembershipFactory, RegistrationFactory, SchoolFactory, viewer

QTS, SENT, START = date(2025, 7, 12), date(2025, 7, 15), date(2025, 9, 1)


class Hub:
    """An appropriate body with an officer who decides, and two named contacts."""

    def __init__(self, on: date = SENT) -> None:
        self.body: Organisation = BodyFactory()
        self.on = on
        self.officer: User = self._staff(Role.BODY_OFFICER)
        self.other_officer: User = self._staff(Role.BODY_OFFICER)
        self.contact: User = self._staff(Role.BODY_CONTACT)

    def _staff(self, role: Role) -> User:
        return MembershipFactory(organisation=self.body, role=role).user

    @property
    def by(self) -> Viewer:
        return Viewer(self.officer, self.body, frozenset({Role.BODY_OFFICER}), self.on)

    @property
    def admin(self) -> Viewer:
        return viewer(self.body, Role.BODY_ADMIN, on=self.on)

    def verified(self, **changes: Any) -> Verified:
        facts = Verified(
            qts_on=QTS,
            starts_on=START,
            post_is_suitable=True,
            acts_as=BodyKind.HUB,
            recommended_qts=False,
            employs_ect=False,
            officer=self.officer,
            contact=self.contact,
        )
        return replace(facts, **changes)

    def registration(self, school: Organisation | None = None, **said: Any) -> Registration:
        """One that a school sent to this body, with a tutor and a mentor of its own."""
        school = school or SchoolFactory()
        people = {
            "tutor": MembershipFactory(organisation=school, role=Role.INDUCTION_TUTOR).user,
            "mentor": MembershipFactory(organisation=school, role=Role.MENTOR).user,
        }
        MembershipFactory(organisation=school, role=Role.HEADTEACHER)
        return RegistrationFactory(school=school, body=self.body, **people | said)

    def confirm(self, registration: Registration, *, version: int = 1, **changes: Any) -> Confirmation:
        """Confirm it as the body's officer."""
        changes.setdefault("starts_on", registration.starts_on)
        return confirm(
            by=self.by, on=self.on, registration=registration, version=version, verified=self.verified(**changes)
        )
