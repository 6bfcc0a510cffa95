"""A school registers an early career teacher with an appropriate body: sends, changes, withdraws (R2, R12).

Nothing here touches a teacher, an induction or a placement: whatever is known of the teacher already, the school gets
the same answer.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record, snapshot

from .. import tell_registrations as tell
from ..calendars import Calendars
from ..matching import could_not_match
from ..models import InitialTarget, Registration, School
from ..models.people import fold
from ..models.placements import DAYS
from ..models.registrations import OPEN
from ..querysets import in_force
from ..rules.eligibility import Report, objections
from ..rules.errors import RuleBroken
from ..rules.reviews import Objection

TUTORS = frozenset({Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD})
MENTORS = frozenset({Role.MENTOR})


class Stopped(RuleBroken):
    """Several rules were broken at once; the first gives the message."""

    def __init__(self, found: list[Objection]) -> None:
        super().__init__(found[0].message, found[0].field)
        self.objections = found


class Overtaken(Exception):  # noqa: N818 - nothing is wrong: somebody else was first
    """A registration was changed or decided while somebody was changing it."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(f"{registration} has moved on")
        self.registration = registration


def what_stops(report: Report, *, school: Organisation, on: date) -> list[Objection]:
    """Every objection to what a school reports, in the order in which it is asked; reads, and writes nothing."""
    known = School.objects.filter(pk=school.pk).values_list("special_measures_from", flat=True).first()
    people = dict(User.objects.filter(pk__in=[report.tutor_id, report.mentor_id]).values_list("pk", "email"))
    found = objections(
        report,
        on=on,
        known_special_measures_from=known,
        calendar=Calendars({school.pk} if report.is_supply else ()).of(school.pk, first=report.starts_on, today=on),
        names_the_ect=report.email.casefold() in {email.casefold() for email in people.values()},
    )
    wanted = [("tutor", report.tutor_id, TUTORS), ("mentor", report.mentor_id, MENTORS)]
    for name, user_id, roles in wanted:
        if not _holds(user_id, roles, school, max(on, report.starts_on)):
            found.append(Objection(name, f"Select a {name} who has that role at your school when induction starts"))
    if not Organisation.objects.filter(pk=report.body_id, kind=Organisation.Kind.BODY).exists():
        found.append(Objection("body", "Select the appropriate body from the list"))
    return found


def _holds(user_id: UUID, roles: Iterable[Role], school: Organisation, on: date) -> bool:
    held = Membership.objects.filter(in_force("", on=on), organisation=school, user=user_id, role__in=roles)
    return held.exists()


@action
def send(*, by: Viewer, on: date, school: Organisation, report: Report) -> Registration:
    """Send a registration to the body that the school names.

    Raises Stopped with every rule it breaks, and RuleBroken when this school has the same teacher with a body already.
    """
    Organisation.objects.select_for_update().get(pk=school.pk)
    _stop(report, school, on)
    if Registration.objects.filter(school=school, trn=report.trn, state__in=OPEN).exists():
        raise RuleBroken(
            "Your school has registered a teacher with this reference number, and the appropriate body has not decided "
            "yet. Change that registration instead",
            "trn",
        )
    registration = Registration(school=school)
    _write(registration, by, on, report)
    record(by, Event.REGISTRATION_SENT, registration, chain=_chain(registration), on=on, after=told_by(registration))
    tell.sent(registration)
    return registration


@action
def change(*, by: Viewer, on: date, registration: Registration, version: int, report: Report) -> Registration:
    """Send a registration again with what is different, as its next version; `version` is the one its author saw.

    Raises Overtaken when it was changed or decided since, Stopped with every rule that what is said now breaks.
    """
    registration = locked(registration.pk)
    if registration.version != version or not registration.is_open:
        raise Overtaken(registration)
    _stop(report, registration.school, on)
    others = Registration.objects.filter(school=registration.school_id, trn=report.trn, state__in=OPEN)
    if others.exclude(pk=registration.pk).exists():
        raise RuleBroken("Your school has another registration with this reference number", "trn")
    if report.body_id != registration.body_id:
        raise RuleBroken("To name another appropriate body, withdraw this registration and send a new one", "body")
    before = told_by(registration)
    registration.version, registration.state = registration.version + 1, Registration.State.SENT
    _write(registration, by, on, report)
    after = told_by(registration)
    record(by, Event.REGISTRATION_CHANGED, registration, chain=_chain(registration), on=on, before=before, after=after)
    tell.changed(registration)
    return registration


@action
def withdraw(*, by: Viewer, on: date, registration: Registration, version: int) -> Registration:
    """Take a registration back before the body has decided. Raises Overtaken when it was changed or decided since."""
    registration = locked(registration.pk)
    if registration.version != version or not registration.is_open:
        raise Overtaken(registration)
    before = {"state": registration.state}
    registration.state = Registration.State.WITHDRAWN
    registration.save(update_fields=["state"])
    chain, after = _chain(registration), {"state": registration.state}
    record(by, Event.REGISTRATION_WITHDRAWN, registration, chain=chain, on=on, before=before, after=after)
    tell.withdrawn(registration)
    return registration


def locked(registration_id: UUID) -> Registration:
    """A registration, after its school and it were locked: the first step of whoever changes or decides it."""
    school = Registration.objects.values_list("school", flat=True).get(pk=registration_id)
    Organisation.objects.select_for_update().get(pk=school)
    return Registration.objects.select_for_update(of=["self"]).select_related("school", "body").get(pk=registration_id)


def told_by(registration: Registration) -> dict[str, Any]:
    """All that a registration says, with its first targets, as the trail keeps it."""
    targets = [{"text": target.text, "standard": target.standard} for target in registration.targets.all()]
    return (snapshot(registration) or {}) | {"targets": targets}


def _chain(registration: Registration) -> str:
    return organisation_chain(registration.school_id)


def _stop(report: Report, school: Organisation, on: date) -> None:
    if found := what_stops(report, school=school, on=on):
        raise Stopped(found)


def _write(registration: Registration, by: Viewer, on: date, report: Report) -> None:
    told = asdict(report)
    targets, days = told.pop("targets"), told.pop("days")
    for name, value in told.items():
        setattr(registration, name, value)
    for day in DAYS:
        setattr(registration, day, days.get(day))
    registration.post_checks = sorted(report.post_checks)
    registration.sort_name = fold(report.name)
    registration.unmatched = could_not_match(trn=report.trn, name=report.name, date_of_birth=report.date_of_birth)
    registration.reported_by, registration.reported_on = by.user, on
    registration.save()
    registration.targets.all().delete()
    InitialTarget.objects.bulk_create(
        InitialTarget(registration=registration, position=position, **target)
        for position, target in enumerate(targets, 1)
    )
