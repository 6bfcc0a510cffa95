"""What the bodies of the world did elsewhere and recorded here."""

from datetime import timedelta

from cases.actions import record_done
from cases.models import Induction
from tests.support.world import World
from tests.support.world_people import People


def report_start(world: World, people: People, induction: Induction) -> None:
    """The start of an induction, on the termly return."""
    officer = people.acting("body_officer@north")
    done_on = world.today - timedelta(days=20)
    record_done(by=officer, on=world.today, induction=induction, what=("D3", 1), done_on=done_on)
