"""A shorter induction that Hannah is asked about, the bundle of Daniel's case, a search for a record of Joseph's."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from assessments.actions import ask_for_bundle, ask_for_reduction, search_trail
from cases.access import case
from cases.rules.reducing import ReductionKind

from .days import first
from .people import HEADS, OFFICERS
from .replay_cases import Happening
from .world import World

HANNAH, DANIEL, JOSEPH = "3104871", "2987340", "3201774"
ADVICE = (
    "Hannah taught English for four years at an independent school before she qualified by the assessment-only route. "
    "The lessons I have seen, and her classes’ work, meet every Standard. Two school years would add nothing to that."
)
FOUND = "The drive holds the reviews of the two other teachers of that year, and none of Mr Fairley’s."


def steps(world: World) -> Iterator[Happening]:
    """Each on its day; the bundle on the day of the story, so that the worker makes it when the demo starts."""
    yield world.days.on(first(0)), partial(_ask_for_less, world)
    yield world.days.today - timedelta(days=1), partial(_search, world)
    yield world.days.today, partial(_ask_for_bundle, world)


def _ask_for_less(world: World, on: date) -> None:
    head = world.acting(HEADS["oakfield"], "oakfield", on)
    induction = case(head, world.inductions[HANNAH].pk).subject
    told = {"kind": ReductionKind.EXPERIENCE, "terms": Decimal(4), "standards_met": True, "advice": ADVICE}
    ask_for_reduction(by=head, on=on, induction=induction, **told)


def _search(world: World, on: date) -> None:
    officer = world.acting(OFFICERS["coastal"], "coastal", on)
    told = {"looked_for": "Last term’s progress review", "where": "Harbour’s shared drive", "found": FOUND}
    by = {"searched_by": "The office of Harbour", "searched_on": on - timedelta(days=3)}
    search_trail(by=officer, on=on, induction=world.inductions[JOSEPH], **told, **by)


def _ask_for_bundle(world: World, on: date) -> None:
    officer = world.acting(OFFICERS["northern"], "northern", on)
    told = {"purpose": "appeal", "with_earlier": False}
    ask_for_bundle(by=officer, on=on, induction=world.inductions[DANIEL], **told)
