"""The worked example of the calculator, and a way to change it."""

import copy


def term(name, year, start, end, *closure):
    closures = [{"start": closure[0], "end": closure[1]}] if closure else []
    return {"name": name, "school_year": year, "start": start, "end": end, "closures": closures}


TERMS = [
    term("autumn", "2025/26", "2025-09-02", "2025-12-19", "2025-10-27", "2025-10-31"),
    term("spring", "2025/26", "2026-01-05", "2026-03-27", "2026-02-16", "2026-02-20"),
    term("summer", "2025/26", "2026-04-13", "2026-07-21", "2026-05-25", "2026-05-29"),
    term("autumn", "2026/27", "2026-09-01", "2026-12-18", "2026-10-26", "2026-10-30"),
    term("spring", "2026/27", "2027-01-04", "2027-03-25", "2027-02-15", "2027-02-19"),
    term("summer", "2026/27", "2027-04-12", "2027-07-21", "2027-05-31", "2027-06-04"),
    term("autumn", "2027/28", "2027-09-01", "2027-12-17", "2027-10-25", "2027-10-29"),
]
CASE = {
    "id": "any",
    "as_of": "2026-11-22",
    "calendars": {"A": {"terms": TERMS}},
    "placements": [
        {
            "school": "A",
            "start": "2025-09-02",
            "end": None,
            "working_pattern": [{"from": "2025-09-02", "fte": "1"}],
        }
    ],
    "absences": [
        {
            "start": "2025-09-08",
            "end": "2025-10-23",
            "kind": "sickness",
            "day_fraction": "1",
            "elect_extension": None,
        }
    ],
    "required_terms": "6",
    "decision_extensions": [],
    "before": None,
}
LEFT_OUT = object()


def absence(start, end=None, kind="sickness", **more):
    return {"start": start, "end": end or start, "kind": kind, **more}


def changed(path="", value=LEFT_OUT, **top):
    """A copy of the example with keys replaced, and the value at ``path`` set, or left out."""
    case = {**copy.deepcopy(CASE), **copy.deepcopy(top)}
    if path:
        *way, last = [int(key) if key.isdigit() else key for key in path.replace("[", ".").replace("]", "").split(".")]
        place = case
        for key in way:
            place = place[key]
        if value is LEFT_OUT:
            del place[last]
        else:
            place[last] = value
    return case
