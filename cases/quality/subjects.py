"""Whom a visit looks at, and who stands too near to them to do so (R81)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from induction_portal.accounts.models import Membership, Organisation, User

from ..models import BodyPeriod, Induction, QualityPick, QualityRound
from ..querysets import in_force
from ..rules.quality import Tied, check_independent, conflicts
from .population import placed


def picks_at(round_: QualityRound, school: Organisation) -> list[QualityPick]:
    """What was drawn at a school in a round, by the ECT's name; one without an ECT for the school as a whole."""
    found = QualityPick.objects.filter(round=round_, school=school).select_related("induction__teacher")
    return list(found.order_by("induction__teacher__sort_name", "pk"))


def looked_at(round_: QualityRound, school: Organisation, on: date) -> list[Induction]:
    """The ECTs whose induction a visit looks at: those drawn or, where the school was, all whom the body has there."""
    drawn = [pick.induction for pick in picks_at(round_, school) if pick.induction]
    return drawn or by_school(round_.body, on)[school.pk]


def by_school(body: Organisation, on: date) -> defaultdict[UUID, list[Induction]]:
    """All whom a body has on a day, by school and name."""
    found: defaultdict[UUID, list[Induction]] = defaultdict(list)
    here = sorted(placed(body, on).values(), key=lambda each: (each.induction.teacher.sort_name, str(each.pk)))
    for placement in here:
        found[placement.school_id].append(placement.induction)
    return found


def tied(body: Organisation, schools: dict[UUID, list[Induction]], on: date) -> dict[UUID, list[Tied]]:
    """Who stands near to some ECTs, by school: their named contacts, and all who work at the school. Two queries."""
    cases = [induction.pk for found in schools.values() for induction in found]
    periods = BodyPeriod.objects.filter(in_force("", on=on), body=body, induction__in=cases)
    contacts = dict(periods.values_list("induction", "contact"))
    staff: defaultdict[UUID, set[str]] = defaultdict(set)
    held = Membership.objects.current(on=on).filter(organisation__in=schools)
    for school_id, user_id in held.values_list("organisation", "user"):
        staff[school_id].add(str(user_id))
    return {
        school_id: [Tied(each.teacher.name, _key(contacts.get(each.pk)), frozenset(staff[school_id])) for each in found]
        or [Tied("an ECT there", None, frozenset(staff[school_id]))]
        for school_id, found in schools.items()
    }


def _key(contact: UUID | None) -> str | None:
    return str(contact) if contact else None


def check_officers(
    officers: Iterable[User | None], round_: QualityRound, school: Organisation, on: date, field: str | None = None
) -> None:
    """R81: raises RuleBroken where one of these may not look at whom a visit looks at."""
    near = tied(round_.body, {school.pk: looked_at(round_, school, on)}, on)[school.pk]
    check_independent({str(user.pk): user.name for user in officers if user}, near, field)


def kept_out(user: User, near: list[Tied]) -> str:
    """Why this person may not look at a school, in a sentence; empty where they may."""
    return next(iter(conflicts(str(user.pk), near)), "")
