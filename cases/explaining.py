"""A timeline made plain: one sentence, a picture, tables of dates, the reasons, and what was assumed.

The calculator, the page of a case and its "what if" show the same `Answer` through `templates/cases/answer.html`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from induction_portal.govuk.words import day, weekday

from .picture import TITLE, Happening, Picture, kind_words, picture, stage_name
from .rules.absence_kinds import Effect
from .rules.amounts import plain, rounded
from .rules.explained import Reason
from .rules.schedule import EXTENSION_ASSESSMENT, FIRST_ASSESSMENT, PROGRESS_REVIEW, Event
from .rules.stages import Stage
from .rules.timeline import Timeline
from .rules.timeline_reasons import event_reason, reasons
from .rules.timetable import CAP_PERCENT
from .rules.told import Told

NOT_REACHED = "Not reached"
PARTS_COLUMNS = ("Part", "Starts", "Ends", "Absence that counts", "Extended by", "Timetable at most")
NO_ABSENCE_COLUMNS = tuple(name for place, name in enumerate(PARTS_COLUMNS) if place not in (3, 4))
DATES_COLUMNS = ("What", "Due", "Why")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page shows of a timeline. `parts` and `dates` are rows of components/table.html."""

    headline: str
    stands: str
    picture: Picture | None
    parts: list[list[Any]]
    dates: list[list[Any]]
    because: tuple[Reason, ...]
    assumed: list[str]
    key: str
    parts_columns: tuple[str, ...] = PARTS_COLUMNS
    dates_columns: tuple[str, ...] = DATES_COLUMNS


def explain(
    timeline: Timeline,
    *,
    told: Told,
    done: Iterable[Happening] = (),
    assumed: Iterable[str] = (),
    key: str = "answer",
    title: str = TITLE,
) -> Answer:
    """The answer to "when does this induction end, and why", for who is `told` it.

    `done` as `picture` takes them; `assumed` are sentences of the caller's own, which come first; `key` is the id of
    its heading, and begins the picture's ids; `title` names the picture.
    """
    events = [event for event in timeline.events if event.due_on >= told.since]
    return Answer(
        headline=headline(timeline),
        stands=stands(timeline),
        picture=picture(timeline, told=told, done=done, key=f"{key}-picture", title=title),
        parts=[_part(stage, told) for stage in timeline.stages if told.of_stage(stage)],
        dates=[[event_name(event), weekday(event.due_on), event_reason(event).says] for event in events],
        because=tuple(reasons(timeline, told)),
        assumed=[*assumed, *assumptions(timeline, told)],
        key=key,
        parts_columns=PARTS_COLUMNS if told.absences else NO_ABSENCE_COLUMNS,
    )


def headline(timeline: Timeline) -> str:
    """ "Induction ends on 18 October 2027"; in the past tense once that day is over."""
    if since := paused_since(timeline):
        return f"Induction has been paused since {day(since)}"
    if timeline.ends_on is None:
        return "Induction does not end in the service given"
    verb = "ended" if timeline.ends_on < timeline.facts.as_of else "ends"
    return f"Induction {verb} on {day(timeline.ends_on)}"


def paused_since(timeline: Timeline) -> date | None:
    """The first day without an appropriate body, while none is responsible (R84); None otherwise."""
    on = timeline.facts.as_of
    return next((first for first, last in timeline.facts.paused if first <= on and (last is None or last >= on)), None)


def stands(timeline: Timeline) -> str:
    """How much is served and left, to two places."""
    served, left = rounded(timeline.served_terms, 2), rounded(timeline.remaining_terms, 2)
    return f"By the end of {day(timeline.facts.as_of)}, {served} full-time terms are served and {left} are left."


def event_name(event: Event) -> str:
    """What falls due: "Progress review 2", "Final formal assessment"."""
    if event.kind == PROGRESS_REVIEW:
        return f"Progress review {event.number}"
    if event.kind == EXTENSION_ASSESSMENT:
        return "Assessment of the extension"
    return f"{'First' if event.kind == FIRST_ASSESSMENT else 'Final'} formal assessment"


def _part(stage: Stage, told: Told) -> list[Any]:
    longer = stage.plan.extension(stage.absent)
    cap = "" if stage.plan.decided else f"{CAP_PERCENT[stage.plan.number]}%"
    counted = [_days(plain(stage.absent.counting)), _days(plain(longer)) if longer else "Not extended"]
    return [
        stage_name(stage),
        day(stage.starts_on) if stage.starts_on >= told.since else f"Before {day(told.since)}",
        day(stage.ends_on) or NOT_REACHED,
        *(counted if told.absences else []),
        cap or "Agreed with the body",
    ]


def _days(amount: str) -> str:
    return f"{amount} day" if amount == "1" else f"{amount} days"


def assumptions(timeline: Timeline, told: Told) -> Iterator[str]:
    """What the answer takes for granted and may turn out otherwise."""
    facts = timeline.facts
    for placement in facts.placements:
        if placement.end is None and told.of_placement(placement) and not paused_since(timeline):
            yield f"Service at {told.school(placement.school)} goes on as it is until induction ends."
    if timeline.assumed_from:
        yield f"Terms from {day(timeline.assumed_from)} on are not known yet: the last three are repeated a year later."
    for absence in filter(told.of_absence, facts.absences):
        if absence.end is None:
            yield f"The absence since {day(absence.start)} goes on; it is counted up to {day(facts.as_of)}."
        if absence.kind.effect is Effect.STATUTORY and absence.elected is None:
            what = kind_words(absence.kind).lower()
            yield f"The ECT has not chosen to extend induction by the {what} leave from {day(absence.start)}."
