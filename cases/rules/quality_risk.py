"""Why an induction, or a school, should be looked at: every reason in a sentence, each with a weight.

No source gives weights: what touches the ECT's rights by law weighs three, what the guidance asks for two, what is only
a sign one [P]. The officer is shown every reason, and decides on none of it alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import say

SEVERAL = 3  # missed deadlines
LONG_AWAY = timedelta(days=28)
NEW_FOR = timedelta(days=365)
LATE_BY = timedelta(days=14)  # a review that is some days late may be in the post


@dataclass(frozen=True, slots=True)
class Risk:
    """One reason: its code, its weight, the rule or paragraph, and the sentence; `of_many` is the same for several."""

    code: str
    weight: int
    source: str
    says: str
    of_many: str = ""


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """What the portal knows of one ECT at one school on a day.

    `review_due_on` is the earliest day of a review or assessment that is not there; `missed` how many of the school's
    deadlines have passed; `over_cap` None where no timetable is on record; `absence_notice` whether absence has reached
    30 days in a part; `away_since` the first day of an absence that goes on; `school_since` the first day of the
    school's first ECT with this body; `support_denied_on` the day on which, asked at an earlier visit, the ECT did not
    say that support is enough; `query_since` the day of a query about service that has no answer; `not_on_track_on`
    the day of the latest review, if it said so.
    """

    starts_on: date
    has_mentor: bool
    has_tutor: bool
    over_cap: bool | None
    school_since: date
    missed: int = 0
    review_due_on: date | None = None
    absence_notice: bool = False
    away_since: date | None = None
    support_denied_on: date | None = None
    query_since: date | None = None
    not_on_track_on: date | None = None


def risks(facts: RiskFacts, *, on: date) -> tuple[Risk, ...]:
    """Every reason to look at one induction on a day, the weightiest first (R40, R46, R48, R69; SG 2.28, 5.11)."""
    found = [*_by_law(facts), *_by_guidance(facts, on), *_signs(facts, on)]
    return tuple(sorted(found, key=lambda risk: -risk.weight))


def _by_law(facts: RiskFacts) -> Iterator[Risk]:
    if facts.over_cap:
        says = "The timetable on record is over the cap"
        yield Risk("over_cap", 3, "R40", says, "ECTs have a timetable over the cap")
    if not facts.has_mentor:
        yield Risk("no_mentor", 3, "SG 2.43", "No mentor is appointed", "ECTs have no mentor")
    if facts.support_denied_on:
        says = f"Asked in confidence on {say(facts.support_denied_on)}, the ECT did not say that support is enough"
        yield Risk("support", 3, "SG 2.64", says, "ECTs did not say that support is enough")


def _by_guidance(facts: RiskFacts, on: date) -> Iterator[Risk]:
    if facts.review_due_on and facts.review_due_on + LATE_BY < on:
        says = f"A review or assessment was due on {say(facts.review_due_on)} and is not there"
        yield Risk("late_review", 2, "R48", says, "ECTs have a review or assessment that is not there")
    if not facts.has_tutor:
        yield Risk("no_tutor", 2, "SG 2.42", "No induction tutor is appointed", "ECTs have no induction tutor")
    if facts.over_cap is None:
        says = "No timetable is on record"
        yield Risk("no_timetable", 2, "R40", says, "ECTs have no timetable on record")
    if facts.not_on_track_on:
        says = f"The review of {say(facts.not_on_track_on)} found the ECT not on track"
        yield Risk("not_on_track", 2, "R69", says, "ECTs were found not on track")
    if facts.missed >= SEVERAL:
        says = f"The school has missed {facts.missed} deadlines"
        yield Risk("missed", 2, "SG 5.4", says, f"ECTs have {SEVERAL} missed deadlines or more")


def _signs(facts: RiskFacts, on: date) -> Iterator[Risk]:
    if facts.absence_notice:
        says = "Absence has reached 30 days in this part"
        yield Risk("absence", 1, "R38", says, "ECTs have reached 30 days of absence")
    if facts.away_since and facts.away_since + LONG_AWAY <= on:
        says = f"The ECT has been away since {say(facts.away_since)}"
        yield Risk("away", 1, "R38", says, "ECTs have been away for four weeks or more")
    if facts.query_since:
        says = f"The ECT queried their recorded service on {say(facts.query_since)}, without an answer yet"
        yield Risk("query", 1, "SG 5.2", says, "ECTs wait for an answer about their service")
    if facts.school_since + NEW_FOR > on:
        says = f"The school’s first ECT with you started on {say(facts.school_since)}"
        yield Risk("new_school", 1, "P", says, says)


def score(found: Iterable[Risk]) -> int:
    """The weight of these reasons together."""
    return sum(risk.weight for risk in found)


def of_school(cases: Sequence[Sequence[Risk]]) -> tuple[Risk, ...]:
    """The reasons of a school's ECTs as the school's: each once, with how many ECTs it is true of, and nobody's name.

    A reason weighs as much as for one ECT, and one more for each further one: a school of many is not at risk by that.
    """
    firsts: dict[str, Risk] = {}
    counted: Counter[str] = Counter()
    for found in cases:
        for risk in found:
            firsts.setdefault(risk.code, risk)
            counted[risk.code] += 1
    told = [_of_many(risk, counted[code]) for code, risk in firsts.items()]
    return tuple(sorted(told, key=lambda risk: (-risk.weight, risk.code)))


def _of_many(risk: Risk, number: int) -> Risk:
    if risk.code == "new_school":
        return risk
    return Risk(risk.code, risk.weight + number - 1, risk.source, f"{number} {_ects(risk.of_many, number)}")


def _ects(says: str, number: int) -> str:
    """ "ECTs have no mentor" of one: "ECT has no mentor"."""
    if number != 1:
        return says
    singular = {"have": "has", "were": "was", "wait": "waits", "did": "did"}
    _, verb, rest = says.split(" ", 2)
    return f"ECT {singular[verb]} {rest}"
