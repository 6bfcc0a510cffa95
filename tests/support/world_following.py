"""Meetings about support, updates and what the body did, of the ECT who climbs; every text of theirs is a canary.

A meeting about Level 4 was held, another is arranged; the school has sent an update that the body has to read; the
officer spoke to the ECT, observed with the school, noted something that the school does not read, and commented on a
plan.
"""

from datetime import timedelta

from cases.models import Induction
from cases.rules.following import Did, Done, Minutes, must_meet
from cases.rules.statuses import SupportLevel
from support_plans import actions
from support_plans.actions.updates import name_of, sent_by_level
from support_plans.following import next_update
from support_plans.ladder import every_level
from support_plans.models import Plan
from tests.support.world import SCHOOLS, Canary, Supported, World
from tests.support.world_people import People

KEY, SCHOOL = "climbing", "oak"
ABOUT = SupportLevel.CONCERN
CASE = frozenset(
    {"ect", "mentor", "induction_tutor", "induction_lead", "headteacher", "body_officer", "body_admin"}
)  # fmt: skip
HEARD = {True: CASE, False: frozenset({"ect", "body_officer", "body_admin"})}
JOINT = CASE - {"mentor"}


def follow(world: World, people: People) -> None:
    """Everything, in the order in which it happens."""
    _meet(world, people)
    _update(world, people)
    _answer(world, people)
    _record(world, people, Did.ECT, shared=True, how="call", clear=True, content=False)
    _record(world, people, Did.JOINT, shared=True, with_whom="The induction tutor", agreed=True)
    _record(world, people, Did.NOTE, shared=False)


def _meet(world: World, people: People) -> None:
    tutor, officer = people.acting(f"induction_tutor@{SCHOOL}"), people.acting(f"body_officer@{SCHOOLS[SCHOOL]}")
    texts = {name: _canary(world, name) for name in ("outline", "outcome", "others")}
    minutes = Minutes(world.today, must_meet(ABOUT), **texts)
    given = {"on": world.today, "induction": _induction(world), "about": ABOUT}
    held = actions.note_meeting(by=tutor, minutes=minutes, **given)
    actions.add_to_meeting(by=people.acting(f"ect@{KEY}"), on=world.today, meeting=held, text=_canary(world, "added"))
    off = actions.arrange_meeting(by=officer, meets_on=world.today + timedelta(days=5), where="Room 2", **given)
    actions.call_off_meeting(by=officer, on=world.today, meeting=off, reason=_canary(world, "off"), version=off.version)
    where = _canary(world, "where")
    to_come = actions.arrange_meeting(by=officer, meets_on=world.today + timedelta(days=9), where=where, **given)
    for key, row in {"held": held, "to_come": to_come}.items():
        world.plan_meetings[key] = Supported(key, row.pk, KEY, SCHOOL, SCHOOLS[SCHOOL], hears=CASE)


def _update(world: World, people: People) -> None:
    """The one that comes next; nobody of the body has read it."""
    induction = _induction(world)
    found = next_update(every_level(induction), sent_by_level(induction), world.today)
    assert found
    texts = {name: _canary(world, name.replace("_", "")) for name in ("progress", "next_steps")}
    given = {"on": world.today, "induction": induction, "due": name_of(found[0], found[1].number)}
    row = actions.send_update(by=people.acting(f"induction_tutor@{SCHOOL}"), **given, **texts)
    world.body_updates[KEY] = Supported(KEY, row.pk, KEY, SCHOOL, SCHOOLS[SCHOOL], hears=CASE)


def _answer(world: World, people: People) -> None:
    """The plan of another ECT is commented on."""
    plan = Plan.objects.get(pk=world.plans["planned"].id)
    by, text = people.acting(f"body_officer@{SCHOOLS[SCHOOL]}"), "zqfollowanswerzq"
    actions.answer_plan(by=by, on=world.today, plan=plan, approves=False, text=text)
    world.canaries.append(Canary(text, "plan", "planned"))


def _record(world: World, people: People, did: Did, *, shared: bool, **told: object) -> None:
    place = f"body{did}"
    hears = JOINT if did is Did.JOINT else HEARD[shared]
    text = f"zqfollow{place}zq"
    done = Done(did, world.today, text, shared, **told)  # type: ignore[arg-type]
    by = people.acting(f"body_officer@{SCHOOLS[SCHOOL]}")
    row = actions.record_body_part(by=by, on=world.today, induction=_induction(world), done=done)
    world.body_records[did] = Supported(did, row.pk, KEY, SCHOOL, SCHOOLS[SCHOOL], hears=hears)
    world.canaries.append(Canary(text, "body_record", did))


def _induction(world: World) -> Induction:
    return Induction.objects.get(pk=world.cases[KEY].id)


def _canary(world: World, place: str) -> str:
    text = f"zqfollow{place}zq"
    world.canaries.append(Canary(text, "level", KEY))
    return text
