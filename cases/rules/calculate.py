"""The calculators behind ``manage.py calculate``: one JSON line in, one JSON line out, and never an exception.

``docs/calculators.md`` shows their shapes.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from .amounts import ZERO, plain
from .bank_holidays import FIRST_YEAR, LAST_YEAR
from .deadlines import KINDS, deadline
from .errors import RuleBroken
from .escalation import Move, Progress, move, plan
from .facts_check import LEAST_FTE
from .facts_json import CASE_KEYS, read_facts
from .reading import Fields, amount, as_object, day, flag, null_or, one_of, parse_json, text, whole
from .statuses import SupportLevel
from .timeline import timeline
from .timeline_json import because_json, timeline_json
from .timetable import CAP_PERCENT, Teaching, timetable
from .transitions import ROLE_NAMES
from .working_days import FIRST, LAST

log = logging.getLogger(__name__)
Calculator = Callable[[Mapping[str, Any], date], dict[str, Any]]
ROLES = tuple(role for role in ROLE_NAMES if role != "system")
PLAN_KEYS = ("id", "level", "starts_on", "weeks")
MOVE_KEYS = ("id", "from", "to", "part", "by", "progress", "reason", "body_override", "body_agreed")
LONGEST_LINE = 8_000_000
ALSO = ("id", "stored")
LATEST_TRIGGER = date(LAST_YEAR, 10, 31)


def answer(kind: str, line: str | bytes, today: date) -> str:
    """The output line for one input line. ``kind`` is a key of ``CALCULATORS``; ``today`` stands in for ``as_of``.

    A line that cannot be answered gives ``{"id": …, "error": {"path": …, "message": …}}``.
    """
    name: str | int | None = None
    try:
        data = _parsed(line)
        name = _id(data)
        result = CALCULATORS[kind](data, today)
    except RuleBroken as error:
        result = {"error": {"path": error.field or "", "message": error.message}}
    except Exception:  # one line must never stop the stream; the fault goes to the log, not the output
        log.exception("calculate %s failed", kind)
        result = {"error": {"path": "", "message": "This line could not be calculated. Please report it."}}
    return json.dumps({"id": name, **result})


def stream(kind: str, source: BinaryIO, sink: BinaryIO, today: date) -> None:
    """Answer each line of ``source`` with a line of ``sink``, at once and in order, in memory that does not grow.

    Ends quietly when whoever reads ``sink`` has gone.
    """
    try:
        for line in _lines(source):
            sink.write(answer(kind, line, today).encode("ascii") + b"\n")
            sink.flush()
    except BrokenPipeError:
        return


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Each line; one longer than ``LONGEST_LINE`` is cut there, the rest of it skipped."""
    while line := source.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = source.readline(LONGEST_LINE + 1)


def _parsed(line: str | bytes) -> Any:
    if len(line) > LONGEST_LINE:
        raise RuleBroken(f"This line is longer than {LONGEST_LINE} bytes.", "")
    if isinstance(line, bytes):
        try:
            line = line.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RuleBroken("This line is not UTF-8 text.", "") from error
    if not line.strip():
        raise RuleBroken("This line is empty. Give one JSON object.", "")
    return parse_json(line)


def _id(data: Any) -> str | int | None:
    """The id to echo, None when there is none that can be."""
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None


def _read_id(value: Any, path: str) -> str | int:
    if _id({"id": value}) is None:
        raise RuleBroken("The id must be a string or a whole number.", path)
    return value  # type: ignore[no-any-return]


def _fields(data: Any, known: tuple[str, ...]) -> Fields:
    fields = Fields(data, "", known)
    fields.take("id", _read_id)
    return fields


def calculate_timeline(data: Any, today: date) -> dict[str, Any]:
    """A case's dates. A line as ``export_facts`` writes it is taken as it is: ``stored`` is passed over."""
    _fields(data, (*ALSO, *CASE_KEYS))
    return timeline_json(timeline(read_facts(data, today, also=ALSO)))


