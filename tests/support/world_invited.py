"""Who is invited in the world, which roles and people its managers may deal with, and an ECT's own address."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from cases.actions import invite_ect_at
from cases.models import Induction
from induction_portal.accounts.actions import (
    accept_invitation,
    give_personal_email,
    invite,
    resend,
    verify_personal_email,
    withdraw,
)
from induction_portal.accounts.models import Invitation, PersonalEmail
from induction_portal.accounts.permissions import Role
from tests.support.world import Canary, Kept, World
from tests.support.world_people import People

MANAGERS = {"oak": "headteacher", "harbour": "headteacher", "north": "body_admin"}
DEALT_WITH = {"oak": "governor", "harbour": "governor", "north": "body_contact"}


def invite_people(world: World, people: People) -> None:
    """One of each, for a school of each body and for a body. The caller holds the transaction."""
    for place, manager in MANAGERS.items():
        role = DEALT_WITH[place]
        invited = _invite(world, people, place, f"{manager}@{place}", Role(role), "waiting")
        world.invitations[f"invited@{place}"] = Kept(f"invited@{place}", invited.pk, place)
        user = people.users[f"{role}@{place}"]
        membership = user.memberships.get()
        world.members[f"member@{place}"] = Kept(f"member@{place}", membership.pk, place)
        world.persons[f"person@{place}"] = Kept(f"person@{place}", user.pk, place)
    _answered(world, people)
    _addresses(world, people)


def _invite(world: World, people: People, place: str, manager: str, role: Role, name: str) -> Invitation:
    text = f"Zq{place.title()}{name.title()}"
    world.canaries.append(Canary(text, "invitation", f"invited@{place}"))
    by, email = people.acting(manager), f"{text.lower()}@school.example"
    on = world.today - timedelta(days=3)
    return invite(by=by, on=on, organisation=by.organisation, role=role, email=email, name=text)


def _answered(world: World, people: People) -> None:
    """Sent again, withdrawn, accepted."""
    north = people.acting("body_admin@north")
    sent = _invite(world, people, "north", "body_admin@north", Role.BODY_OFFICER, "again")
    resend(by=north, on=world.today, invitation_id=sent.pk)
    taken_back = _invite(world, people, "north", "body_admin@north", Role.BODY_OFFICER, "back")
    withdraw(by=north, on=world.today, invitation_id=taken_back.pk)
    by = people.acting("body_admin@south")
    accepted = invite(
        by=by, on=world.today, organisation=by.organisation, role=Role.BODY_CONTACT, email="new@south.example", name="N"
    )
    password_hash = make_password("portal-of-tests")
    accept_invitation(on=world.today, invitation_id=accepted.pk, name="New at South", password_hash=password_hash)


def _addresses(world: World, people: People) -> None:
    """One ECT has confirmed a personal address, one has given one."""
    for key in ("oak", "elm"):
        text = f"zqprivate{key}"
        world.canaries.append(Canary(text, "personal", f"ect@{key}"))
        give_personal_email(by=people.acting(f"ect@{key}"), on=world.today, email=f"{text}@home.example")
    oak = PersonalEmail.objects.get(user=people.users["ect@oak"])
    verify_personal_email(on=world.today, address_id=oak.pk)


def invite_to_record(world: World, people: People, induction: Induction, school: str) -> None:
    """An ECT's invitation at an address that only who may invite them reads."""
    by, text = people.acting(f"headteacher@{school}"), "zqownaccess"
    world.canaries.append(Canary(text, "own_access", "invited"))
    invite_ect_at(by=by, on=world.today, induction_id=induction.pk, email=f"{text}@home.example")
