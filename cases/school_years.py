"""School years as pages show them: what holds, who set it, and how many school days it has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from induction_portal.accounts.models import Organisation
from induction_portal.govuk import words

from .calendars import YEARS_AHEAD, first_year_of, with_days
from .models import SchoolYear
from .rules.calendar import TERM_NAMES
from .rules.school_year import USUAL_DAYS, Span, YearPlan, england_plan, school_days

ENGLAND = "England’s usual terms"


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A school year as it holds for an organisation; `own` is its own, `row` the one that holds, None for England's."""

    organisation: Organisation
    plan: YearPlan
    row: SchoolYear | None

    @property
    def own(self) -> SchoolYear | None:
        return self.row if self.row and self.row.organisation_id == self.organisation.pk else None

    @property
    def version(self) -> int:
        """What a form is made from: 0 where the organisation has set none."""
        return self.own.version if self.own else 0

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def days(self) -> int:
        return school_days(self.plan)

    @property
    def source(self) -> str:
        """Whose terms these are, in words."""
        if self.row is None:
            return ENGLAND
        if self.own is None:
            return f"Set by {self.organisation.trust.name} for its schools"
        return f"Copied from {YearPlan(self.plan.first - 1, ()).name}" if self.own.copied_from else "Set here"

    @property
    def warning(self) -> str:
        """What is unlike most schools and should be looked at twice; empty otherwise."""
        if self.row is None or self.days in USUAL_DAYS:
            return ""
        return f"Teachers usually work 195 days a year. This year has {self.days}: check the dates."

    @property
    def terms(self) -> list[dict[str, Any]]:
        """Each term with its dates and school days."""
        names = [f"{name.capitalize()} term" for name in TERM_NAMES]
        told = zip(names, self.plan.terms, self.plan.in_terms(), strict=True)
        return [{"name": name, "span": span, "days": term.length} for name, span, term in told]


def shown_years(organisation: Organisation, firsts: Iterable[int]) -> list[ShownYear]:
    """What holds for an organisation in each of some school years. Three queries at most."""
    owners = [organisation.pk, *([organisation.trust_id] if organisation.trust_id else [])]
    rows = with_days(SchoolYear.objects.filter(organisation__in=owners, first_year__in=list(firsts)))
    # The organisation's own last, so that they win.
    found = {row.first_year: row for row in sorted(rows, key=lambda row: row.organisation_id == organisation.pk)}
    return [
        ShownYear(organisation, found[first].plan() if first in found else england_plan(first), found.get(first))
        for first in firsts
    ]


def years_of(organisation: Organisation, *, today: date) -> dict[str, Any]:
    """The list of an organisation's school years, and the day after which terms are assumed."""
    this = first_year_of(today)
    owners = [organisation.pk, organisation.trust_id]
    told = SchoolYear.objects.filter(organisation__in=[owner for owner in owners if owner])
    set_years = set(told.values_list("first_year", flat=True))
    last = max(this + YEARS_AHEAD, *set_years, this)
    years = shown_years(organisation, sorted({*range(this - 1, last + 1), *set_years}))
    return {"years": years, "known_to": years[-1].plan.terms[-1].end}


def typed_from(plan: YearPlan) -> dict[str, Any]:
    """A plan as its form would have been filled in."""
    return {
        "terms": [{"starts_on": span.start, "ends_on": span.end} for span in plan.terms],
        "closures": [{"starts_on": span.start, "ends_on": span.end, "reason": span.label} for span in plan.closures],
    }


def compared(typed: YearPlan, now: YearPlan | None) -> list[dict[str, str]]:
    """What was typed beside what is saved now, line by line, where the two differ."""
    saved = _lines(now) if now else {}
    told = _lines(typed)
    names = sorted({*told, *saved}, key=lambda name: (name.startswith("Closure"), len(name), name))
    rows = [{"field": name, "typed": told.get(name, ""), "now": saved.get(name, "")} for name in names]
    return [row for row in rows if row["typed"] != row["now"]]


def _lines(plan: YearPlan) -> dict[str, str]:
    terms = {f"Term {number}": _words(span) for number, span in enumerate(plan.terms, 1)}
    return terms | {f"Closure {number}": _words(span) for number, span in enumerate(plan.closures, 1)}


def _words(span: Span) -> str:
    days = words.day(span.start) if span.start == span.end else f"{words.day(span.start)} to {words.day(span.end)}"
    return f"{days}: {span.label}" if span.label else days
