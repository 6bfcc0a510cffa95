"""What the story's ECTs teach: two at Oakfield within the cap, one at Elmbridge over it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from cases.actions import record_timetable

from .days import Moment, first
from .replay_cases import Happening
from .world import World


@dataclass(frozen=True, slots=True)
class Taught:
    """What somebody at a school recorded on its first day: periods in a fortnight, beside a comparator's."""

    trn: str
    school: str
    by: str
    since: Moment
    reference: int
    taught: int


HANNAH, DANIEL, IMOGEN = "3104871", "2987340", "3042687"
TIMETABLES = (
    Taught(HANNAH, "oakfield", "tutor@oakfield.example", first(-1), 44, 39),
    Taught(DANIEL, "oakfield", "tutor@oakfield.example", first(-4), 44, 39),
    Taught(DANIEL, "oakfield", "tutor@oakfield.example", first(-1), 44, 41),
    Taught(IMOGEN, "elmbridge", "tutor@elmbridge.example", first(0), 44, 26),
)


def steps(world: World) -> Iterator[Happening]:
    """Each timetable, on the first day of it."""
    for told in TIMETABLES:
        yield world.days.on(told.since), partial(_record, world, told)


def _record(world: World, told: Taught, on: date) -> None:
    record_timetable(
        by=world.acting(told.by, told.school, on),
        on=on,
        placement=world.placements[told.trn, told.school],
        starts_on=on,
        cycle="fortnight",
        unit="periods",
        reference=Decimal(told.reference),
        taught=Decimal(told.taught),
    )
