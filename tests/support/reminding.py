"""A case at a school, with everybody who may be reminded, and deadlines as a test wants them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.models import Appointment, BodyPeriod, Deadline, Induction, Placement
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    BodyPeriodFactory,
    PlacementFactory,
    SchoolFactory,
    UserFactory,
    viewer,
)

START = date(2026, 9, 1)
DUE = date(2026, 12, 18)
SCHOOL = (Role.MENTOR, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN)
BODY = (Role.BODY_OFFICER, Role.BODY_ADMIN)


@dataclass
class Reminded:
    """The case; each person by their role; the rows that tie them to it."""

    placement: Placement
    period: BodyPeriod
    people: dict[str, User]
    appointed: dict[str, Appointment] = field(default_factory=dict)

    @property
    def induction(self) -> Induction:
        return self.placement.induction

    def due(self, owner: str = Role.INDUCTION_TUTOR, **given: Any) -> Deadline:
        """A deadline that stands: a first progress review, if not told otherwise."""
        facts = {"code": "D4", "kind": "progress_review", "number": 1, "opened_on": START, "due_on": DUE, "rule": "R48"}
        return Deadline.objects.create(induction=self.induction, owner=owner, **facts | given)

    def told(self) -> list[tuple[str, str]]:
        """Who has been told what, oldest first: the role, and how it was put."""
        roles = {user.pk: role for role, user in self.people.items()}
        rows = Message.objects.order_by("pk").values_list("recipient", "kind")
        return [(str(roles[user]), kind.removeprefix("reminder_")) for user, kind in rows]


def reminded() -> Reminded:
    """Everybody in place from the first day, one of each."""
    school, body = SchoolFactory(), BodyFactory()
    placement = PlacementFactory(school=school, reported_body=body, starts_on=START)
    people: dict[str, User] = {role: viewer(school, role, on=START).user for role in SCHOOL}
    people |= {role: viewer(body, role, on=START).user for role in BODY}
    ect = people[Role.ECT] = UserFactory(is_ect=True)
    placement.induction.teacher.user = ect
    placement.induction.teacher.save()
    period = BodyPeriodFactory(
        induction=placement.induction, body=body, officer=people[Role.BODY_OFFICER], starts_on=START
    )
    kinds = (Role.MENTOR, Role.INDUCTION_TUTOR)
    held = {kind: AppointmentFactory(placement=placement, kind=kind, user=people[kind]) for kind in kinds}
    return Reminded(placement, period, people, held)
