"""The registrations of the world: sent, sent again and withdrawn by the schools, through the actions."""

from datetime import date, timedelta

from cases.actions.registering import change, send, withdraw
from cases.models import Registration as Row
from cases.rules.eligibility import FirstTarget, Report
from cases.rules.suitable_post import PostCheck
from induction_portal.govuk.words import day
from tests.support.world import SCHOOLS, Canary, Registration, World
from tests.support.world_people import People

TRNS = {"oak": "6000001", "elm": "6000002", "harbour": "6000003", "gone": "6000004"}
TRNS |= {"returned": "6000005", "refused": "6000006", "joined": "6000007"}


def register_some(world: World, people: People) -> None:
    """One that waits at every school, changed once at Oakfield, and one that Elmbridge withdrew."""
    for school in SCHOOLS:
        _known(world, school, school, _send(world, people, school, school))
    by = people.acting("headteacher@oak")
    waiting = Row.objects.get(pk=world.registrations["oak"].id)
    report = report_for(world, people, "oak", "oak", mentor_subject="Zqsubjectoak")
    change(by=by, on=world.today, registration=waiting, version=1, report=report)
    gone = _send(world, people, "gone", "elm")
    withdraw(by=people.acting("school_admin@elm"), on=world.today, registration=gone, version=1)
    _known(world, "gone", "elm", gone)


def _send(world: World, people: People, key: str, school: str) -> Row:
    by = people.acting(f"school_admin@{school}")
    report = report_for(world, people, key, school)
    return send(by=by, on=world.today, school=by.organisation, report=report)


def report_for(world: World, people: People, key: str, school: str, **changes: object) -> Report:
    """What a school says of a teacher of its own."""
    starts_on, told = world.today + timedelta(days=30), world.today - timedelta(days=3)
    facts = {
        "body_id": world.places[SCHOOLS[school]],
        "trn": TRNS[key],
        "name": f"Zqreg{key} Newcomer",
        "date_of_birth": date(1999, 3, 3 + list(TRNS).index(key)),
        "email": f"zqreg{key}@personal.example",
        "qts_on": told,
        "qts_checked_on": told,
        "qts_checked_by": "Sam Office",
        "induction_status": "required_to_complete",
        "route": "school_led",
        "contract_starts_on": starts_on,
        "starts_on": starts_on,
        "post_checks": tuple(PostCheck),
        "tutor_id": people.users[f"induction_tutor@{school}"].pk,
        "tutor_has_qts": True,
        "tutor_minutes_a_week": 60,
        "mentor_id": people.users[f"mentor@{school}"].pk,
        "mentor_has_qts": True,
        "mentor_minutes_a_week": 60,
        "targets": (FirstTarget(f"zqfirsttarget{key}zq", "TS7"),),
    }
    return Report(**facts | changes)


def _known(world: World, key: str, school: str, row: Row) -> None:
    told = Registration(key, row.pk, school, SCHOOLS[school])
    world.registrations[key] = told
    for text in (f"Zqreg{key}", row.trn, row.email, f"zqfirsttarget{key}zq"):
        world.canaries.append(Canary(text, "registration", key))
    world.canaries.append(Canary(day(row.date_of_birth), "registration", key))
