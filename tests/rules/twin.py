"""A slow, plain twin of the statutory clock: its definition, one day after the other, and nothing clever.

It shares no code with ``cases.rules`` and takes its bank holidays from the library. Input and output are the shapes of
``calculate timeline``, valid input assumed; ``because`` is left out.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache

import holidays

DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
STATUTORY = {
    "maternity", "paternity", "adoption", "shared_parental", "parental_bereavement", "carers", "neonatal_care",
}  # fmt: skip


@cache
def bank_holidays():
    return frozenset(holidays.UK(subdiv="ENG", years=range(1999, 2101)))


def on(text):
    return date.fromisoformat(text)


def dates(start, end):
    return [start + DAY * n for n in range((end - start).days + 1)]


class School:
    """Every school day of one calendar up to the horizon, with the N of its term."""

    def __init__(self, terms, horizon):
        spans = [
            (on(t["start"]), on(t["end"]), [(on(c["start"]), on(c["end"])) for c in t.get("closures", [])], False)
            for t in terms
        ]
        shift = timedelta(days=364)
        while spans[-1][0] <= horizon:
            start, end, closures, _ = spans[-3]
            spans.append((start + shift, end + shift, [(a + shift, b + shift) for a, b in closures], True))
        self.n, self.assumed = {}, {}
        for start, end, closures, assumed in spans:
            days = [
                day
                for day in dates(start, end)
                if day.weekday() < 5
                and day not in bank_holidays()
                and not any(closed <= day <= reopened for closed, reopened in closures)
            ]
            for day in days:
                self.n[day] = len(days)
                self.assumed[day] = start if assumed else None


class Twin:
    def __init__(self, case, horizon_years):
        self.case = case
        self.opened = {}
        self.as_of = on(case["as_of"])
        self.placements = [
            {
                "index": index,
                "school": p["school"],
                "start": on(p["start"]),
                "end": on(p["end"]) if p.get("end") else None,
                "steps": sorted(
                    ((on(s["from"]), Fraction(s["fte"]), s.get("days")) for s in p["working_pattern"]),
                    key=lambda step: step[0],
                ),
            }
            for index, p in enumerate(case["placements"])
        ]
        first = min((p["start"] for p in self.placements), default=self.as_of)
        ends = [p["end"] for p in self.placements if p["end"]]
        forever = first + timedelta(days=366 * horizon_years)
        self.horizon = max([forever, *ends]) if len(ends) < len(self.placements) else max([first, *ends])
        used = {p["school"] for p in self.placements}
        self.schools = {name: School(case["calendars"][name]["terms"], self.horizon) for name in used}
        self.rows = [
            (
                on(row["start"]),
                on(row["end"]) if row.get("end") else self.as_of,
                row["kind"],
                Fraction(row.get("day_fraction", "1")),
                row.get("elect_extension"),
            )
            for row in case.get("absences", [])
        ]
        self.ignored = self.too_short()
        self.counted = [p for p in self.placements if p["index"] not in self.ignored]

    def too_short(self):
        """Placements at one school with no school day between them are one employment; under one term is nothing."""
        ignored = []
        for name, school in self.schools.items():
            mine = sorted((p for p in self.placements if p["school"] == name), key=lambda p: p["start"])
            groups = []
            for p in mine:
                last = groups[-1][-1]["end"] if groups else None
                if last and not any(d in school.n for d in dates(last + DAY, p["start"] - DAY)):
                    groups[-1].append(p)
                else:
                    groups.append([p])
            for group in groups:
                if group[-1]["end"] is None:
                    continue
                worth = sum(
                    Fraction(1, school.n[d]) for p in group for d in dates(p["start"], p["end"]) if d in school.n
                )
                if worth < 1:
                    ignored += [p["index"] for p in group]
        return sorted(ignored)

    def in_force(self, day):
        return [p for p in self.counted if p["start"] <= day and (p["end"] is None or day <= p["end"])]

    def open_on(self, day):
        if day not in self.opened:
            self.opened[day] = [p for p in self.in_force(day) if day in self.schools[p["school"]].n]
        return self.opened[day]

    @staticmethod
    def step(placement, day):
        return [step for step in placement["steps"] if step[0] <= day][-1]

    def fte_terms(self, day):
        found = [(self.step(p, day)[1], self.schools[p["school"]].n[day]) for p in self.open_on(day)]
        over = max(sum(fte for fte, _ in found), 1)
        return sum(fte / over / n for fte, n in found)

    def calendar_terms(self, day):
        leading = self.in_force(day)[0]
        n = self.schools[leading["school"]].n.get(day)
        return Fraction(1, n) if n else Fraction(0)

    def weight(self, day):
        total = Fraction(0)
        for p in self.open_on(day):
            _, fte, days = self.step(p, day)
            total += Fraction(days.get(WEEKDAYS[day.weekday()], "0")) if days else fte
        return min(total, Fraction(1))

    def absent(self, day):
        """The day's counting and elected fractions."""
        counting = elected = statutory = Fraction(0)
        for start, end, kind, fraction, elects in self.rows:
            if not start <= day <= end:
                continue
            if kind == "school_closure":
                return Fraction(0), Fraction(0)
            if kind in STATUTORY:
                statutory += fraction
                elected += fraction if elects else 0
            elif kind == "covid":
                counting += fraction if day >= date(2022, 9, 1) else 0
            elif kind != "training":
                counting += fraction
        return min(counting, 1 - min(statutory, Fraction(1))), min(elected, Fraction(1))

    def days(self):
        first = min((p["start"] for p in self.counted), default=None)
        if first is None:
            return
        last = first.replace(year=first.year + 35, day=min(first.day, 28) if first.month == 2 else first.day) - DAY
        for day in dates(first, min(last, self.horizon)):
            if self.open_on(day):
                yield day

    def stages(self):
        required = Fraction(self.case.get("required_terms", "6"))
        before = self.case.get("before")
        done = Fraction(before["terms"]) if before else Fraction(0)
        if required <= 3:
            found = [("part", 1, required)]
        else:
            found = [("part", 1, Fraction(3)), ("part", 2, required)][1 if done >= 3 else 0 :]
        rows = self.case.get("decision_extensions", [])
        return found + [("extension", k, Fraction(row["terms"])) for k, row in enumerate(rows, 1)]

    def run(self):
        before = self.case.get("before") or {"terms": "0", "calendar_terms": "0", "absence_days": "0"}
        total, elapsed = Fraction(before["terms"]), Fraction(before["calendar_terms"])
        required = Fraction(self.case.get("required_terms", "6"))
        coming = int(elapsed) + 1
        waiting, finished, current = self.stages(), [], None
        carried = Fraction(before["absence_days"])
        reached, assumed, served_on = [], [], {}
        base, own = required, Fraction(0)
        for day in self.days():
            if current is None:
                if not waiting:
                    break
                kind, number, terms = waiting.pop(0)
                current = {
                    "kind": kind, "number": number, "terms": terms, "starts_on": day, "unextended_end": None,
                    "ends_on": None, "A": carried, "E": Fraction(0), "worked": Fraction(0),
                }  # fmt: skip
                carried, own = Fraction(0), Fraction(0)
            counting, elected = self.absent(day)
            weight = self.weight(day)
            current["A"] += weight * counting
            current["E"] += weight * elected
            assumed += [(self.schools[p["school"]].assumed[day], day) for p in self.open_on(day)]
            elapsed += self.calendar_terms(day)
            while elapsed >= coming:
                reached.append((coming, day))
                coming += 1
            if current["unextended_end"] is None:
                if current["kind"] == "part":
                    total += self.fte_terms(day)
                    if total >= current["terms"]:
                        current["unextended_end"] = day
                    served_on[day] = min(total, current["terms"])
                else:
                    own += self.fte_terms(day)
                    if own >= current["terms"]:
                        current["unextended_end"] = day
                    served_on[day] = base + min(own, current["terms"])
            else:
                current["worked"] += weight
            if current["unextended_end"]:
                extension = self.extension(current)
                if current["worked"] >= extension:
                    current["ends_on"] = day
                    finished.append(current)
                    base += current["terms"] if current["kind"] == "extension" else 0
                    current = None
        stages = finished + ([current] if current else [])
        complete = not waiting and current is None and finished
        ends_on = finished[-1]["ends_on"] if complete else None
        served = [amount for day, amount in sorted(served_on.items()) if day <= self.as_of]
        served = served[-1] if served else Fraction(before["terms"])
        extra = sum(Fraction(row["terms"]) for row in self.case.get("decision_extensions", []))
        until = ends_on or date.max
        return {
            "as_of": self.case["as_of"],
            "ends_on": text(ends_on),
            "served_terms": four(served),
            "remaining_terms": four(required + extra - served),
            "parts": [self.part(s) for s in stages if s["kind"] == "part"],
            "extensions": [self.extended(s) for s in stages if s["kind"] == "extension"],
            "events": self.events(stages, reached, ends_on),
            "assumed_from": text(min((a for a, day in assumed if a and day <= until), default=None)),
            "ignored_placements": self.ignored,
        }

    @staticmethod
    def automatic(stage):
        return stage["A"] if stage["kind"] == "part" and stage["A"] >= 30 else Fraction(0)

    def extension(self, stage):
        return self.automatic(stage) + stage["E"]

    def part(self, stage):
        return {
            "number": stage["number"],
            "starts_on": text(stage["starts_on"]),
            "unextended_end": text(stage["unextended_end"]),
            "ends_on": text(stage["ends_on"]),
            "absence_days": days_text(stage["A"]),
            "threshold": "30",
            "automatic_extension_days": days_text(self.automatic(stage)),
            "elected_extension_days": days_text(stage["E"]),
            "timetable_cap_percent": 90 if stage["number"] == 1 else 95,
        }

    def extended(self, stage):
        return {
            "number": stage["number"],
            "terms": days_text(stage["terms"]),
            "starts_on": text(stage["starts_on"]),
            "unextended_end": text(stage["unextended_end"]),
            "ends_on": text(stage["ends_on"]),
            "absence_days": days_text(stage["A"]),
            "elected_extension_days": days_text(stage["E"]),
        }

    def events(self, stages, reached, ends_on):
        last_part = [kind_number for kind_number in self.stages() if kind_number[0] == "part"][-1][1]
        found, due = [], []
        for stage in stages:
            if stage["ends_on"]:
                kind = "extension_assessment"
                if stage["kind"] == "part":
                    kind = "final_assessment" if stage["number"] == last_part else "first_assessment"
                found.append({"kind": kind, "due_on": text(stage["ends_on"])})
                due.append(stage["ends_on"])
        previous = date.min
        for number, day in reached:
            if not any(previous < assessed <= day for assessed in due) and (ends_on is None or day <= ends_on):
                found.append({"kind": "progress_review", "number": number, "due_on": text(day)})
            previous = day
        return sorted(found, key=lambda event: (event["due_on"], event["kind"]))


def text(day):
    return day.isoformat() if day else None


def four(amount):
    return f"{(Decimal((amount * 20000 + 1).__floor__() // 2) / 10000):.4f}"


def days_text(amount):
    value = Decimal(amount.numerator) / Decimal(amount.denominator)
    return f"{value.normalize():f}"


def twin(case):
    """The result; eight years are tried before thirty-five, only to save time."""
    found = Twin(case, 8).run()
    return found if found["ends_on"] else Twin(case, 35).run()
