"""The calendars of schools: their own years before their trust's, before England's usual terms.

Whoever reckons many cases reads the calendars of all their schools at once: three queries, however many there are.
"""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from induction_portal.accounts.models import Organisation

from .models import Closure, SchoolYear, Term
from .rules.calendar import Calendar, school_year_of
from .rules.calendar import Term as TermFacts
from .rules.school_year import assembled

YEARS_AHEAD = 3
MOST_YEARS = 30  # 90 terms, as many as the rules take


class Calendars:
    """The calendars of some schools, as at one moment."""

    def __init__(self, schools: Collection[UUID]) -> None:
        self._own: dict[UUID, dict[int, tuple[TermFacts, ...]]] = {}
        self._made: dict[tuple[UUID, int, int], Calendar] = {}
        known = _terms_by_organisation(schools)
        for school, trust in Organisation.objects.filter(pk__in=schools).values_list("pk", "trust") if known else ():
            self._own[school] = known.get(trust, {}) | known.get(school, {})

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


def first_year_of(day: date) -> int:
    """2026 for a day of the school year 2026/27."""
    return int(school_year_of(day)[:4])


def with_days(years: QuerySet[SchoolYear]) -> QuerySet[SchoolYear]:
    """School years with their terms and closures, in a fixed number of queries."""
    terms, closures = Term.objects.order_by("starts_on"), Closure.objects.order_by("starts_on")
    return years.prefetch_related(Prefetch("terms", terms), Prefetch("closures", closures))


def _terms_by_organisation(schools: Iterable[UUID]) -> dict[UUID, dict[int, tuple[TermFacts, ...]]]:
    told = SchoolYear.objects.filter(Q(organisation__in=schools) | Q(organisation__schools__in=schools)).distinct()
    found: dict[UUID, dict[int, tuple[TermFacts, ...]]] = {}
    for year in with_days(told):
        found.setdefault(year.organisation_id, {})[year.first_year] = year.plan().in_terms()
    return found
