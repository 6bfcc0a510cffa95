"""What the body of the world makes of registrations: one joins a case at a second school, one is returned, one refused.

The ECT "joined" began at Oakfield part-way through induction, and Elmbridge joined a month ago: Elmbridge's people may
know their own placement and what came after, nothing of what was before.
"""

from datetime import date, timedelta

from cases.actions import confirm_prior_service, lead
from cases.actions.confirming import Verified, confirm, refuse, return_
from cases.actions.prior import Balance
from cases.actions.registering import send
from cases.models import Induction
from cases.models import Registration as Row
from cases.rules.confirming import BodyKind
from tests.support.world import Canary, Registration, World
from tests.support.world_people import People
from tests.support.world_registrations import report_for

JOINED = timedelta(days=30)


def join(world: World, people: People, induction: Induction) -> None:
    """Elmbridge registers Oakfield's ECT as well, and the body of both confirms it and lets Elmbridge lead."""
    officer = people.acting("body_officer@north", world.today - 2 * JOINED)
    balance = Balance(1, 2, 3, "zqsourcejoinedzq")
    confirm_prior_service(by=officer, on=officer.on, induction=induction, version=None, balance=balance)
    teacher, since = induction.teacher, world.today - JOINED
    said = {"trn": teacher.trn, "date_of_birth": teacher.date_of_birth, "qts_on": teacher.qts_on}
    dates = {"starts_on": since, "contract_starts_on": since, "qts_checked_on": since - timedelta(days=10)}
    row = _send(world, people, "joined", since - timedelta(days=9), **said, **dates)
    officer = people.acting("body_officer@north", since - timedelta(days=5))
    answer = confirm(by=officer, on=officer.on, registration=row, version=1, verified=_verified(people, row))
    lead(by=officer, on=officer.on, placement=answer.placement)
    world.canaries.append(Canary("zqsourcejoinedzq", "earlier", "joined"))
    world.registrations["joined"] = Registration("joined", row.pk, "elm", "north")


def decline(world: World, people: People) -> None:
    """Two that do not wait any more: why, both sides read."""
    officer = people.acting("body_officer@north")
    for key, action in (("returned", return_), ("refused", refuse)):
        row = _send(world, people, key, world.today)
        action(by=officer, on=world.today, registration=row, version=1, reason=f"zqreason{key}zq")
        world.registrations[key] = Registration(key, row.pk, "elm", "north")
        world.canaries.append(Canary(f"zqreason{key}zq", "registration", key))


def _send(world: World, people: People, key: str, on: date, **said: object) -> Row:
    by = people.acting("school_admin@elm", on)
    report = report_for(world, people, key, "elm", **said)
    return send(by=by, on=on, school=by.organisation, report=report)


def _verified(people: People, row: Row) -> Verified:
    return Verified(
        qts_on=row.qts_on,
        starts_on=row.starts_on,
        post_is_suitable=True,
        acts_as=BodyKind.HUB,
        recommended_qts=False,
        employs_ect=False,
        officer=people.users["body_officer@north"],
        contact=people.users["body_contact@north"],
    )
