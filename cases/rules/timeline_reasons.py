"""Why a timeline says what it says: sentences a tutor can read aloud, with the rule, its source and the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from .absence import THRESHOLD, election_needs_a_look, extension_days
from .amounts import plain, spoken
from .dates import say
from .explained import Reason
from .facts import FULL_INDUCTION, PatternStep, Placement
from .schedule import EXTENSION_ASSESSMENT, FIRST_ASSESSMENT, PROGRESS_REVIEW, Event
from .service import LONGEST_YEARS
from .stages import Stage, plans
from .timeline import Timeline
from .timetable import CAP_PERCENT
from .told import Told

EVERYTHING = Told()


def reasons(timeline: Timeline, told: Told = EVERYTHING) -> Iterator[Reason]:
    """The whole chain: what has to be served, what counts, each stage, each date, and where the ECT stands."""
    yield from _length(timeline, told)
    yield from _service(timeline, told)
    for stage in filter(told.of_stage, timeline.stages):
        yield from stage_reasons(stage, told)
    for event in timeline.events:
        if event.due_on >= told.since:
            yield event_reason(event)
    yield from _end(timeline)


def _length(timeline: Timeline, told: Told) -> Iterator[Reason]:
    facts, required = timeline.facts, spoken(timeline.facts.required_terms)
    if facts.required_terms == FULL_INDUCTION:
        yield Reason("R15", "Reg 7(1); SG 2.30", "Induction takes 6 full-time equivalent terms, in two parts of 3.")
    else:
        parts = "in one part" if len(list(plans(facts))) - len(facts.decision_extensions) == 1 else "counted to the end"
        says = f"The appropriate body has reduced induction to {required} full-time equivalent terms, {parts}."
        yield Reason("R21", "Reg 7(3); SG 3.2-3.3", says)
    if (before := facts.before) is not None:
        says = (
            f"Before the first placement {spoken(before.terms)} terms were served over "
            f"{spoken(before.calendar_terms)} calendar terms"
        )
        along = f"; {plain(before.absence_days)} days of absence come along" if told.absences else ""
        yield Reason("R85", "SG 2.75", f"{says}{along}.")


def _service(timeline: Timeline, told: Told) -> Iterator[Reason]:
    for place, placement in enumerate(timeline.facts.placements):
        if not told.of_placement(placement):
            continue
        where = _placed(placement, told)
        if place in timeline.ignored_placements:
            says = f"{where}: an employment of under one calendar term counts for nothing."
            yield Reason("R19", "Reg 7(2)-(3); SG 2.33", says)
        else:
            yield Reason("R18", "SG 2.36-2.37", f"{where}, {_pattern(placement)}.")
    if not all(map(told.of_placement, timeline.facts.placements)):
        yield Reason("R85", "SG 2.75", "Service elsewhere counts as well; what was before is not shown here.")
    if timeline.scaled:
        says = "Placements at several schools are together above full time and are scaled down to full time."
        yield Reason("R20", "Reg 10(2); SG 3.14-3.16", says)
    if timeline.assumed_from is not None:
        says = f"From {say(timeline.assumed_from)} terms are assumed: the last three given, repeated 364 days later."
        yield Reason("R92", "SI 1999/3181 reg 2", says)


def _placed(placement: Placement, told: Told) -> str:
    until = f"to {say(placement.end)}" if placement.end else "with no end given"
    return f"{told.school(placement.school)} from {say(placement.start)} {until}"


def _pattern(placement: Placement) -> str:
    steps = sorted(placement.steps, key=lambda step: step.starts)
    current = [step for step in steps if step.starts <= placement.start][-1]
    later = [step for step in steps if step.starts > placement.start]
    changes = "".join(f", from {say(step.starts)} {_fte(step)}" for step in later)
    return f"{_fte(current)}{changes}: a whole term is worth as much, whatever its length"


def _fte(step: PatternStep) -> str:
    return "full-time" if step.fte == 1 else f"at {spoken(step.fte)} of full time"


def stage_reasons(stage: Stage, told: Told = EVERYTHING) -> Iterator[Reason]:
    """Why a part or extension starts and ends when it does; to who may know only some of that, what they may."""
    rule, source = ("R65", "SG 3.8-3.10") if stage.plan.decided else ("R15", "Reg 7(1); SG 2.30")
    yield Reason(rule, source, _course(stage) if told.whole(stage) else _remainder(stage, told))
    if told.absences:
        yield from _absence(stage)
        yield from _worked_off(stage)
    if not stage.plan.decided:
        says = f"Through {_name(stage).lower()}, its extension included, the timetable is at most {_cap(stage)}%."
        yield Reason("R36", "Reg 10(4); SG 2.20", says)


def _course(stage: Stage) -> str:
    """From its first day to the one on which its terms are reached."""
    name, target = _name(stage), spoken(stage.plan.terms if stage.plan.decided else stage.plan.target)
    if stage.unextended_end is None:
        return f"{name} starts on {say(stage.starts_on)}; its {target} terms are not reached in the placements given."
    own = "its own" if stage.plan.decided else "the total of"
    return f"{name} starts on {say(stage.starts_on)} and reaches {own} {target} terms on {say(stage.unextended_end)}."


def _remainder(stage: Stage, told: Told) -> str:
    """What is left of the course for who may not know all of it."""
    begins = f"starts on {say(stage.starts_on)}" if stage.starts_on >= told.since else f"had begun by {say(told.since)}"
    if stage.ends_on is None:
        return f"{_name(stage)} {begins}; its end is not reached in the placements given."
    return f"{_name(stage)} {begins} and ends on {say(stage.ends_on)}."


def _worked_off(stage: Stage) -> Iterator[Reason]:
    name = _name(stage)
    if stage.unextended_end != stage.ends_on and stage.ends_on is not None:
        days = plain(stage.plan.extension(stage.absent))
        says = f"{name} ends on {say(stage.ends_on)}, when {days} contracted days after that have been worked."
        yield Reason("R34", "SG 3.6", says)
    elif stage.unextended_end is not None and stage.ends_on is None:
        yield Reason("R34", "SG 3.6", f"{name} is extended, and the placements given end before that is worked off.")


def _absence(stage: Stage) -> Iterator[Reason]:
    name, counting = _name(stage), plain(stage.absent.counting)
    if stage.plan.decided:
        if stage.absent.counting:
            says = f"{counting} days of absence in {name.lower()} are listed; they do not extend it."
            yield Reason("R65", "SG 3.8", says)
    elif stage.plan.least > extension_days(stage.absent.counting):
        days = plain(stage.plan.least)
        says = f"By the body’s pro-rata reading, {days} days of absence in {name.lower()} extend it by as many."
        yield Reason("R32", "SG 3.6", says)
    elif stage.plan.automatic(stage.absent):
        says = f"{counting} days of absence in {name.lower()} reach {THRESHOLD}, so it is extended by all {counting}."
        yield Reason("R26", "Reg 8(1); SG 3.6", says)
    elif stage.absent.counting:
        says = f"{counting} days of absence in {name.lower()} are under {THRESHOLD}, so they do not extend it."
        yield Reason("R26", "Reg 8(1); SG 3.6", says)
    else:
        yield Reason("R26", "Reg 8(1); SG 3.6", f"No absence counts in {name.lower()}, so absence does not extend it.")
    if stage.absent.elected:
        says = f"The ECT chose to extend {name.lower()} by {plain(stage.absent.elected)} days of statutory leave."
        yield Reason("R29", "SG 3.7", says)
        if election_needs_a_look(stage.absent.counting, stage.absent.elected):
            says = f"Read literally, Reg 8(2) might add the {counting} days of other absence: the body should look."
            yield Reason("R30", "Reg 8(2); SG 3.6", says)


def _name(stage: Stage) -> str:
    return f"{'Extension' if stage.plan.decided else 'Part'} {stage.plan.number}"


def _cap(stage: Stage) -> int:
    return CAP_PERCENT[stage.plan.number]


def event_reason(event: Event) -> Reason:
    """Why a review or assessment is due when it is."""
    if event.kind == PROGRESS_REVIEW:
        run = "1 calendar term has run" if event.number == 1 else f"{event.number} calendar terms have run"
        says = f"Progress review {event.number} is due on {say(event.due_on)}, when {run}."
        return Reason("R50", "SG 2.48-2.49", says)
    if event.kind == EXTENSION_ASSESSMENT:
        return Reason("R65", "SG 3.9", f"An assessment is due on {say(event.due_on)}, the last day of the extension.")
    which, part = ("first", "part 1") if event.kind == FIRST_ASSESSMENT else ("final", "the last part")
    says = f"The {which} formal assessment is due on {say(event.due_on)}, the last day of {part}."
    return Reason("R48", "SG 2.55", says)


def _end(timeline: Timeline) -> Iterator[Reason]:
    if timeline.ends_on is not None:
        yield Reason("R24", "Reg 11(1); SG 2.65", f"Induction is complete on {say(timeline.ends_on)}.")
    else:
        says = f"Induction is not complete in the placements given, or would take over {LONGEST_YEARS} years."
        yield Reason("R24", "Reg 11(1); SG 2.65", says)
    says = (
        f"By the end of {say(timeline.facts.as_of)} {spoken(timeline.served_terms)} terms are served and "
        f"{spoken(timeline.remaining_terms)} remain."
    )
    yield Reason("R24", "SG 2.34", says)