def calculate_deadline(data: Any, today: date) -> dict[str, Any]:
    """A statutory deadline."""
    fields = _fields(data, ("id", "kind", "trigger"))
    due = deadline(fields.take("kind", one_of(KINDS)), fields.take("trigger", _known_day))
    return {"due_on": due.value.isoformat(), "because": because_json(due.because)}


def calculate_timetable(data: Any, today: date) -> dict[str, Any]:
    """A timetable's cap."""
    fields = _fields(data, ("id", "part", "fte", "reference", "unit", "taught"))
    cap = timetable(
        Teaching(
            part=fields.take("part", _part),
            fte=fields.take("fte", _fte),
            reference=fields.take("reference", _not_negative),
            unit=fields.take("unit", one_of(("minutes", "periods"))),
            taught=fields.take("taught", null_or(_not_negative), None),
        )
    )
    headroom = cap.value.headroom
    return {
        "cap": cap.value.cap,
        "complies": cap.value.complies,
        "headroom": None if headroom is None else plain(headroom),
        "because": because_json(cap.because),
    }


def calculate_escalation(data: Any, today: date) -> dict[str, Any]:
    """A plan's dates, or a move on the ladder."""
    return _plan(data) if {"level", "starts_on", "weeks"} & set(as_object(data, "")) else _move(data)


def _plan(data: Any) -> dict[str, Any]:
    fields = _fields(data, PLAN_KEYS)
    found = plan(fields.take("level", _level), fields.take("starts_on", _known_day), fields.take("weeks", whole))
    dates = found.value
    return {
        "ends_on": dates.ends_on.isoformat(),
        "rows": dates.rows,
        "owner": dates.owner,
        "body_updates_due": [due.isoformat() for due in dates.body_updates_due],
        "because": because_json(found.because),
    }


def _move(data: Any) -> dict[str, Any]:
    fields = _fields(data, MOVE_KEYS)
    ruling = move(
        Move(
            now=fields.take("from", _level),
            to=fields.take("to", _level),
            part=fields.take("part", _part),
            by=fields.take("by", one_of(ROLES)),
            progress=Progress(fields.take("progress", one_of(tuple(Progress)))),
            reason=fields.take("reason", text),
            body_override=fields.take("body_override", flag),
            body_agreed=fields.take("body_agreed", flag),
        )
    )
    return {
        "allowed": ruling.value.allowed,
        "message": ruling.value.message,
        "owner": ruling.value.owner,
        "duties": list(ruling.value.duties),
        "because": because_json(ruling.because),
    }


_LEVELS = list(SupportLevel)  # 0 to 6, then monitoring


def _level(value: Any, path: str) -> SupportLevel:
    if value == SupportLevel.MONITORING.value:
        return SupportLevel.MONITORING
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 6:
        return _LEVELS[value]
    raise RuleBroken("A level is a whole number from 0 to 6, or “monitoring”.", path)


def _part(value: Any, path: str) -> int:
    if whole(value, path) not in CAP_PERCENT:
        raise RuleBroken("The part of induction is 1 or 2.", path)
    return value  # type: ignore[no-any-return]


def _fte(value: Any, path: str) -> Any:
    if not LEAST_FTE <= (fte := amount(value, path)) <= 1:
        raise RuleBroken("The full-time equivalent is from 0.05 to 1.", path)
    return fte


def _not_negative(value: Any, path: str) -> Any:
    if (found := amount(value, path)) < ZERO:
        raise RuleBroken("This cannot be less than 0.", path)
    return found


def _known_day(value: Any, path: str) -> date:
    """A date from which every deadline still falls among the known bank holidays."""
    if not FIRST <= (found := day(value, path)) <= LATEST_TRIGGER:
        raise RuleBroken(f"Use a date from {FIRST_YEAR} to October {LAST.year}: bank holidays are known to then.", path)
    return found


CALCULATORS: Mapping[str, Calculator] = {
    "timeline": calculate_timeline,
    "deadline": calculate_deadline,
    "timetable": calculate_timetable,
    "escalation": calculate_escalation,
}
