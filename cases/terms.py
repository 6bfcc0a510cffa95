"""The terms that a general report is about: a school's own, or England's usual ones for who has several schools."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer

from .calendars import first_year_of, plans_of
from .rules.calendar import TERM_NAMES
from .rules.school_year import YearPlan, england_plan
from .rules.windows import TermKey, term_words

SHOWN = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportTerm:
    """A term with its last day, and the last day of the holiday after it: everything due by then counts as of it."""

    key: TermKey
    starts_on: date
    ends_on: date
    until: date

    @property
    def words(self) -> str:
        """``autumn term 2026/27``."""
        return term_words(self.key)

    def as_at(self, today: date) -> date:
        """The day as at which the term is told: its end, or today while it goes on."""
        return min(self.until, today)


def begun_terms(viewer: Viewer) -> list[ReportTerm]:
    """The latest terms that have begun, the oldest first."""
    first = first_year_of(viewer.on)
    plans = _plans(viewer.organisation, (first - 2, first - 1, first))
    spans = [((plan.first, name), span) for plan in plans for name, span in zip(TERM_NAMES, plan.terms, strict=True)]
    ends = [*(following.start - DAY for _, (_, following) in pairwise(spans)), plans[-1].shuts]
    terms = [ReportTerm(key, span.start, span.end, until) for (key, span), until in zip(spans, ends, strict=True)]
    return [term for term in terms if term.starts_on <= viewer.on][-SHOWN:]


def _plans(organisation: Organisation | None, firsts: Iterable[int]) -> list[YearPlan]:
    if organisation is not None and organisation.kind == Organisation.Kind.SCHOOL:
        told = plans_of([organisation.pk])[organisation.pk]
        return [told.get(first) or england_plan(first) for first in firsts]
    return [england_plan(first) for first in firsts]
