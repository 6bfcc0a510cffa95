"""Random cases in the input shape of ``calculate timeline``: every feature, mixed."""

from datetime import date, timedelta

KINDS = [
    "sickness", "sickness", "sickness", "compassionate", "dependants", "jury_service", "strike", "unpaid", "religious",
    "parental_unpaid", "other", "covid", "maternity", "paternity", "adoption", "shared_parental",
    "parental_bereavement", "carers", "neonatal_care", "training", "school_closure",
]  # fmt: skip
FTES = ["1", "1", "1", "0.9", "0.8", "0.6", "0.5", "0.4", "0.375", "0.33", "0.95"]
PATTERNS = [
    None,
    None,
    {"mon": "1", "tue": "1", "wed": "1"},
    {"mon": "1", "tue": "1", "wed": "0.5"},
    {"thu": "0.5", "fri": "0.5"},
    {"mon": "0.2", "tue": "0.4", "wed": "0.6", "thu": "0.8", "fri": "1"},
    {"mon": "1", "tue": "1", "wed": "1", "thu": "1", "fri": "1"},
]


def plus(day, days):
    return day + timedelta(days=days)


def terms(pick, first_year, years):
    """Three terms a year with odd edges, closures that may reach out of their term."""
    found = []
    for year in range(first_year, first_year + years):
        name = f"{year}/{(year + 1) % 100:02d}"
        jitter = [pick.randint(-4, 4) for _ in range(6)]
        edges = [
            ("autumn", date(year, 9, 6), date(year, 12, 17), date(year, 10, 26)),
            ("spring", date(year + 1, 1, 8), date(year + 1, 3, 28), date(year + 1, 2, 15)),
            ("summer", date(year + 1, 4, 16), date(year + 1, 7, 20), date(year + 1, 5, 28)),
        ]
        for place, (term, start, end, half) in enumerate(edges):
            closures = [{"start": half.isoformat(), "end": plus(half, pick.randint(0, 6)).isoformat()}]
            if pick.random() < 0.2:
                closures.append({"start": plus(end, -1).isoformat(), "end": plus(end, 9).isoformat()})
            if pick.random() < 0.1:
                closures = []
            found.append(
                {
                    "name": term,
                    "school_year": name,
                    "start": plus(start, jitter[2 * place]).isoformat(),
                    "end": plus(end, jitter[2 * place + 1]).isoformat(),
                    "closures": closures,
                }
            )
    return found


def step(pick, start):
    found = {"from": start.isoformat(), "fte": pick.choice(FTES)}
    if (days := pick.choice(PATTERNS)) is not None:
        found["days"] = days
    return found


def pattern(pick, start, length):
    steps = [step(pick, plus(start, -pick.choice([0, 0, 30])))]
    more = pick.choice([0, 0, 0, 1, 2, 4])
    steps += [step(pick, plus(start, pick.randint(1, length))) for _ in range(more)]
    unique = list({found["from"]: found for found in steps}.values())
    pick.shuffle(unique)
    return unique


def placements(pick, schools, first_year):
    """Chains at each school, some with gaps, some too short to count; several schools at once when there are more."""
    found = []
    for school in schools:
        start = date(first_year, 8, 1) + timedelta(days=pick.choice([32, 33, 36, pick.randint(0, 500)]))
        for _ in range(pick.choice([1, 1, 1, 2, 3, 4])):
            length = pick.choice([pick.randint(0, 150), pick.randint(60, 140), pick.randint(150, 1200)])
            end = plus(start, length)
            open_end = pick.random() < 0.5
            found.append(
                {
                    "school": school,
                    "start": start.isoformat(),
                    "end": None if open_end else end.isoformat(),
                    "working_pattern": pattern(pick, start, length + 5),
                }
            )
            if open_end:
                break
            start = plus(end, pick.choice([1, 1, 3, pick.randint(1, 40), pick.randint(40, 400)]))
    pick.shuffle(found)
    return found


def absences(pick, first_year):
    found = []
    for _ in range(pick.choice([0, 1, 2, 4, 10, 30])):
        start = date(first_year, 9, 1) + timedelta(days=pick.randint(-30, 1500))
        length = pick.choice([0, 0, 1, 4, 10, 40, 45, 200])
        found.append(
            {
                "start": start.isoformat(),
                "end": None if pick.random() < 0.05 else plus(start, length).isoformat(),
                "kind": pick.choice(KINDS),
                "day_fraction": pick.choice(["1", "1", "1", "0.5", "0.5", "0.25", "0.7"]),
                "elect_extension": pick.choice([None, True, True, False]),
            }
        )
    return found


def random_case(pick):
    """One valid case, drawn with the ``random.Random`` given."""
    first_year = pick.choice([2018, 2021, 2024, 2025])
    schools = pick.choice([["A"], ["A"], ["A"], ["A", "B"], ["A", "B", "C"]])
    required = pick.choice(["6", "6", "6", "6", "1", "2.5", "3", "3.005", "4.5"])
    case = {
        "id": pick.randint(1, 10**6),
        "as_of": plus(date(first_year, 8, 1), pick.randint(-60, 2200)).isoformat(),
        "calendars": {school: {"terms": terms(pick, first_year, pick.choice([1, 2, 4]))} for school in "ABC"},
        "placements": placements(pick, schools, first_year),
        "absences": absences(pick, first_year),
        "required_terms": required,
    }
    if pick.random() < 0.3:
        served = pick.choice(["0", "0.4", "1.4", "2.99", "3", "3.7", "5.995"])
        if float(served) < float(required):
            elapsed = pick.choice(["0", "2", "2.4", "7.75"])
            days = pick.choice(["0", "12", "29.5", "31"])
            case["before"] = {"terms": served, "calendar_terms": elapsed, "absence_days": days}
    if pick.random() < 0.3:
        case["decision_extensions"] = [{"terms": pick.choice(["1", "0.5", "2"])} for _ in range(pick.randint(1, 2))]
    return case
