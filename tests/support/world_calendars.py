"""The school years of the world: Oakfield's own, the trust's for Elmbridge, one taken back, none at Harbour."""

from cases.actions import remove_calendar, set_calendar
from cases.calendars import first_year_of
from cases.reckon import reckon_batch
from cases.rules.school_year import england_plan
from tests.support.world import World
from tests.support.world_people import People


def set_school_years(world: World, people: People) -> None:
    """England's usual terms, so that the dates of the world's cases stay as they are."""
    first = world.first_year = first_year_of(world.today)
    head, officer = people.acting("headteacher@oak"), people.acting("trust_officer@meridian")
    for by in (head, officer):
        set_calendar(by=by, on=world.today, organisation=by.organisation, plan=england_plan(first))
    later = england_plan(first + 1)
    set_calendar(by=head, on=world.today, organisation=head.organisation, plan=later)
    remove_calendar(by=head, on=world.today, organisation=head.organisation, first_year=first + 1, version=1)
    reckon_batch()
