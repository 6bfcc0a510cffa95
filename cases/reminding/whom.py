"""Who is responsible in many cases today and can be reached, and whom to tell of a step. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from induction_portal.accounts.models import Membership
from induction_portal.accounts.permissions import Permission, Role
from notifications.undelivered import without_address

from ..deadlines import OF_ABSENCE, OF_APPEAL, OF_SUPPORT
from ..duties import OF_BODIES, OWNS, READ_ABSENCE, READ_APPEAL, READ_LEVELS
from ..models import Appointment, BodyPeriod, Placement, Teacher
from ..policies import Policies
from ..querysets import in_force
from ..rules.reminders import ABOVE, LAST_DAY, NEXT, Ladder, Step, goes_up
from .finding import Falls

COMING, LAST, LATE, UP, STAND_IN = "coming", "last_day", "late", "up", "stand_in"
READERS = (
    (OF_ABSENCE, READ_ABSENCE, Permission.READ_ABSENCE),
    (OF_SUPPORT, READ_LEVELS, Permission.READ_LEVELS),
    (OF_APPEAL, READ_APPEAL, Permission.READ_APPEAL),
)
APPOINTED = frozenset(each.value for each in Appointment.Kind)


class Whom(NamedTuple):
    """One person who hears of a step, how it is put to them, and for which organisation they act."""

    user_id: UUID
    put: str
    organisation_id: UUID | None


class Side(NamedTuple):
    """Where a case is today: the school (the lead school, where there are several, R20) and since when, the body."""

    school_id: UUID | None = None
    since: date = date.max
    body_id: UUID | None = None
    officer_id: UUID | None = None


def needs(kind: str) -> Permission:
    """What somebody must be permitted to be told of a deadline of this kind (R79)."""
    return next((needed for kinds, _, needed in READERS if kind in kinds), Permission.READ_CASE)


def may_know(kind: str, role: str) -> bool:
    """Whether a role may be told of a deadline of this kind (R79)."""
    return all(Role(role) in readers for kinds, readers, _ in READERS if kind in kinds)


def is_private(each: Falls) -> bool:
    """What the ECT alone decides, and nobody does in their place: to appeal."""
    return each.owner == Role.ECT and each.kind in OF_APPEAL


def can_be_reached(prefix: str = "") -> Q:
    """Users to whom a message can be sent: who may sign in and have an address."""
    return Q(**{f"{prefix}is_active": True}) & ~Q(**{f"{prefix}email": ""})


def sides(cases: Collection[UUID], *, on: date) -> dict[UUID, Side]:
    """Where each of these cases is on a day. Two queries. A school that has let a case go, a body that has handed it
    over, are out of it (R84, R85).
    """
    found: defaultdict[UUID, Side] = defaultdict(Side)
    first: dict[tuple[UUID, UUID], date] = {}
    placed = Placement.objects.filter(induction__in=cases, starts_on__lte=on).order_by("is_lead", "-starts_on", "pk")
    for case, school, starts_on, ends_on in placed.values_list("induction", "school", "starts_on", "ends_on"):
        first[case, school] = min(starts_on, first.get((case, school), starts_on))
        if ends_on is None or ends_on >= on:
            found[case] = Side(school_id=school)
    held = BodyPeriod.objects.filter(in_force("", on=on), induction__in=cases)
    for case, body, officer in held.values_list("induction", "body", "officer"):
        found[case] = found[case]._replace(body_id=body, officer_id=officer)
    return {
        case: side._replace(since=first[case, side.school_id]) if side.school_id else side
        for case, side in found.items()
    }


class Ladders:
    """What the schools and bodies of some cases have set. Two queries."""

    def __init__(self, found: Iterable[Side], *, on: date) -> None:
        told = list(found)
        schools, bodies = {each.school_id for each in told}, {each.body_id for each in told}
        policies = Policies(schools=filter(None, schools), bodies=filter(None, bodies))
        self.of_school = cache(lambda key: _ladder(policies.of_school(key, on), "remind_from", "escalate_after"))
        self.of_body = cache(
            lambda key: _ladder(policies.of_body(key, on), "remind_officers_from", "escalate_officers_after")
        )

    def of(self, owner: str, side: Side) -> Ladder:
        """The ladder of whoever has to meet a deadline; an ECT's is their school's."""
        if owner in OF_BODIES:
            return self.of_body(side.body_id) if side.body_id else Ladder()
        return self.of_school(side.school_id) if side.school_id else Ladder()


def _ladder(values: dict, first: str, up: str) -> Ladder:
    return Ladder(int(values[first]), int(values[up]))


class People:
    """Everybody who may have to be told of something in some cases. Four queries."""

    def __init__(self, found: dict[UUID, Side], *, on: date) -> None:
        self._sides = found
        self._appointed: dict[tuple[UUID, UUID, str], UUID] = {}
        self._members: defaultdict[tuple[UUID, str], list[UUID]] = defaultdict(list)
        held = Appointment.objects.filter(in_force("", on=on), induction__in=found)
        for case, school, kind, user in held.values_list("induction", "school", "kind", "user"):
            self._appointed[case, school, kind] = user
        places = {key for side in found.values() for key in (side.school_id, side.body_id) if key}
        members = Membership.objects.filter(can_be_reached("user__"), organisation__in=places).current(on=on)
        for place, role, user in members.order_by("user").values_list("organisation", "role", "user"):
            self._members[place, role].append(user)
        ects = Teacher.objects.filter(can_be_reached("user__"), induction__in=found, user__is_ect=True)
        self._ects = dict(ects.values_list("induction", "user"))
        known = set(self._ects.values()).union(*self._members.values())
        self._refused = without_address(known)

    def holding(self, case: UUID, role: str) -> list[UUID]:
        """Who holds a role in a case and can be reached: by appointment, as the named officer, or as a member."""
        side = self._sides[case]
        if role == Role.ECT:
            return [self._ects[case]] if case in self._ects else []
        place = side.body_id if role in OF_BODIES else side.school_id
        if place is None:
            return []
        if role in APPOINTED:
            return self._if_still_there(place, role, self._appointed.get((case, place, role)))
        if role == Role.BODY_OFFICER:
            return self._if_still_there(place, role, side.officer_id)
        return self._members[place, role]

    def hear(self, users: Iterable[UUID]) -> bool:
        """Whether mail reaches one of these; the others find it in the portal alone."""
        return not self._refused.issuperset(users)

    def _if_still_there(self, place: UUID, role: str, user: UUID | None) -> list[UUID]:
        """Somebody who was named and has left the organisation, or holds no such role there, reaches no case."""
        there = (user in self._members[place, held] for held, owns in OWNS.items() if role in owns)
        return [user] if user and any(there) else []

    def place(self, case: UUID, role: str) -> UUID | None:
        """For which organisation somebody in a role acts in a case; for an ECT, who looks after their mail."""
        side = self._sides[case]
        if role == Role.ECT:
            return side.school_id or side.body_id
        return side.body_id if role in OF_BODIES else side.school_id


def whom(each: Falls, step: Step, ladder: Ladder, people: People) -> list[Whom]:
    """Everybody who hears of a step, each once: who has to meet it; where nobody who has to can be reached, or their
    address is refused, the next who is responsible; and when it is late, who is above.
    """
    found: dict[UUID, Whom] = {}
    followers = () if is_private(each) else NEXT.get(each.owner, ())
    for role in (each.owner, *(role for role in followers if may_know(each.kind, role))):
        if holders := people.holding(each.case_id, role):
            put = _put(step) if role == each.owner else STAND_IN
            for user in holders:
                found.setdefault(user, Whom(user, put, people.place(each.case_id, role)))
            if people.hear(holders):
                break
    above = ABOVE.get(each.owner)
    if above and goes_up(step, ladder) and not is_private(each) and may_know(each.kind, above):
        for user in people.holding(each.case_id, above):
            found.setdefault(user, Whom(user, UP, people.place(each.case_id, above)))
    return list(found.values())


def _put(step: Step) -> str:
    if step.number == LAST_DAY:
        return LAST
    return LATE if step.number > LAST_DAY else COMING
