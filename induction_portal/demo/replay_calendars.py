"""School years of the story: Oakfield's own, the trust's for Elmbridge; Harbour keeps England's usual terms."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from cases.actions import copy_forward, set_calendar
from cases.calendars import first_year_of
from cases.reckon import reckon_batch
from cases.rules.school_year import Span, YearPlan, england_plan

from .world import World

SET_BY = {"oakfield": "office@oakfield.example", "meridian": "trust@meridian.example"}
CLOSED_FOR = "Training on three Saturdays instead"


def steps(world: World) -> Iterator[tuple[date, Callable[[date], None]]]:
    """In June both set the school year that is under way today; Oakfield copies it forward at once."""
    first = first_year_of(world.days.today)
    june = date(first, 6, 10)
    yield june, partial(_set, world, "meridian", england_plan(first))
    yield june + timedelta(days=5), partial(_set, world, "oakfield", oakfield_plan(first))
    yield june + timedelta(days=6), partial(_copy, world, first)


def oakfield_plan(first: int) -> YearPlan:
    """England's usual year; the Monday after the autumn half-term is not worked."""
    usual = england_plan(first)
    half_term = usual.closures[0]
    monday = half_term.start + timedelta(days=7)
    closures = (half_term, Span(monday, monday, CLOSED_FOR), *usual.closures[1:])
    return replace(usual, closures=closures)


def all_reckoned() -> None:
    """The story opens with every date as the calendars give it."""
    while reckon_batch():
        pass


def _set(world: World, place: str, plan: YearPlan, on: date) -> None:
    by = world.acting(SET_BY[place], place, on)
    set_calendar(by=by, on=on, organisation=world.places[place], plan=plan)


def _copy(world: World, first: int, on: date) -> None:
    year = world.places["oakfield"].school_years.get(first_year=first)
    copy_forward(by=world.acting(SET_BY["oakfield"], "oakfield", on), on=on, year=year)
