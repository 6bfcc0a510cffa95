"""Bodies, schools and trusts, and who works there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple
from uuid import UUID

from cases.models import School
from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain

from . import names
from .copying import Spool
from .trail import Actor, Happening, Trail

OFFICERS, MENTORS, SCHOOLS_OF_A_TRUST, FIRST_URN = 6, 2, 20, 100_000
RELEVANT = 0.85


class Person(NamedTuple):
    """Somebody with a sign-in."""

    user_id: UUID
    name: str
    email: str


@dataclass(eq=False, slots=True)
class Place:
    """An organisation and its people, by role."""

    id: UUID
    kind: str
    name: str
    identifier: str
    body: "Place | None" = None
    trust: "Place | None" = None
    staff: dict[Role, list[Person]] = field(default_factory=dict)

    @property
    def works_with(self) -> "Place":
        """The body of a school. Raises LookupError for any other place."""
        if self.body is None:
            raise LookupError(self.kind)
        return self.body

    def first(self, role: Role) -> Person:
        """The longest-serving person in a role."""
        return self.staff[role][0]

    def actor(self, role: Role, person: Person | None = None) -> Actor:
        """Somebody of this place, acting for it."""
        return Actor((person or self.first(role)).user_id, role.value, self.id)


class Told(NamedTuple):
    """What a register says of a school."""

    urn: str
    name: str
    local_authority: str


def new_id(random: Random) -> UUID:
    """A random key, the same for the same seed."""
    return UUID(int=random.getrandbits(128), version=4)


class Founder:
    """Makes organisations with their people, and writes them."""

    def __init__(self, spool: Spool, trail: Trail, random: Random, password_hash: str, opened: date) -> None:
        self._spool, self._trail, self._random = spool, trail, random
        self._password_hash, self._opened = password_hash, opened
        self.also: Callable[[Place], Iterable[Happening]] = lambda school: ()  # what else a school has done

    def operator(self) -> Place:
        """The installation's own organisation."""
        place = Place(new_id(self._random), "operator", "Induction Portal", "portal")
        return self._found(place, {Role.OPERATOR: 1}, "portal.example")

    def bodies(self, count: int) -> list[Place]:
        """Appropriate bodies."""
        staff = {Role.BODY_OFFICER: OFFICERS, Role.BODY_CONTACT: 1, Role.BODY_ADMIN: 1}
        made = []
        for number in range(1, count + 1):
            name = f"{names.place(self._random)} Teaching School Hub"
            place = Place(new_id(self._random), "body", name, f"AB{number:03}")
            made.append(self._found(place, staff, f"body{number}.example"))
        return made

    def schools(self, count: int, bodies: Sequence[Place], register: Sequence[Told]) -> Iterator[Place]:
        """Schools by the register's names, then by made-up ones; each with the body that it works with."""
        staff = {
            Role.HEADTEACHER: 1, Role.INDUCTION_TUTOR: 1, Role.MENTOR: MENTORS, Role.SCHOOL_ADMIN: 1, Role.GOVERNOR: 1,
        }  # fmt: skip
        taken = {told.urn for told in register}
        unused = (str(urn) for urn in range(FIRST_URN, 1_000_000) if str(urn) not in taken)
        trust: Place | None = None
        for number in range(count):
            if number % (3 * SCHOOLS_OF_A_TRUST) == 0:
                trust = self._trust(number)
            told = register[number] if number < len(register) else Told(next(unused), names.school(self._random), "")
            body = bodies[number % len(bodies)]
            in_trust = trust if number % (3 * SCHOOLS_OF_A_TRUST) < SCHOOLS_OF_A_TRUST else None
            school = Place(new_id(self._random), "school", told.name, told.urn, body, in_trust)
            yield self._found(school, staff, f"u{told.urn}.example", told=told)

    def _trust(self, number: int) -> Place:
        name = f"{names.place(self._random)} Learning Trust"
        place = Place(new_id(self._random), "trust", name, f"T{number:05}")
        return self._found(place, {Role.TRUST_OFFICER: 1}, f"trust{number}.example")

    def _found(self, place: Place, staff: dict[Role, int], domain: str, *, told: Told | None = None) -> Place:
        facts = {"kind": place.kind, "name": place.name, "identifier": place.identifier}
        self._spool.add(Organisation, id=place.id, trust_id=place.trust and place.trust.id, **facts)
        created = Happening(self._opened, Event.ORGANISATION_CREATED, "accounts.organisation", place.id, after=facts)
        self._trail.installation(created)
        told_here = [self._employ(place, role, n, domain) for role, count in staff.items() for n in range(count)]
        if told:
            told_here += [self._open(place, told), *self.also(place)]
        self._trail.chain(organisation_chain(place.id), told_here)
        return place

    def _employ(self, place: Place, role: Role, number: int, domain: str) -> Happening:
        email = f"{role.value.replace('_', '-')}{number + 1}@{domain}"
        person = self.person(names.person(self._random), email)
        place.staff.setdefault(role, []).append(person)
        held = {"user_id": person.user_id, "organisation_id": place.id, "role": role.value, "starts_on": self._opened}
        key = new_id(self._random)
        self._spool.add(Membership, id=key, **held)
        return Happening(self._opened, Event.MEMBERSHIP_GRANTED, "accounts.membership", key, after=held)

    def person(self, name: str, email: str, *, is_ect: bool = False) -> Person:
        """Somebody's sign-in."""
        person = Person(new_id(self._random), name, email)
        self._spool.add(User, id=person.user_id, email=email, name=name, password=self._password_hash, is_ect=is_ect)
        after = {"id": person.user_id}
        self._trail.installation(
            Happening(self._opened, Event.USER_CREATED, "accounts.user", person.user_id, after=after)
        )
        return person

    def _open(self, place: Place, told: Told) -> Happening:
        relevant = self._random.random() < RELEVANT
        facts = {"local_authority": told.local_authority, "is_relevant_school": relevant}
        self._spool.add(School, organisation_id=place.id, **facts)
        return Happening(self._opened, Event.SCHOOL_OPENED, "accounts.organisation", place.id, after=facts)
