"""School years: set as a whole, copied forward, removed. Each change has the cases of its schools reckoned again."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record

from ..models import Closure, Induction, Placement, SchoolYear, Term
from ..models.calendars import FIRST_YEAR, LAST_YEAR
from ..querysets import InductionQuerySet
from ..reckon import mark_stale
from ..rules.calendar import TERM_NAMES, school_year_name
from ..rules.errors import RuleBroken
from ..rules.school_year import YearPlan, check_plan, folded, moved_on
from ..tasks import reckon_soon


class CalendarConflict(Exception):  # noqa: N818 - nothing is wrong: somebody else was first
    """Somebody else has set or removed the year since the form was opened; `year` is how it stands, None if removed."""

    def __init__(self, year: SchoolYear | None) -> None:
        super().__init__("The school year has been changed meanwhile")
        self.year = year


@action
def set_calendar(
    *,
    by: Viewer | System,
    on: date,
    organisation: Organisation,
    plan: YearPlan,
    version: int = 0,
    copied_from: int | None = None,
) -> SchoolYear:
    """Set a whole school year of a school, or of a trust for its schools without one of their own (R17, R92).

    Six short terms are kept as three. `version` is the one its author was looking at, 0 for a year without one. Raises
    RuleBroken for terms or closures that cannot be, and CalendarConflict when somebody else was first.
    """
    _check_owner(organisation, plan.first)
    check_plan(plan)
    hold_calendars(organisation.pk)
    year = _expected(organisation, plan.first, version)
    before = _told(year) if year else None
    year = year or SchoolYear(organisation=organisation, first_year=plan.first, version=0)
    year.version += 1
    year.copied_from, year.set_by, year.set_on = copied_from, by.user, on
    year.save()
    _fill(year, folded(plan))
    after = _told(SchoolYear.objects.get(pk=year.pk))
    chain = organisation_chain(organisation.pk)
    record(by, Event.CALENDAR_SET, year, chain=chain, on=on, before=before, after=after)
    _have_reckoned(organisation, plan.first)
    return year


@action
def copy_forward(*, by: Viewer | System, on: date, year: SchoolYear) -> SchoolYear:
    """Set the year after one with the same shape, 364 days later. Raises RuleBroken when that year is set already."""
    plan = moved_on(year.plan())
    try:
        return set_calendar(by=by, on=on, organisation=year.organisation, plan=plan, copied_from=year.first_year)
    except CalendarConflict:
        raise RuleBroken(f"The school year {plan.name} is set already: change it instead") from None


@action
def remove_calendar(
    *, by: Viewer | System, on: date, organisation: Organisation, first_year: int, version: int
) -> None:
    """Take a school year back, so that the trust's holds, or England's usual terms.

    Raises CalendarConflict when somebody else has changed or removed it since.
    """
    hold_calendars(organisation.pk)
    year = _expected(organisation, first_year, version)
    if year is None:
        raise CalendarConflict(None)
    before = _told(year)
    _empty(year)
    chain = organisation_chain(organisation.pk)
    record(by, Event.CALENDAR_REMOVED, year, chain=chain, on=on, before=before)
    year.delete()
    _have_reckoned(organisation, first_year)


def hold_calendars(organisation_id: UUID) -> None:
    """Let nobody change this organisation's calendar, or one that its schools follow, until this transaction ends.

    Whoever adds a case to a school holds its calendar first: a change that does not see the case waits for it.
    """
    held = Organisation.objects.filter(Q(pk=organisation_id) | Q(trust=organisation_id)).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk", flat=True))


def _check_owner(organisation: Organisation, first_year: int) -> None:
    if organisation.kind not in (Organisation.Kind.SCHOOL, Organisation.Kind.TRUST):
        raise RuleBroken(f"{organisation.name} is neither a school nor a trust: it has no calendar", "organisation")
    if not FIRST_YEAR <= first_year <= LAST_YEAR:
        first, last = school_year_name(FIRST_YEAR), school_year_name(LAST_YEAR)
        raise RuleBroken(f"Choose a school year from {first} to {last}", "first_year")


def _expected(organisation: Organisation, first_year: int, version: int) -> SchoolYear | None:
    """The year as its author saw it, or None where there was none."""
    year = SchoolYear.objects.filter(organisation=organisation, first_year=first_year).first()
    if (year.version if year else 0) != version:
        raise CalendarConflict(year)
    return year


def _fill(year: SchoolYear, plan: YearPlan) -> None:
    _empty(year)
    same: dict[str, Any] = {"year": year, "first_year": year.first_year}
    Term.objects.bulk_create(
        Term(name=name, starts_on=span.start, ends_on=span.end, **same)
        for name, span in zip(TERM_NAMES, plan.terms, strict=True)
    )
    Closure.objects.bulk_create(
        Closure(starts_on=span.start, ends_on=span.end, reason=span.label, **same) for span in plan.closures
    )


def _empty(year: SchoolYear) -> None:
    year.terms.all().delete()
    year.closures.all().delete()


def _told(year: SchoolYear) -> dict[str, Any]:
    plan = year.plan()
    return {
        "organisation_id": year.organisation_id,
        "school_year": plan.name,
        "version": year.version,
        "copied_from": year.copied_from,
        "terms": [[span.start, span.end] for span in plan.terms],
        "closures": [[span.start, span.end, span.label] for span in plan.closures],
    }


def _have_reckoned(organisation: Organisation, first_year: int) -> None:
    """Mark every case that the change may concern, and wake the worker."""
    mark_stale(followers(organisation, first_year))
    reckon_soon()


def followers(organisation: Organisation, first_year: int) -> InductionQuerySet:
    """The cases with a placement at the school; for a trust, at those of its schools that follow it in this year."""
    served = Placement.objects.filter(induction=OuterRef("pk"))
    if organisation.kind == Organisation.Kind.SCHOOL:
        return Induction.objects.filter(Exists(served.filter(school=organisation)))
    own = SchoolYear.objects.filter(organisation=OuterRef("school"), first_year=first_year)
    return Induction.objects.filter(Exists(served.filter(~Exists(own), school__trust=organisation)))
