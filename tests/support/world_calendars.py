"""The school years of the world: Oakfield's own, the trust's for Elmbridge, one taken back, none at Harbour."""

from datetime import date

from cases.actions import record_given_report, remove_calendar, set_calendar, set_window
from cases.actions.windows import windows_version
from cases.calendars import first_year_of
from cases.reckon import reckon_batch
from cases.rules.calendar import TERM_NAMES
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


def set_windows(world: World, people: People) -> None:
    """Each body's window far ahead, so that the dates of the world's cases stay as they are; one report given."""
    first = world.first_year + 1
    for key in ("north", "south"):
        admin = people.acting(f"body_admin@{key}")
        set_window(
            by=admin,
            on=world.today,
            body=admin.organisation,
            term=(first, TERM_NAMES[-1]),
            opens_on=date(first + 1, 6, 1),
            due_on=date(first + 1, 7, 1),
            version=windows_version(admin.organisation),
        )
    head, on = people.acting("headteacher@oak"), world.today
    term = (world.first_year - 1, TERM_NAMES[0])
    record_given_report(by=head, on=on, school=head.organisation, term=term, given_on=on)
    reckon_batch()
