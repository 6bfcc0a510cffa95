"""An induction as a picture: terms, schools, working pattern, parts, absences and what falls due, on one line of time.

Everything here is computed from the timeline that the rules give; the template draws it, and says the same in words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from induction_portal.govuk.words import day

from .rules.absence_kinds import AbsenceKind, Effect
from .rules.amounts import plain
from .rules.facts import Absence, Placement
from .rules.stages import Stage
from .rules.timeline import Timeline
from .rules.told import Told

WIDTH, LEFT, RIGHT = 1000, 92, 16
TERMS_Y, SCHOOLS_Y, LANE, BAR = 8, 44, 34, 24
MOST_YEARS = 12
FULL = "full time"
LETTER = 7.2
ONE_DAY = timedelta(days=1)
TITLE = "Timeline of the induction"


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days: where it lies, what it is (a class of the style sheet), and its words, the longest first."""

    x: float
    y: float
    width: float
    kind: str
    texts: tuple[str, ...]
    says: str
    height: int = BAR

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def base(self) -> float:
        return self.y + self.height / 2 + 5

    @property
    def label(self) -> str:
        """The longest words that fit inside: some seven units a letter."""
        return next((text for text in self.texts if self.width >= LETTER * len(text) + 6), "")


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on which something falls due or was done: its shape is told by its kind."""

    x: float
    y: float
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something dated that is not the rules' business: a review sent, a plan. `kind` is the name of a shape."""

    on: date
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture in words: when, and what."""

    when: str
    says: str
    on: date


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws, and its lines in words."""

    height: float
    bars: list[Bar]
    marks: list[Mark]
    lanes: list[tuple[float, str]]
    today: float | None
    summary: str
    lines: list[Line]
    bottom: float
    key: str
    title: str
    width: int = WIDTH
    left: int = LEFT


class Scale:
    """From days to units across the picture."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, max(last, first + timedelta(days=120))
        self._unit = (WIDTH - LEFT - RIGHT) / ((self.last - self.first).days + 1)

    def x(self, on: date) -> float:
        inside = min(max(on, self.first), self.last + timedelta(days=1))
        return round(LEFT + (inside - self.first).days * self._unit, 1)

    def bar(self, start: date, end: date, y: float, kind: str, texts: tuple[str, ...], says: str) -> Bar:
        """A bar from the start of one day to the end of another, at least visible."""
        x = self.x(start)
        return Bar(x, y, max(round(self.x(end + timedelta(days=1)) - x, 1), 1.5), kind, texts, says)

    def shows(self, start: date, end: date) -> bool:
        return start <= self.last and end >= self.first


def picture(
    timeline: Timeline,
    *,
    told: Told,
    done: Iterable[Happening] = (),
    key: str = "picture",
    title: str = TITLE,
) -> Picture | None:
    """The picture of a timeline for who is `told` it; None before anything is served.

    `done` are things that happened or run beside the clock. `key` begins the ids of the picture and `title`
    names it: both must differ where a page shows two.
    """
    served = list(filter(told.of_placement, timeline.facts.placements))
    if not served:
        return None
    now, marked = timeline.facts.as_of, [each for each in _happenings(timeline, done) if each.on >= told.since]
    scale = _scale(timeline, served, marked, now)
    schools = list(_school_bars(timeline, scale, told))
    lanes = 1 + max((int((bar.y - SCHOOLS_Y) // LANE) for bar in schools), default=0)
    parts_y = SCHOOLS_Y + lanes * LANE
    below = ("Part", "Away", "Due") if told.absences else ("Part", "Due")
    due_y = parts_y + (len(below) - 1) * LANE
    bars = [*_term_bars(timeline, served[0].school, scale), *schools, *_part_bars(timeline, scale, parts_y, told)]
    bars += _absence_bars(filter(told.of_absence, timeline.facts.absences), now, scale, parts_y + LANE)
    return Picture(
        height=due_y + LANE + 22,
        bars=bars,
        marks=[Mark(scale.x(each.on), due_y + BAR / 2, each.kind, each.says) for each in marked],
        lanes=_lane_names(parts_y, below),
        today=scale.x(now) if scale.first <= now <= scale.last else None,
        summary=_summary(timeline, now, told),
        lines=_lines(timeline, told, marked),
        bottom=due_y + LANE,
        key=key,
        title=title,
    )


def _lane_names(parts_y: int, below: tuple[str, ...]) -> list[tuple[float, str]]:
    return [(TERMS_Y, "Terms"), (SCHOOLS_Y, "School"), *((parts_y + n * LANE, name) for n, name in enumerate(below))]


def _scale(timeline: Timeline, served: list[Placement], marked: list[Happening], now: date) -> Scale:
    """From the first of the placements that are shown to the last of what is."""
    first = min(placement.start for placement in served)
    ends = [timeline.ends_on, *(placement.end for placement in served), *(each.on for each in marked)]
    last = max([now, *(end for end in ends if end)])
    furthest = first + timedelta(days=366 * MOST_YEARS)
    return Scale(first - timedelta(days=first.day - 1), min(last + timedelta(days=21), furthest))


def _term_bars(timeline: Timeline, school: str, scale: Scale) -> Iterator[Bar]:
    """The terms of the first-listed placement's school, wherever they show."""
    for term in timeline.facts.calendars[school].terms_from(scale.first):
        if term.start > scale.last:
            return
        name = f"{term.name.capitalize()} {term.start.year}"
        kind = "assumed" if term.assumed else "term"
        says = f"{name}{' (assumed)' if term.assumed else ''}: {day(term.start)} to {day(term.end)}"
        short = f"{term.name[:3].capitalize()} {term.start:%y}"
        yield scale.bar(term.start, term.end, TERMS_Y, kind, (name, short, short[:3]), says)


