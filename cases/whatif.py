"""The answer to "what if" on a case, beside today's."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from induction_portal.govuk.words import day, weekday

from .explaining import Answer, event_name, explain, stage_name
from .facts import facts_as_fetched
from .models import Induction
from .rules.facts import CaseFacts
from .rules.timeline import Timeline, timeline
from .rules.told import Told

COLUMNS = ("What", "As recorded", "What if", "Moved")
NONE = "Not reached"


@dataclass(frozen=True, slots=True)
class Compared:
    """Both answers, and their dates side by side as rows of components/table.html."""

    says: str
    now: Answer
    then: Answer
    rows: list[list[Any]]
    columns: tuple[str, ...] = COLUMNS


def facts_now(induction: Induction, *, on: date) -> CaseFacts:
    """The facts of a case from `access.case`, as they are recorded."""
    (facts,) = facts_as_fetched([induction], as_of=on)
    return facts


def compared(form: Any, told: Told) -> Compared:
    """What a valid WhatIfForm supposes, beside what is recorded."""
    now, then = timeline(form.facts), timeline(form.supposed)
    days, supposed = dates_of(now, told), dates_of(then, told)
    end, *others = [*days, *(name for name in supposed if name not in days)]
    names = [end, *sorted(others, key=lambda name: supposed.get(name) or days[name] or date.max)]
    rows = [[name, *_side_by_side(days.get(name), supposed.get(name))] for name in names]
    return Compared(
        _says(now, then),
        explain(now, told=told, key="now", title="Timeline as recorded"),
        explain(then, told=told, key="what-if", title="Timeline, if that were so"),
        rows,
    )


def _says(now: Timeline, then: Timeline) -> str:
    """The answer in one sentence."""
    if then.ends_on is None:
        return "Induction would not end in the service given"
    if then.ends_on == now.ends_on:
        return f"Induction would still end on {day(then.ends_on)}"
    moved = _moved(now.ends_on, then.ends_on) if now.ends_on else ""
    return f"Induction would end on {day(then.ends_on)}{f', {moved}' if moved else ''}"


def dates_of(told_of: Timeline, told: Told) -> dict[str, date | None]:
    """Every date of a timeline by its name: the end first, then the parts' starts, then what falls due."""
    found: dict[str, date | None] = {"Induction ends": told_of.ends_on}
    later = (stage for stage in told_of.stages[1:] if stage.starts_on >= told.since)
    found |= {f"{stage_name(stage)} starts": stage.starts_on for stage in later}
    return found | {event_name(event): event.due_on for event in told_of.events if event.due_on >= told.since}


def _side_by_side(now: date | None, then: date | None) -> tuple[str, str, str]:
    return weekday(now) or NONE, weekday(then) or NONE, _moved(now, then)


def _moved(now: date | None, then: date | None) -> str:
    if now == then:
        return "The same"
    if now is None or then is None:
        return "New" if now is None else "No longer"
    days = abs((then - now).days)
    return f"{days} {'day' if days == 1 else 'days'} {'later' if then > now else 'earlier'}"
