"""What Northern's officer asked a school for in the story: yesterday, of the first ECT with something overdue."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases import actions
from cases.chasing.asking import overdue, school_to_ask
from cases.reach import current_keys

from .replay_cases import Happening
from .world import World

OFFICER, BODY = "officer@northern-hub.example", "northern"
LINE = "If a date for the meeting is hard to find, ring me: I can come by on Thursday."


def steps(world: World) -> Iterator[Happening]:
    """Yesterday, once everything else of that day has happened."""
    yield world.days.today - timedelta(days=1), partial(_ask, world)


def _ask(world: World, on: date) -> None:
    by = world.acting(OFFICER, BODY, on)
    own = set(current_keys(by).values_list("induction", flat=True))
    for trn in sorted(world.inductions):
        induction = world.inductions[trn]
        if induction.pk in own and school_to_ask(induction, on) and overdue(by, induction):
            actions.send_chase(by=by, on=on, induction=induction, line=LINE)
            return
