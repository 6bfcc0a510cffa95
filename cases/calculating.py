"""From what somebody typed in the calculator to the inputs of `calculate timeline`, and where each was typed."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .calendars import usual_calendar
from .rules.calendar import Calendar
from .rules.errors import RuleBroken

FIRST_SCHOOL = "A"
FULL_TIME = "1"
LINE = re.compile(r"\.terms\[([0-9]+)\]")
Named = Callable[[str], str]


class Place(NamedTuple):
    """Where something was typed: the name of the input in the page, and what a message about it begins with."""

    name: str
    begins: str = ""


@dataclass
class Sheet:
    """The inputs of a calculator as JSON values, and the place of each by its path, such as `placements[0].start`."""

    inputs: dict[str, Any]
    places: dict[str, Place] = field(default_factory=dict)

    def typed(self, broken: RuleBroken) -> tuple[str | None, str]:
        """The input of the page that a broken rule is about, and the message to show beside it."""
        path = broken.field or ""
        known = [known for known in self.places if path == known or path.startswith((f"{known}.", f"{known}["))]
        if not known:
            return broken.field, broken.message
        place = self.places[max(known, key=len)]
        line = LINE.search(path) if place.begins else None
        return place.name, f"{place.begins} {int(line[1]) + 1}: {broken.message}" if line else broken.message


def decimal(value: Decimal | None, otherwise: str | None = None) -> str | None:
    """A decimal string as the rules read it; `otherwise` for nothing typed."""
    return otherwise if value is None else format(value, "f")


def timeline_sheet(form: Any, today: date) -> Sheet:
    """The inputs of `calculate timeline` from a valid TimelineForm.

    Raises RuleBroken, naming an input of the page, for a change of hours before there is anybody to work them.
    """
    values, sheet = form.cleaned_data, Sheet({})
    rows = {name: [(row.cleaned_data, row.add_prefix) for row in group.used] for name, group in form.groups.items()}
    first = values | ({} if values["working"] == "part" else {"fte": None, "days": None})
    served = [_placement(sheet, place, *typed) for place, typed in enumerate([(first, str), *rows["placements"]])]
    for change, named in rows["changes"]:
        _change(sheet, served, change, named)
    as_of = values["as_of"] or today
    terms = _terms(sheet, values, served, as_of)
    sheet.inputs = {
        "id": "calculator",
        "as_of": as_of.isoformat(),
        "calendars": {placement["school"]: {"terms": terms} for placement in served},
        "placements": served,
        "absences": [_absence(sheet, place, *typed) for place, typed in enumerate(rows["absences"])],
        "required_terms": decimal(values["required_terms"], "6"),
        "decision_extensions": [_extension(sheet, place, *typed) for place, typed in enumerate(rows["extensions"])],
        "before": _before(values),
    }
    for school in sheet.inputs["calendars"]:
        sheet.places[f"calendars.{school}"] = Place("terms", "Line")
    for name in ("terms", "calendar_terms", "absence_days"):
        sheet.places[f"before.{name}"] = Place(f"before_{name}")
    sheet.places |= {name: Place(name) for name in ("as_of", "required_terms")}
    return sheet


def _note(sheet: Sheet, path: str, named: Named, **names: str) -> None:
    """Remember under which name each key below a path was typed."""
    sheet.places |= {f"{path}.{key}": Place(named(name)) for key, name in names.items()}


def _placement(sheet: Sheet, place: int, values: Mapping[str, Any], named: Named) -> dict[str, Any]:
    path = f"placements[{place}]"
    _note(sheet, path, named, start="start", end="end", school="school", working_pattern="fte")
    placement = {
        "school": values["school"] or FIRST_SCHOOL,
        "start": values["start"].isoformat(),
        "end": values["end"].isoformat() if values["end"] else None,
        "working_pattern": [],
    }
    _step(sheet, place, placement, values, named)
    return placement


def _step(sheet: Sheet, place: int, placement: dict[str, Any], values: Mapping[str, Any], named: Named) -> None:
    path = f"placements[{place}].working_pattern[{len(placement['working_pattern'])}]"
    sheet.places[f"{path}.from"] = Place(named("start"))
    _note(sheet, path, named, fte="fte", days="days")
    step = {"from": values["start"].isoformat(), "fte": decimal(values["fte"], FULL_TIME)}
    placement["working_pattern"].append(step | ({"days": values["days"]} if values["days"] else {}))


def _change(sheet: Sheet, served: list[dict[str, Any]], change: Mapping[str, Any], named: Named) -> None:
    """A change of hours is a step of the latest placement begun by then, at its school if one was named."""
    day, school = change["start"].isoformat(), change["school"]
    begun = [(p["start"], n) for n, p in enumerate(served) if p["start"] <= day and school in ("", p["school"])]
    if not begun:
        raise RuleBroken("No placement there has begun by then. Enter a later day, or another school", named("start"))
    place = max(begun)[1]
    _step(sheet, place, served[place], change, named)


def _absence(sheet: Sheet, place: int, values: Mapping[str, Any], named: Named) -> dict[str, Any]:
    keys = ("start", "end", "kind", "day_fraction", "elect_extension")
    _note(sheet, f"absences[{place}]", named, **dict(zip(keys, keys, strict=True)))
    return {
        "start": values["start"].isoformat(),
        "end": values["end"].isoformat() if values["end"] else None,
        "kind": values["kind"],
        "day_fraction": decimal(values["day_fraction"], "1"),
        "elect_extension": {"yes": True, "no": False}.get(values["elect_extension"]),
    }


def _extension(sheet: Sheet, place: int, values: Mapping[str, Any], named: Named) -> dict[str, Any]:
    _note(sheet, f"decision_extensions[{place}]", named, terms="terms")
    return {"terms": decimal(values["terms"])}


def _before(values: Mapping[str, Any]) -> dict[str, Any] | None:
    if values["before_terms"] is None:
        return None
    terms = decimal(values["before_terms"])
    return {
        "terms": terms,
        "calendar_terms": decimal(values["before_calendar_terms"], terms),
        "absence_days": decimal(values["before_absence_days"], "0"),
    }


def _terms(sheet: Sheet, values: Mapping[str, Any], served: list[dict[str, Any]], as_of: date) -> list[dict[str, Any]]:
    if values["calendar"] == "own":
        return values["terms"]
    first = min(date.fromisoformat(placement["start"]) for placement in served)
    return list(_term_json(usual_calendar(first=first, today=as_of)))


def _term_json(calendar: Calendar) -> Iterator[dict[str, Any]]:
    for term in calendar.terms:
        closures = [{"start": c.start.isoformat(), "end": c.end.isoformat()} for c in term.closures]
        yield {
            "name": term.name,
            "school_year": term.school_year,
            "start": term.start.isoformat(),
            "end": term.end.isoformat(),
            "closures": closures,
        }