def _school_bars(timeline: Timeline, scale: Scale, told: Told) -> Iterator[Bar]:
    """A bar for each step of each placement; placements at one time lie in lanes of their own."""
    free: list[date] = []
    for place, placement in sorted(enumerate(timeline.facts.placements), key=lambda each: each[1].start):
        if not told.of_placement(placement):
            continue
        end = placement.end or scale.last
        lane = next((n for n, until in enumerate(free) if until < placement.start), len(free))
        free[lane : lane + 1] = [end]
        name, ignored = told.school(placement.school), place in timeline.ignored_placements
        for start, stop, share in _steps(placement, end):
            text = name if share == FULL else f"{name}, {share}"
            says = f"{text}: {day(start)} to {day(stop) if placement.end or stop < end else 'now'}"
            kind = "ignored" if ignored else "school" if share == FULL else "part-time"
            texts = (text,) if share == FULL else (text, f"{name}, {share.split()[0]}", name, share.split()[0])
            yield scale.bar(start, stop, SCHOOLS_Y + lane * LANE, kind, texts, says)


def _steps(placement: Placement, end: date) -> Iterator[tuple[date, date, str]]:
    """Each stretch of one working pattern: from, to, and how much is worked."""
    steps = sorted(placement.steps, key=lambda step: step.starts)
    begun = [step for step in steps if step.starts <= placement.start][-1:]
    later = [step for step in steps if placement.start < step.starts <= end]
    starts = [(placement.start, begun[0].fte if begun else 1), *((step.starts, step.fte) for step in later)]
    for (start, fte), (following, _) in pairwise([*starts, (end + timedelta(days=1), 1)]):
        yield start, following - timedelta(days=1), FULL if fte == 1 else f"{plain(fte)} of full time"


def _part_bars(timeline: Timeline, scale: Scale, y: float, told: Told) -> Iterator[Bar]:
    for stage in filter(told.of_stage, timeline.stages):
        name, start, over = stage_name(stage), max(stage.starts_on, told.since), _worked_off_from(stage, told)
        core = over - ONE_DAY if over else stage.ends_on or scale.last
        if core >= start:
            yield scale.bar(start, core, y, "part", (name,), f"{name}: {_span(stage, told)}")
        if over:
            days = plain(stage.plan.extension(stage.absent))
            says = f"{name} is extended by {days} days: {_from_to(over, stage.ends_on)}"
            start = max(over, told.since)
            yield scale.bar(start, stage.ends_on or scale.last, y, "extension", (f"+{days} days", f"+{days}"), says)


def _worked_off_from(stage: Stage, told: Told) -> date | None:
    """The first day on which an extension by absence is worked off, if there is one to be told of."""
    if not told.absences or stage.unextended_end is None or stage.ends_on == stage.unextended_end:
        return None
    return stage.unextended_end + ONE_DAY


