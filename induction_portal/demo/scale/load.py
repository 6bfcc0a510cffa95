"""Loads a portal of a given size: organisations and people, cases in batches, then every date by the rules."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from time import perf_counter

from django.contrib.auth.hashers import make_password
from django.db import transaction

from cases.reckon import reckon_batch
from induction_portal.accounts.permissions import Role
from induction_portal.documents.models import StoredBytes
from induction_portal.documents.pdf import render_pdf

from . import registrations
from .copying import Spool
from .places import Founder, Person, Place, Told
from .reviews import Case, ReviewWriter
from .story import YEARS_BACK, Teller
from .trail import Happening, Trail
from .writing import CaseWriter

BATCH = 2_000
SCHOOLS_AT_ONCE = 1_000
REGISTRATIONS = 0.01
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each, and the seed from which the rest follows."""

    bodies: int
    schools: int
    ects: int
    seed: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was made: rows by model, how long it took in seconds, and somebody to sign in as for each role."""

    rows: dict[str, int]
    writing: float
    reckoning: float
    people: dict[Role, tuple[Person, Place | None]]


class Loader:
    """One loading into an empty portal, as of a moment."""

    def __init__(self, size: Size, now: datetime, password: str, tell: Tell) -> None:
        self._size, self._now, self._today, self._tell = size, now, now.date(), tell
        self._random = Random(size.seed)
        self._spool = Spool()
        self._trail = Trail(self._spool, now)
        opened = date(self._today.year - YEARS_BACK - 1, 9, 1)
        self._founder = Founder(self._spool, self._trail, self._random, make_password(password), opened)

    def load(self, register: Sequence[Told]) -> Loaded:
        """Everything: the rows in one transaction, then the dates a batch at a time, as the worker reckons them."""
        started = perf_counter()
        with transaction.atomic():
            operator = self._founder.operator()
            schools = self._schools(register)
            busiest = self._cases(schools)
            self._trail.finish()
        written = perf_counter()
        self._reckon()
        people = _somebody_for_each_role(operator, *busiest)
        return Loaded(self._spool.copied, written - started, perf_counter() - written, people)

    def _send(self) -> None:
        self._trail.send()
        self._spool.send()

    def _schools(self, register: Sequence[Told]) -> list[Place]:
        self._founder.also = self._registrations
        bodies, schools = self._founder.bodies(self._size.bodies), []
        for school in self._founder.schools(self._size.schools, bodies, register):
            schools.append(school)
            if len(schools) % SCHOOLS_AT_ONCE == 0:
                self._send()
        self._send()
        self._tell(f"{len(bodies)} bodies and {len(schools)} schools, with their people")
        return schools

    def _registrations(self, school: Place) -> Iterable[Happening]:
        if self._random.random() < REGISTRATIONS * self._size.ects / self._size.schools:
            number = int(school.identifier)
            yield registrations.sent(self._spool, self._random, school, number=number, today=self._today)

    def _cases(self, schools: Sequence[Place]) -> tuple[Place, Case]:
        """The school with the most ECTs, and one of them."""
        teller = Teller(self._random, self._today, schools)
        writer = CaseWriter(self._spool, self._trail, self._random, self._founder, teller)
        reviews = ReviewWriter(self._spool, self._random, teller, self._now, self._document())
        counts: dict[int, int] = {}
        some: dict[int, Case] = {}
        left = self._size.ects
        while left:
            for story in teller.stories(min(BATCH, left)):
                case = writer.write(story, reviews, today=self._today, at=self._now)
                place = id(story.stays[-1].school)
                counts[place] = counts.get(place, 0) + 1
                some.setdefault(place, case)
                left -= 1
            self._send()
            self._tell(f"{self._size.ects - left} inductions written")
        most = max(schools, key=lambda school: counts.get(id(school), 0))
        return most, some[id(most)]

    def _document(self) -> str:
        """One file that stands for every review's document; its SHA-256."""
        content = render_pdf("pdf/base.html", {"title": "Written by seed_scale", "organisation": "Induction Portal"})
        digest = hashlib.sha256(content).hexdigest()
        self._spool.add(StoredBytes, sha256=digest, content=content)
        return digest

    def _reckon(self) -> None:
        done, said = 0, 0
        while batch := reckon_batch():
            done += batch
            if done - said >= BATCH:
                self._tell(f"{done} inductions reckoned")
                said = done


def _somebody_for_each_role(operator: Place, school: Place, case: Case) -> dict[Role, tuple[Person, Place | None]]:
    """The people of the busiest school, of its body and its trust if it has one, and one of its ECTs."""
    places = [operator, school, school.body, school.trust]
    held = {role: (staff[0], place) for place in places if place for role, staff in place.staff.items()}
    return {role: held[role] for role in Role if role in held} | {Role.ECT: (case.ect, None)}
