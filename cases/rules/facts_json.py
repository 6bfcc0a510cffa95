"""Reads the facts of a case from the input shape of ``calculate timeline``, naming the path of the first fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .absence_kinds import AbsenceKind
from .amounts import ONE, ZERO
from .calendar import Calendar, Closure, Term
from .facts import FULL_INDUCTION, Absence, Before, CaseFacts, PatternStep, Placement, Weights
from .facts_check import check_facts
from .reading import Fields, amount, as_object, below, day, flag, list_of, null_or, one_of, text

MOST_PLACEMENTS, MOST_STEPS, MOST_ABSENCES, MOST_TERMS = 20, 50, 500, 90
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
CASE_KEYS = (
    "as_of", "calendars", "placements", "absences", "required_terms", "decision_extensions", "before",
    "drops_earlier_review", "reads_pro_rata", "paused",
)  # fmt: skip
_KINDS = {kind.value: kind for kind in AbsenceKind}
_read_kind = one_of(_KINDS)


def read_facts(data: Any, today: date, *, also: tuple[str, ...] = ()) -> CaseFacts:
    """The checked facts of one case. ``today`` stands in for ``as_of``; keys named in ``also`` are left alone.

    Raises RuleBroken whose ``field`` is the path of the first fault, such as ``placements[0].start``.
    """
    fields = Fields(data, "", (*also, *CASE_KEYS))
    facts = CaseFacts(
        as_of=fields.take("as_of", null_or(day), None) or today,
        calendars=fields.take("calendars", _calendars),
        placements=fields.take("placements", list_of(_placement, MOST_PLACEMENTS)),
        absences=fields.take("absences", list_of(_absence, MOST_ABSENCES), ()),
        required_terms=fields.take("required_terms", amount, FULL_INDUCTION),
        decision_extensions=fields.take("decision_extensions", list_of(_extension), ()),
        before=fields.take("before", null_or(_before), None),
        drops_earlier_review=fields.take("drops_earlier_review", list_of(_spell), ()),
        reads_pro_rata=fields.take("reads_pro_rata", list_of(_spell), ()),
        paused=fields.take("paused", list_of(_spell), ()),
    )
    check_facts(facts)
    return facts


def _calendars(value: Any, path: str) -> Mapping[str, Calendar]:
    return {name: _calendar(calendar, below(path, name)) for name, calendar in as_object(value, path).items()}


def _calendar(value: Any, path: str) -> Calendar:
    return Calendar(Fields(value, path, ("terms",)).take("terms", list_of(_term, MOST_TERMS)))


def _term(value: Any, path: str) -> Term:
    fields = Fields(value, path, ("name", "school_year", "start", "end", "closures"))
    return Term(
        name=fields.take("name", text),
        school_year=fields.take("school_year", text),
        start=fields.take("start", day),
        end=fields.take("end", day),
        closures=fields.take("closures", list_of(_closure), ()),
    )


def _closure(value: Any, path: str) -> Closure:
    fields = Fields(value, path, ("start", "end"))
    return Closure(fields.take("start", day), fields.take("end", day))


def _placement(value: Any, path: str) -> Placement:
    fields = Fields(value, path, ("school", "start", "end", "working_pattern"))
    return Placement(
        school=fields.take("school", text),
        start=fields.take("start", day),
        end=fields.take("end", null_or(day), None),
        steps=fields.take("working_pattern", list_of(_step, MOST_STEPS)),
    )


def _step(value: Any, path: str) -> PatternStep:
    fields = Fields(value, path, ("from", "fte", "days"))
    return PatternStep(fields.take("from", day), fields.take("fte", amount), fields.take("days", null_or(_days), None))


def _days(value: Any, path: str) -> Weights:
    fields = Fields(value, path, WEEKDAYS)
    mon, tue, wed, thu, fri = (fields.take(weekday, amount, ZERO) for weekday in WEEKDAYS)
    return mon, tue, wed, thu, fri


def _absence(value: Any, path: str) -> Absence:
    fields = Fields(value, path, ("start", "end", "kind", "day_fraction", "elect_extension"))
    return Absence(
        start=fields.take("start", day),
        end=fields.take("end", null_or(day), None),
        kind=_KINDS[fields.take("kind", _read_kind)],
        fraction=fields.take("day_fraction", amount, ONE),
        elected=fields.take("elect_extension", null_or(flag), None),
    )


def _extension(value: Any, path: str) -> Fraction:
    return Fields(value, path, ("terms",)).take("terms", amount)


def _spell(value: Any, path: str) -> tuple[date, date | None]:
    fields = Fields(value, path, ("start", "end"))
    return fields.take("start", day), fields.take("end", null_or(day), None)


def _before(value: Any, path: str) -> Before:
    fields = Fields(value, path, ("terms", "calendar_terms", "absence_days"))
    return Before(*(fields.take(key, amount) for key in ("terms", "calendar_terms", "absence_days")))