def stage_name(stage: Stage) -> str:
    """ "Part 1", or "Extension" for what an appropriate body decided."""
    return f"Extension {stage.plan.number}" if stage.plan.decided else f"Part {stage.plan.number}"


def _span(stage: Stage, told: Told) -> str:
    if stage.starts_on >= told.since:
        return _from_to(stage.starts_on, stage.ends_on)
    return f"until {day(stage.ends_on)}" if stage.ends_on else "end not reached"


def _from_to(start: date, end: date | None) -> str:
    return f"{day(start)} to {day(end)}" if end else f"from {day(start)}, end not reached"


def _absence_bars(absences: Iterable[Absence], now: date, scale: Scale, y: float) -> Iterator[Bar]:
    for absence in absences:
        end = absence.end or now
        if scale.shows(absence.start, end):
            kind = "leave" if absence.kind.effect is Effect.STATUTORY else "absence"
            yield scale.bar(absence.start, end, y, kind, (), absence_words(absence))


def absence_words(absence: Absence) -> str:
    """When somebody was away and whether it counts; never why, beyond statutory leave that the ECT chooses about."""
    what = f"{kind_words(absence.kind)} leave" if absence.kind.effect is Effect.STATUTORY else "Absent"
    if absence.end is None:
        return f"{what} since {day(absence.start)}"
    return f"{what} on {day(absence.start)}" if absence.end == absence.start else (
        f"{what} {day(absence.start)} to {day(absence.end)}"
    )  # fmt: skip


def kind_words(kind: AbsenceKind) -> str:
    """ "Shared parental" for `shared_parental`."""
    return kind.value.replace("_", " ").capitalize()


DUE_WORDS = {
    "progress_review": "Progress review {number} due",
    "first_assessment": "First formal assessment due",
    "final_assessment": "Final formal assessment due",
    "extension_assessment": "Assessment of the extension due",
}


def _happenings(timeline: Timeline, done: Iterable[Happening]) -> list[Happening]:
    due = [
        Happening(
            event.due_on,
            "review" if event.kind == "progress_review" else "assessment",
            f"{DUE_WORDS[event.kind].format(number=event.number)}: {day(event.due_on)}",
        )
        for event in timeline.events
    ]
    return [*due, *done]


def _summary(timeline: Timeline, now: date, told: Told) -> str:
    """The picture in two sentences."""
    first = min(filter(told.of_placement, timeline.facts.placements), key=lambda placement: placement.start)
    what = "Induction" if told.since == date.min else f"Service at {told.school(first.school)}"
    end = f"ends on {day(timeline.ends_on)}" if timeline.ends_on else "has no end yet in the service that is known"
    and_it = "and" if told.since == date.min else "and induction"
    extended = [stage for stage in filter(told.of_stage, timeline.parts) if _worked_off_from(stage, told)]
    longer = "".join(f" {stage_name(s)} is extended by {plain(s.plan.extension(s.absent))} days." for s in extended)
    return f"{what} started on {day(first.start)} {and_it} {end}.{longer} Today is {day(now)}."


def _lines(timeline: Timeline, told: Told, marked: list[Happening]) -> list[Line]:
    """Everything the picture shows, by date."""
    lines = []
    for placement in filter(told.of_placement, timeline.facts.placements):
        name = told.school(placement.school)
        for start, stop, share in _steps(placement, placement.end or date.max - timedelta(days=1)):
            until = day(stop) if stop.year < date.max.year else "now"
            lines.append(Line(f"{day(start)} to {until}", f"{name}: {share}", start))
    for stage in filter(told.of_stage, timeline.stages):
        lines.append(Line(_span(stage, told), stage_name(stage), max(stage.starts_on, told.since)))
        if over := _worked_off_from(stage, told):
            says = f"{stage_name(stage)} is extended by {plain(stage.plan.extension(stage.absent))} days of absence"
            lines.append(Line(_from_to(over, stage.ends_on), says, over))
    away = filter(told.of_absence, timeline.facts.absences)
    lines += [Line("", absence_words(absence), absence.start) for absence in away]
    lines += [Line("", each.says, each.on) for each in marked]
    return sorted(lines, key=lambda line: line.on)
