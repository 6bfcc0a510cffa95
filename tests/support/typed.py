"""The calculator's inputs as its page sends them: the shape of `calculate timeline`, typed into the form."""

from datetime import date
from typing import Any

from django.http import QueryDict

WORDS = {True: "yes", False: "no", None: "undecided"}


def typed(case: dict[str, Any]) -> dict[str, Any]:
    """A case of the calculator (its calendars all alike) as the names and values of the page."""
    first, *others = case["placements"]
    sent = _placement("", first) | {"school": first["school"]}
    sent |= {"working": "part" if sent["fte"] != "1" or sent["days"] else "full"}
    for number, placement in enumerate(others):
        sent |= _row("placements", number, _placement("", placement) | {"school": placement["school"]})
    later = [(place, step) for place in case["placements"] for step in place["working_pattern"][1:]]
    for number, (placement, step) in enumerate(later):
        values = {"fte": step["fte"], "days": _days(step), "school": placement["school"]}
        sent |= _row("changes", number, _date("start", step["from"]) | values)
    for number, absence in enumerate(case.get("absences", [])):
        sent |= _row("absences", number, _absence(absence))
    for number, extension in enumerate(case.get("decision_extensions", [])):
        sent |= _row("extensions", number, {"terms": extension["terms"]})
    before = case.get("before") or {}
    sent |= {f"before_{name}": amount for name, amount in before.items()}
    terms = next(iter(case["calendars"].values()))["terms"]
    sent |= {"calendar": "own", "terms": "\n".join(_line(term) for term in terms)}
    sent |= {"required_terms": case.get("required_terms", "")} | _date("as_of", case["as_of"])
    rows: dict[str, list[str]] = {}
    for name in sent:
        group, _, rest = name.partition("-")
        key = rest.partition("-")[0]
        if key.isdecimal() and key not in rows.setdefault(f"{group}-row", []):
            rows[f"{group}-row"].append(key)
    return sent | rows


def query(sent: dict[str, Any]) -> str:
    """The names and values as a query string."""
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data.urlencode()


def _row(group: str, number: int, values: dict[str, str]) -> dict[str, str]:
    return {f"{group}-{number}-{name}": value for name, value in values.items()}


def _placement(prefix: str, placement: dict[str, Any]) -> dict[str, str]:
    step = placement["working_pattern"][0]
    dates = _date("start", placement["start"]) | _date("end", placement.get("end"))
    return dates | {"fte": step["fte"], "days": _days(step)}


def _days(step: dict[str, Any]) -> str:
    return ", ".join(f"{day} {weight}" for day, weight in (step.get("days") or {}).items())


def _absence(absence: dict[str, Any]) -> dict[str, str]:
    dates = _date("start", absence["start"]) | _date("end", absence.get("end"))
    chosen = WORDS[absence.get("elect_extension")]
    return dates | {
        "kind": absence["kind"],
        "day_fraction": absence.get("day_fraction", ""),
        "elect_extension": chosen,
    }


def _date(name: str, written: str | None) -> dict[str, str]:
    day = date.fromisoformat(written) if written else None
    parts = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), parts, strict=True))


def _line(term: dict[str, Any]) -> str:
    closed = "".join(f", half-term {c['start']} to {c['end']}" for c in term.get("closures", []))
    return f"{term['start']} to {term['end']}{closed}"
