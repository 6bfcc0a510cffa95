"""What happens in a case: registered, accepted, appointed, changed, left, handed over."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from cases.actions import (
    accept,
    agree,
    appoint,
    end_placement,
    hand_over,
    link_record,
    query,
    record_done,
    register,
    release,
    set_pattern,
)
from cases.actions.appointments import Terms
from cases.actions.registration import NewPost, NewTeacher
from cases.actions.releasing import Going
from cases.models import Agreement, Appointment, WorkingPattern
from cases.rules.moving import LeavingCause
from induction_portal.accounts.actions import add_user

from .people import CONTACTS, HEADS, OFFICERS, PLACES
from .story import Ect, Mentoring, Pattern, Stay
from .world import World

SCHOOLS = {place.key: place for place in PLACES if place.kind == "school"}
REGISTERED, AGREED, SIGN_IN, APPOINTED = (timedelta(days=days) for days in (42, 28, 14, 7))
SAID = timedelta(days=5)
REPORTED = timedelta(days=115)
QUERIED = timedelta(days=3)  # ago
LEAVING_KNOWN = timedelta(days=40)

MOVED = LeavingCause.MOVED_SCHOOL

Happening = tuple[date, Callable[[date], None]]


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """Everything that happens around one ECT's service, each with its day."""
    for stay in ect.stays:
        start = world.days.on(stay.starts)
        yield start - REGISTERED, partial(_register, world, ect, stay)
        yield start - AGREED, partial(_accept, world, ect, stay)
        yield start + REPORTED, partial(_report_start, world, ect, stay)
        yield start - APPOINTED, partial(_appoint_tutor, world, ect, stay)
        for mentoring in stay.mentors:
            since = world.days.on(mentoring.since) if mentoring.since else start
            yield since - APPOINTED, partial(_appoint_mentor, world, ect, stay, mentoring, since)
        for pattern in stay.patterns[1:]:
            since = world.days.on(pattern.since)
            yield since - APPOINTED, partial(_set_pattern, world, ect, stay, pattern, since)
        for pattern in stay.patterns:
            since = max(world.days.on(pattern.since), start) if pattern.since else start
            if pattern.says:
                yield since + SAID, partial(_agree, world, ect, since)
        if stay.ends:
            yield world.days.on(stay.ends) - LEAVING_KNOWN, partial(_leave, world, ect, stay)
            yield world.days.on(stay.ends), partial(_hand_over, world, ect, stay)
    if ect.email:
        yield world.days.on(ect.stays[0].starts) - SIGN_IN, partial(_give_sign_in, world, ect)
    if ect.query:
        yield world.days.today - QUERIED, partial(_query, world, ect)


def _register(world: World, ect: Ect, stay: Stay, on: date) -> None:
    school = SCHOOLS[stay.school]
    starts_on = world.days.on(stay.starts)
    began = world.days.on(ect.stays[0].starts)
    first = stay.patterns[0]
    induction = register(
        by=world.acting(school.registrar, school.key, on),
        on=on,
        school=world.places[school.key],
        body=world.places[school.body],
        teacher=NewTeacher(ect.trn, ect.name, world.days.born(ect.age, ect.trn), world.days.qualified(began)),
        post=NewPost(starts_on, contract_starts_on=starts_on, fte=Decimal(first.fte), days=first.weights),
    )
    world.inductions[ect.trn] = induction
    world.placements[ect.trn, stay.school] = induction.placements.get(school=world.places[stay.school])


def _accept(world: World, ect: Ect, stay: Stay, on: date) -> None:
    body = SCHOOLS[stay.school].body
    accept(
        by=world.acting(OFFICERS[body], body, on),
        on=on,
        induction=world.inductions[ect.trn],
        body=world.places[body],
        officer=world.users[OFFICERS[body]],
        contact=world.users[CONTACTS[body]],
        starts_on=world.days.on(stay.starts),
    )


