"""The output shape of ``calculate timeline``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from .absence import THRESHOLD
from .amounts import plain, rounded
from .explained import Reason
from .schedule import Event
from .stages import Stage
from .timeline import Timeline
from .timetable import CAP_PERCENT

TERM_PLACES = 4


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """The result as JSON values: dates and exact decimals as strings, in the order docs/calculators.md shows."""
    return {
        "as_of": timeline.facts.as_of.isoformat(),
        "ends_on": _day(timeline.ends_on),
        "served_terms": rounded(timeline.served_terms, TERM_PLACES),
        "remaining_terms": rounded(timeline.remaining_terms, TERM_PLACES),
        "parts": [_part(stage) for stage in timeline.parts],
        "extensions": [_extension(stage) for stage in timeline.extensions],
        "events": [_event(event) for event in timeline.events],
        "assumed_from": _day(timeline.assumed_from),
        "ignored_placements": list(timeline.ignored_placements),
        "because": because_json(timeline.because),
    }


def because_json(because: Iterable[Reason]) -> list[dict[str, str]]:
    """Reasons as JSON values."""
    return [reason._asdict() for reason in because]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _part(stage: Stage) -> dict[str, Any]:
    return {
        "number": stage.plan.number,
        "starts_on": _day(stage.starts_on),
        "unextended_end": _day(stage.unextended_end),
        "ends_on": _day(stage.ends_on),
        "absence_days": plain(stage.absent.counting),
        "threshold": plain(THRESHOLD),
        "automatic_extension_days": plain(stage.plan.automatic(stage.absent)),
        "elected_extension_days": plain(stage.absent.elected),
        "timetable_cap_percent": CAP_PERCENT[stage.plan.number],
    }


def _extension(stage: Stage) -> dict[str, Any]:
    return {
        "number": stage.plan.number,
        "terms": plain(stage.plan.terms),
        "starts_on": _day(stage.starts_on),
        "unextended_end": _day(stage.unextended_end),
        "ends_on": _day(stage.ends_on),
        "absence_days": plain(stage.absent.counting),
        "elected_extension_days": plain(stage.absent.elected),
    }


def _event(event: Event) -> dict[str, Any]:
    numbered = {} if event.number is None else {"number": event.number}
    return {"kind": event.kind, **numbered, "due_on": _day(event.due_on)}
