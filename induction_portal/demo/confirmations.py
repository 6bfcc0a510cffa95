"""Two ECTs of the story whom a body confirmed: one with a later start than the school said, one who came part-way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from cases.actions import confirm_prior_service
from cases.actions.confirming import Verified, confirm
from cases.actions.prior import Balance
from cases.actions.registering import send
from cases.models import Registration
from cases.rules.confirming import BodyKind
from cases.rules.eligibility import FirstTarget, Report
from cases.rules.suitable_post import PostCheck

from .days import first
from .world import World

SENT, CONFIRMED = timedelta(days=35), timedelta(days=21)  # before the start
DELAY = timedelta(days=7)
CONTACT, OFFICER = "contact@northern-hub.example", "officer@northern-hub.example"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody registered through the portal; `delay` is how much later than the school said the body let them start,
    `before` what they had served elsewhere."""

    name: str
    trn: str
    age: int
    fte: str
    days: str
    mentor: str
    subject: str
    delay: timedelta = timedelta(0)
    before: Balance | None = None


NEWCOMERS = (
    Newcomer("Matteo Ferrante", "3277415", 25, "1", "", "d.osei@oakfield.example", "Geography", delay=DELAY),
    Newcomer(
        "Ruth Adebayo-Finch", "3091188", 33, "0.6", "1 1 1 0 0", "r.whitcombe@oakfield.example", "Chemistry",
        before=Balance(
            Decimal("1.4"), Decimal(2), Decimal(12),
            "Letter of Wessex Teaching School Hub with its interim assessment: two terms at 0.7 of full time",
        ),
    ),
)  # fmt: skip


def steps(world: World) -> Iterator[tuple[date, Callable[[date], None]]]:
    """What happens around them, each with its day."""
    start = world.days.on(first(0))
    for newcomer in NEWCOMERS:
        yield start - SENT, partial(_send, world, newcomer)
        yield start - CONFIRMED, partial(_confirm, world, newcomer)


def _send(world: World, newcomer: Newcomer, on: date) -> None:
    by = world.acting("office@oakfield.example", "oakfield", on)
    send(by=by, on=on, school=world.places["oakfield"], report=_report(world, newcomer, on))


def _report(world: World, newcomer: Newcomer, on: date) -> Report:
    starts_on = world.days.on(first(0))
    weights = dict(zip(("mon", "tue", "wed", "thu", "fri"), map(Decimal, newcomer.days.split()), strict=False))
    return Report(
        body_id=world.places["northern"].pk,
        trn=newcomer.trn,
        name=newcomer.name,
        date_of_birth=world.days.born(newcomer.age, newcomer.trn),
        email=f"{newcomer.name.split()[0].lower()}@personal.example",
        qts_on=_qualified(world, newcomer),
        qts_checked_on=on,
        qts_checked_by="Wendy Sharp",
        induction_status="in_progress" if newcomer.before else "required_to_complete",
        route="school_led",
        contract_starts_on=starts_on,
        starts_on=starts_on,
        fte=Decimal(newcomer.fte),
        days=weights,
        post_checks=tuple(PostCheck),
        tutor_id=world.users["tutor@oakfield.example"].pk,
        tutor_has_qts=True,
        tutor_minutes_a_week=30,
        mentor_id=world.users[newcomer.mentor].pk,
        mentor_has_qts=True,
        mentor_minutes_a_week=60,
        mentor_subject=newcomer.subject,
        first_meeting_on=starts_on,
        targets=(FirstTarget("Learn the school’s routines and use them from the first lesson on", "TS7"),),
    )


def _qualified(world: World, newcomer: Newcomer) -> date:
    """The part-way ECT qualified before the terms that they bring."""
    return world.days.qualified(world.days.on(first(-3 if newcomer.before else -1)))


def _confirm(world: World, newcomer: Newcomer, on: date) -> None:
    officer = world.acting(OFFICER, "northern", on)
    registration = Registration.objects.get(trn=newcomer.trn)
    verified = Verified(
        qts_on=_qualified(world, newcomer),
        starts_on=registration.starts_on + newcomer.delay,
        post_is_suitable=True,
        acts_as=BodyKind.HUB,
        recommended_qts=False,
        employs_ect=False,
        officer=world.users[OFFICER],
        contact=world.users[CONTACT],
    )
    answer = confirm(by=officer, on=on, registration=registration, version=1, verified=verified)
    world.inductions[newcomer.trn] = answer.induction
    if newcomer.before:
        confirm_prior_service(by=officer, on=on, induction=answer.induction, version=None, balance=newcomer.before)
