"""Writes the facts of a case in the input shape of ``calculate timeline``: what ``facts_json`` reads."""

from __future__ import annotations

from datetime import date
from typing import Any

from .amounts import plain
from .calendar import Calendar, Term
from .facts import Absence, Before, CaseFacts, PatternStep, Placement
from .facts_json import WEEKDAYS


def facts_json(facts: CaseFacts) -> dict[str, Any]:
    """The facts as JSON values; ``read_facts`` of them gives the same dates. Part days that a body counts as whole are
    written as whole days.
    """
    settings = {"drops_earlier_review": facts.drops_earlier_review, "reads_pro_rata": facts.reads_pro_rata}
    settings |= {"paused": facts.paused}
    return {
        "as_of": facts.as_of.isoformat(),
        "calendars": {name: _calendar(calendar) for name, calendar in facts.calendars.items()},
        "placements": [_placement(placement) for placement in facts.placements],
        "absences": [_absence(absence) for absence in facts.absences],
        "required_terms": plain(facts.required_terms),
        "decision_extensions": [{"terms": plain(terms)} for terms in facts.decision_extensions],
        "before": None if facts.before is None else _before(facts.before),
    } | {name: [_spell(*spell) for spell in spells] for name, spells in settings.items() if spells}


def _spell(start: date, end: date | None) -> dict[str, Any]:
    return {"start": start.isoformat(), "end": _day(end)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {"terms": [_term(term) for term in calendar.terms]}


def _term(term: Term) -> dict[str, Any]:
    return {
        "name": term.name,
        "school_year": term.school_year,
        "start": term.start.isoformat(),
        "end": term.end.isoformat(),
        "closures": [{"start": c.start.isoformat(), "end": c.end.isoformat()} for c in term.closures],
    }


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "school": placement.school,
        "start": placement.start.isoformat(),
        "end": _day(placement.end),
        "working_pattern": [_step(step) for step in placement.steps],
    }


def _step(step: PatternStep) -> dict[str, Any]:
    written: dict[str, Any] = {"from": step.starts.isoformat(), "fte": plain(step.fte)}
    if step.days is not None:
        written["days"] = {day: plain(weight) for day, weight in zip(WEEKDAYS, step.days, strict=True)}
    return written


def _absence(absence: Absence) -> dict[str, Any]:
    return {
        "start": absence.start.isoformat(),
        "end": _day(absence.end),
        "kind": absence.kind.value,
        "day_fraction": plain(absence.fraction),
        "elect_extension": absence.elected,
    }


def _before(before: Before) -> dict[str, Any]:
    return {
        "terms": plain(before.terms),
        "calendar_terms": plain(before.calendar_terms),
        "absence_days": plain(before.absence_days),
    }