def _report_start(world: World, ect: Ect, stay: Stay, on: date) -> None:
    """The body reports the start on its termly return, if the case is still its own and no file told it (D3)."""
    body, induction = SCHOOLS[stay.school].body, world.inductions[ect.trn]
    periods = list(induction.body_periods.all())
    told = induction.handrecords.filter(code="D3", number=len(periods))
    if periods[-1].body == world.places[body] and periods[-1].ends_on is None and not told.exists():
        by = world.acting(OFFICERS[body], body, on)
        record_done(by=by, on=on, induction=induction, what=("D3", len(periods)), done_on=on)


def _give_sign_in(world: World, ect: Ect, on: date) -> None:
    school = SCHOOLS[ect.stays[0].school]
    by = world.acting(school.registrar, school.key, on)
    user = world.users[ect.email] = add_user(
        by=by, on=on, email=ect.email, name=ect.name, password_hash=world.password_hash
    )
    link_record(by=by, on=on, induction=world.inductions[ect.trn], user=user)


def _appoint_tutor(world: World, ect: Ect, stay: Stay, on: date) -> None:
    terms = Terms(minutes_a_week=30, trained_on=world.days.qualified(on), subject="Induction")
    _appoint(world, ect, stay, on, Appointment.Kind.TUTOR, stay.tutor, world.days.on(stay.starts), terms)


def _appoint_mentor(world: World, ect: Ect, stay: Stay, mentoring: Mentoring, since: date, on: date) -> None:
    terms = Terms(minutes_a_week=60, trained_on=world.days.qualified(on), subject=stay.subject)
    _appoint(world, ect, stay, on, Appointment.Kind.MENTOR, mentoring.by, since, terms)


def _appoint(world: World, ect: Ect, stay: Stay, on: date, kind: str, email: str, since: date, terms: Terms) -> None:
    appoint(
        by=world.acting(HEADS[stay.school], stay.school, on),
        on=on,
        placement=world.placements[ect.trn, stay.school],
        kind=kind,
        user=world.users[email],
        starts_on=since,
        terms=terms,
    )


def _set_pattern(world: World, ect: Ect, stay: Stay, pattern: Pattern, since: date, on: date) -> None:
    set_pattern(
        by=world.acting(SCHOOLS[stay.school].registrar, stay.school, on),
        on=on,
        placement=world.placements[ect.trn, stay.school],
        starts_on=since,
        fte=Decimal(pattern.fte),
        days=pattern.weights,
    )


def _agree(world: World, ect: Ect, since: date, on: date) -> None:
    """The ECT agrees a step of their working pattern."""
    induction = world.inductions[ect.trn]
    step = WorkingPattern.objects.get(placement__induction=induction, starts_on=since)
    by = world.themself(ect.email, on)
    agree(by=by, on=on, induction=induction, kind=Agreement.Kind.PATTERN, subject_id=step.pk)


def _query(world: World, ect: Ect, on: date) -> None:
    """The ECT doubts the total of their service as counted on that day; the school has still to answer."""
    induction, by = world.inductions[ect.trn], world.themself(ect.email, on)
    total = Agreement.Kind.SERVED_TOTAL
    query(by=by, on=on, induction=induction, kind=total, subject_id=induction.pk, text=ect.query)


def _leave(world: World, ect: Ect, stay: Stay, on: date) -> None:
    body = SCHOOLS[stay.school].body
    last_day = world.days.on(stay.ends)
    head, officer = world.acting(HEADS[stay.school], stay.school, on), world.acting(OFFICERS[body], body, on)
    end_placement(by=head, on=on, placement=world.placements[ect.trn, stay.school], last_day=last_day, cause=MOVED)
    release(by=officer, on=on, induction=world.inductions[ect.trn], going=Going(last_day))


def _hand_over(world: World, ect: Ect, stay: Stay, on: date) -> None:
    """The old school's records to the new school. The old body's go to the new body when that takes the case on."""
    induction, old, new = world.inductions[ect.trn], SCHOOLS[stay.school], SCHOOLS[stay.handed_over_to]
    why = f"{ect.name} goes on with induction at {new.name}"
    head = world.acting(HEADS[old.key], old.key, on)
    hand_over(by=head, on=on, induction=induction, to=world.places[new.key], reason=why)
