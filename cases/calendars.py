"""The calendars of schools: their own years before their trust's, before England's usual terms.

Whoever reckons many cases reads the calendars of all their schools at once: one query, however many there are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import CharField, F, Model, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from .models import Closure, SchoolYear, Term
from .rules.calendar import Calendar, school_year_of
from .rules.school_year import Span, YearPlan, assembled

YEARS_AHEAD = 3
MOST_YEARS = 30  # 90 terms, as many as the rules take


class Calendars:
    """The calendars of some schools, as at one moment."""

    def __init__(self, schools: Collection[UUID]) -> None:
        told = plans_of(schools)
        self._own = {school: {year: plan.in_terms() for year, plan in told[school].items()} for school in schools}
        self._made: dict[tuple[UUID, int, int], Calendar] = {}

    def of(self, school: UUID, *, first: date, today: date) -> Calendar:
        """A school's terms from the school year of the first day served to some years past today, or as far as they
        were told. What comes later is assumed: the rules repeat the last year.
        """
        own = self._own.get(school, {})
        begin = first_year_of(first)
        end = max(max(begin, first_year_of(today)) + YEARS_AHEAD, *own, begin)
        place = school if own else _ENGLAND, begin, min(end, begin + MOST_YEARS - 1)
        if place not in self._made:
            self._made[place] = assembled(own, *place[1:])
        return self._made[place]


_ENGLAND = UUID(int=0)


def usual_calendar(*, first: date, today: date) -> Calendar:
    """England's usual terms, as a school has them that told none of its own; asks the database nothing."""
    return Calendars(()).of(_ENGLAND, first=first, today=today)


def first_year_of(day: date) -> int:
    """2026 for a day of the school year 2026/27."""
    return int(school_year_of(day)[:4])


def with_days(years: QuerySet[SchoolYear]) -> QuerySet[SchoolYear]:
    """School years with their terms and closures, in a fixed number of queries."""
    terms, closures = Term.objects.order_by("starts_on"), Closure.objects.order_by("starts_on")
    return years.prefetch_related(Prefetch("terms", terms), Prefetch("closures", closures))


def plans_of(schools: Collection[UUID]) -> Mapping[UUID, dict[int, YearPlan]]:
    """Every school year that each of some schools, or its trust, has set, by its first year; the school's own wins. One
    query.
    """
    told: defaultdict[tuple[bool, UUID, int], tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    days = _days(Term, schools, Value(None, CharField())).union(_days(Closure, schools, F("reason")), all=True)
    for school, owner, year, starts_on, ends_on, reason in days:
        terms, closures = told[owner == school, school, year]
        (terms if reason is None else closures).append(Span(starts_on, ends_on, reason or ""))
    found: defaultdict[UUID, dict[int, YearPlan]] = defaultdict(dict)
    for (_is_own, school, year), spans in sorted(told.items(), key=lambda item: item[0][0]):
        found[school][year] = YearPlan(year, *(tuple(sorted(each, key=lambda span: span.start)) for each in spans))
    return found


def _days(model: type[Model], schools: Collection[UUID], reason: Combinable) -> QuerySet:
    """The terms or the closures that some schools or their trusts have set: whose they are, of which year, and why."""
    owner = "year__organisation"
    set_here = Q(**{f"{owner}__in": schools}) | Q(**{f"{owner}__schools__in": schools})
    school = Coalesce(f"{owner}__schools", owner)
    rows = model._default_manager.filter(set_here).order_by()
    return rows.values_list(school, owner, "first_year", "starts_on", "ends_on", reason)
