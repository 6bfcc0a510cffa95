"""Northern Teaching School Hub's submission windows, and the general report that Oakfield's governors were given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from cases.actions import record_given_report, set_window
from cases.actions.windows import windows_version
from cases.rules.windows import TermKey

from .days import last
from .replay_cases import Happening
from .world import World

BODY, ADMIN = "northern", "admin@northern-hub.example"
SCHOOL, HEAD = "oakfield", "head@oakfield.example"


@dataclass(frozen=True, slots=True)
class Told:
    """A window, told from the last day of a term: when it opens and ends, in days before it."""

    term: int
    opens_before: int = 28
    due_before: int = 7


WINDOWS = (Told(0), Told(1))
GIVEN = -1


def steps(world: World) -> Iterator[Happening]:
    """Each window on the first day of the term under way; the last term's report a week before that term ended."""
    begun = world.days.term(0).start
    for told in WINDOWS:
        yield begun, partial(_set, world, told)
    yield world.days.on(last(GIVEN)) - timedelta(days=7), partial(_give, world)


def _key(world: World, number: int) -> TermKey:
    term = world.days.term(number)
    return int(term.school_year[:4]), term.name


def _set(world: World, told: Told, on: date) -> None:
    body, ends_on = world.places[BODY], world.days.on(last(told.term))
    set_window(
        by=world.acting(ADMIN, BODY, on),
        on=on,
        body=body,
        term=_key(world, told.term),
        opens_on=ends_on - timedelta(days=told.opens_before),
        due_on=ends_on - timedelta(days=told.due_before),
        version=windows_version(body),
    )


def _give(world: World, on: date) -> None:
    by = world.acting(HEAD, SCHOOL, on)
    record_given_report(by=by, on=on, school=world.places[SCHOOL], term=_key(world, GIVEN), given_on=on)
