"""Moves between the two appropriate bodies: Callum Reid's is finished, for Joseph Fairley one body asks the other."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases.actions import acknowledge_record, ask_release, report_leaver
from cases.actions.release_requests import Sought
from cases.models import RecordBundle

from .days import first, last
from .people import OFFICERS
from .replay_cases import Happening
from .story import ECTS
from .world import World

MOVED, SOUGHT = "3018452", "3201774"
ASKED = timedelta(days=4)  # ago
WHY = (
    "Elmbridge Academy tells us that this ECT starts there after the holidays. It will register them with us. Please "
    "release them once you know the last day."
)


def steps(world: World) -> Iterator[Happening]:
    """The leaver is reported, the record acknowledged in the first week, another ECT asked for a few days ago."""
    yield world.days.on(last(-2)) + timedelta(days=1), partial(_report, world)
    yield world.days.on(first(-1)) + timedelta(days=3), partial(_acknowledge, world)
    yield world.days.today - ASKED, partial(_ask, world)


def _report(world: World, on: date) -> None:
    released = world.inductions[MOVED].releases.get()
    by = world.acting(OFFICERS["coastal"], "coastal", on)
    report_leaver(by=by, on=on, released=released, done_on=on)


def _acknowledge(world: World, on: date) -> None:
    bundle = RecordBundle.objects.get(induction=world.inductions[MOVED])
    acknowledge_record(by=world.acting(OFFICERS["northern"], "northern", on), on=on, bundle=bundle)


def _ask(world: World, on: date) -> None:
    ect = next(each for each in ECTS if each.trn == SOUGHT)
    sought = Sought(ect.trn, world.days.born(ect.age, ect.trn), ect.name, WHY)
    ask_release(by=world.acting(OFFICERS["northern"], "northern", on), on=on, sought=sought)
