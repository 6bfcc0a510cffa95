"""What is stored of a case's dates, in the words of the calculator."""

from typing import Any

from .deadlines import PROGRESS_REVIEW, TERMLY
from .models import Deadline, Induction


def stored_dates(induction: Induction) -> dict[str, Any] | None:
    """The projections of a case: `events` as `calculate timeline` gives them, and every deadline besides; None for a
    case that was never reckoned.
    """
    clock = getattr(induction, "clock", None)
    if clock is None:
        return None
    rows = list(induction.deadlines.all())
    return {
        "ends_on": _day(clock.ends_on),
        "part_2_starts_on": _day(clock.part_2_starts_on),
        "assumed_from": _day(clock.assumed_from),
        "events": [_event(row) for row in sorted(rows, key=lambda r: (r.own_day, r.kind)) if row.kind in TERMLY],
        "deadlines": [_deadline(row) for row in rows if row.kind not in TERMLY],
    }


def _event(row: Deadline) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": row.kind}
    if row.kind == PROGRESS_REVIEW:
        told["number"] = row.number
    return told | {"due_on": _day(row.own_day)}


def _deadline(row: Deadline) -> dict[str, Any]:
    told = {"code": row.code, "kind": row.kind, "number": row.number, "owner": row.owner}
    return told | {"due_on": _day(row.due_on), "closed_on": _day(row.closed_on)}


def _day(on: Any) -> str | None:
    return None if on is None else on.isoformat()
