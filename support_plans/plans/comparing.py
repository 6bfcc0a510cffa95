"""A plan that two people write at once: what was typed beside what is saved now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.rules.standards import Standard
from induction_portal.govuk.words import day

from ..forms import SupportPlanForm


def differing(form: SupportPlanForm, saved: Mapping[str, Any]) -> list[dict[str, str]]:
    """Rows of answer, typed and saved now, for what the two people left different."""
    written = form.written()
    told: dict[str, tuple[Any, Any]] = {
        str(form.fields[name].label): (getattr(written, name), saved.get(name))
        for name in form.fields
        if hasattr(written, name)
    }
    for number, row in enumerate(written.planned, 1):
        told[f"Week {number}"] = _row(vars_of(row)), _row(saved.get("planned", {}).get(str(number), {}))
    for number, objective in enumerate(written.rows, 1):
        kept = saved.get("rows", [])
        told[f"Objective {number}"] = _row(vars_of(objective)), _row(kept[number - 1] if number <= len(kept) else {})
    rows = ((name, _words(typed), _words(now)) for name, (typed, now) in told.items())
    return [{"field": name, "typed": typed, "now": now} for name, typed, now in rows if typed != now]


def vars_of(row: Any) -> dict[str, Any]:
    """The values of a row that has no `__dict__`."""
    return {name: getattr(row, name) for name in row.__slots__}


def _row(values: Mapping[str, Any]) -> str:
    names = ("objective", "standards", "actions", "resources", "success_criteria")
    return "\n".join(filter(None, (_words(values.get(name)) for name in names)))


def _words(value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return "; ".join(standard.label for standard in Standard if standard.value in value)
    return "" if value is None else str(value)
