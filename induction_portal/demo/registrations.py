"""The registration of the story that still waits for its body: somebody who starts at Oakfield next term."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from cases.actions.registering import send
from cases.rules.eligibility import FirstTarget, Report
from cases.rules.suitable_post import PostCheck

from .days import first
from .world import World

REGISTRAR = "office@oakfield.example"
QUALIFIED, CHECKED, SENT = (timedelta(days=days) for days in (30, 8, 6))  # days ago


def steps(world: World) -> Iterator[tuple[date, Callable[[date], None]]]:
    """What happens around registrations, each with its day."""
    yield world.days.today - SENT, partial(_send, world)


def _send(world: World, on: date) -> None:
    by = world.acting(REGISTRAR, "oakfield", on)
    send(by=by, on=on, school=world.places["oakfield"], report=_leila(world))


def _leila(world: World) -> Report:
    today, starts_on, trn = world.days.today, world.days.on(first(1)), "3268104"
    return Report(
        body_id=world.places["northern"].pk,
        trn=trn,
        name="Leila Haddon-Price",
        date_of_birth=world.days.born(24, trn),
        email="leila.haddon-price@personal.example",
        qts_on=today - QUALIFIED,
        qts_checked_on=today - CHECKED,
        qts_checked_by="Wendy Sharp",
        induction_status="required_to_complete",
        route="provider_led",
        lead_provider="Ambition Institute",
        contract_starts_on=starts_on,
        starts_on=starts_on,
        post_checks=tuple(PostCheck),
        tutor_id=world.users["tutor@oakfield.example"].pk,
        tutor_has_qts=True,
        tutor_minutes_a_week=60,
        mentor_id=world.users["r.whitcombe@oakfield.example"].pk,
        mentor_has_qts=True,
        mentor_minutes_a_week=60,
        mentor_trained_on=today - timedelta(days=200),
        mentor_subject="Physics",
        first_meeting_on=starts_on,
        targets=(FirstTarget("Learn the school’s routines and use them from the first lesson on", "TS7"),),
    )
