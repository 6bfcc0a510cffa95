"""Replays the story through the actions, in the order of its days."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cases.actions import open_school
from induction_portal.accounts.actions import add_organisation, add_user, grant_membership, invite
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from induction_portal.audit.checking import begin_check, go_on

from . import (
    absences,
    appeals,
    chases,
    confirmations,
    decisions,
    following,
    inputs,
    interim,
    levels,
    mail,
    moves,
    national,
    notices,
    observations,
    plan_papers,
    plans,
    quality,
    registrations,
    reminders,
    replay_assessments,
    replay_calendars,
    replay_cases,
    replay_policies,
    replay_reviews,
    statutory,
    timetables,
    windows,
)
from .days import Days
from .history import past_invitations, past_messages
from .people import HEADS, INVITED, OPERATOR, PEOPLE, PLACES, PORTAL, Invited, Person, Place
from .story import ECTS
from .world import World

LOADER = System("seed_demo")


class Step(NamedTuple):
    """Something that happens on a day."""

    on: date
    happens: Callable[[date], None]


def replay(today: date) -> World:
    """Make everything happen that the story tells up to a day. Must run in one transaction, on an empty database."""
    world = World(Days(today))
    told = [
        Step(*step) for ect in ECTS for step in (*replay_cases.steps(world, ect), *replay_reviews.steps(world, ect))
    ]
    told += [Step(*step) for ect in ECTS for step in absences.steps(world, ect)]
    told += [Step(*step) for ect in ECTS for step in replay_assessments.steps(world, ect)]
    told += [Step(*step) for ect in ECTS for step in interim.steps(world, ect)]
    told += [Step(*step) for ect in ECTS for step in decisions.steps(world, ect)]
    told += [Step(*step) for ect in ECTS for step in notices.steps(world, ect)]
    told += [Step(*step) for ect in ECTS for step in observations.steps(world, ect)]
    told += [Step(*step) for ect in ECTS for step in inputs.steps(world, ect)]
    told += [Step(*step) for step in (*replay_calendars.steps(world), *windows.steps(world))]
    told += [Step(*step) for step in (*registrations.steps(world), *confirmations.steps(world))]
    told += [Step(*step) for step in (*timetables.steps(world), *statutory.steps(world))]
    told += [Step(*step) for step in (*appeals.steps(world), *national.steps(world))]
    told += [Step(*step) for step in (*moves.steps(world), *quality.steps(world), *levels.steps(world))]
    told += [Step(*step) for step in (*plan_papers.steps(world), *plans.steps(world), *following.steps(world))]
    told += [Step(*step) for step in (*chases.steps(world), *mail.steps(world))]
    opening = min(step.on for step in told) - timedelta(days=60)
    for on, happens in sorted([*_opening(world, opening), *told], key=lambda step: step.on):
        if on <= today:
            happens(on)
            past_messages(on=on, today=today)
    replay_calendars.all_reckoned()
    for invited in INVITED:
        _invite(world, invited, today - timedelta(days=invited.days_ago))
    past_invitations()
    reminders.remind(today)
    _check_the_trail()
    return world


def _check_the_trail() -> None:
    """As the worker does each night."""
    check = begin_check()
    while go_on(check.pk):
        pass


def _opening(world: World, day: date) -> Iterator[Step]:
    yield Step(day, lambda on: _operator(world, on))
    for place in PLACES:
        yield Step(day, lambda on, place=place: _place(world, place, on))
    for person in PEOPLE:
        yield Step(day, lambda on, person=person: _person(world, person, on))
    for step in replay_policies.steps(world, day):
        yield Step(*step)


def _operator(world: World, on: date) -> None:
    portal = add_organisation(by=LOADER, on=on, kind=PORTAL.kind, name=PORTAL.name, identifier=PORTAL.identifier)
    user = add_user(by=LOADER, on=on, email=OPERATOR, name="Robin Ashworth", password_hash=world.password_hash)
    grant_membership(by=LOADER, on=on, user=user, organisation=portal, role=Role.OPERATOR)
    world.places[PORTAL.key], world.users[OPERATOR] = portal, user


def _place(world: World, place: Place, on: date) -> None:
    by = world.acting(OPERATOR, PORTAL.key, on)
    organisation = world.places[place.key] = add_organisation(
        by=by, on=on, kind=place.kind, name=place.name, identifier=place.identifier, trust=world.places.get(place.trust)
    )
    if place.kind == organisation.Kind.SCHOOL:
        open_school(by=by, on=on, organisation=organisation, is_relevant_school=place.relevant)


def _person(world: World, person: Person, on: date) -> None:
    by = world.acting(OPERATOR, PORTAL.key, on)
    user = add_user(by=by, on=on, email=person.email, name=person.name, password_hash=world.password_hash)
    world.users[person.email] = user
    for place, role in person.roles:
        grant_membership(by=by, on=on, user=user, organisation=world.places[place], role=role)


def _invite(world: World, invited: Invited, on: date) -> None:
    by = world.acting(HEADS[invited.place], invited.place, on)
    offer = {"role": invited.role, "email": invited.email, "name": invited.name}
    invite(by=by, on=on, organisation=world.places[invited.place], **offer)
