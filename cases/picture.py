"""An induction as a picture: terms, schools, working pattern, parts, absences and what falls due, on one line of time.

Everything here is computed from the timeline that the rules give; the template draws it, and says the same in words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from induction_portal.govuk.words import day

from .rules.absence_kinds import AbsenceKind, Effect
from .rules.amounts import plain
from .rules.facts import Absence, Placement
from .rules.stages import Stage
from .rules.timeline import Timeline

WIDTH, LEFT, RIGHT = 1000, 92, 16
TERMS_Y, SCHOOLS_Y, LANE, BAR = 8, 44, 34, 24
MOST_YEARS = 12
FULL = "full time"
LETTER = 7.2


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
    names: Mapping[str, str],
    done: Iterable[Happening] = (),
    absences: bool = True,
    key: str = "picture",
) -> Picture | None:
    """The picture of a timeline; None before anything is served. `names` are the schools' names by their key.

    `done` are things that happened or run beside the clock; `absences` is false for who may not see them (R79).
    `key` begins the ids of the picture, which must differ where a page shows two.
    """
    if not timeline.facts.placements:
        return None
    now, done = timeline.facts.as_of, list(done)
    away = timeline.facts.absences if absences else ()
    scale = _scale(timeline, done, now)
    schools = list(_school_bars(timeline, scale, names))
    lanes = 1 + max((int((bar.y - SCHOOLS_Y) // LANE) for bar in schools), default=0)
    parts_y = SCHOOLS_Y + lanes * LANE
    due_y = parts_y + 2 * LANE
    bars = [*_term_bars(timeline, scale), *schools, *_part_bars(timeline, scale, parts_y)]
    bars += _absence_bars(away, now, scale, parts_y + LANE)
    return Picture(
        height=due_y + LANE + 22,
        bars=bars,
        marks=[Mark(scale.x(h.on), due_y + BAR / 2, h.kind, h.says) for h in _happenings(timeline, done)],
        lanes=_lane_names(parts_y),
        today=scale.x(now) if scale.first <= now <= scale.last else None,
        summary=_summary(timeline, now),
        lines=_lines(timeline, names, away, done),
        bottom=due_y + LANE,
        key=key,
    )


def _lane_names(parts_y: int) -> list[tuple[float, str]]:
    below = enumerate(("Part", "Away", "Due"))
    return [(TERMS_Y, "Terms"), (SCHOOLS_Y, "School"), *((parts_y + n * LANE, name) for n, name in below)]


def _scale(timeline: Timeline, done: list[Happening], now: date) -> Scale:
    first = min(placement.start for placement in timeline.facts.placements)
    ends = [timeline.ends_on, *(placement.end for placement in timeline.facts.placements)]
    ends += [event.due_on for event in timeline.events] if timeline.ends_on is None else []
    ends += [happening.on for happening in done]
    last = max([now, *(end for end in ends if end)])
    furthest = first + timedelta(days=366 * MOST_YEARS)
    return Scale(first - timedelta(days=first.day - 1), min(last + timedelta(days=21), furthest))


def _term_bars(timeline: Timeline, scale: Scale) -> Iterator[Bar]:
    """The terms of the first-listed placement's school, wherever they show."""
    calendar = timeline.facts.calendars[timeline.facts.placements[0].school]
    for term in calendar.terms_from(scale.first):
        if term.start > scale.last:
            return
        name = f"{term.name.capitalize()} {term.start.year}"
        kind = "assumed" if term.assumed else "term"
        says = f"{name}{' (assumed)' if term.assumed else ''}: {day(term.start)} to {day(term.end)}"
        short = f"{term.name[:3].capitalize()} {term.start:%y}"
        yield scale.bar(term.start, term.end, TERMS_Y, kind, (name, short, short[:3]), says)


def _school_bars(timeline: Timeline, scale: Scale, names: Mapping[str, str]) -> Iterator[Bar]:
    """A bar for each step of each placement; placements at one time lie in lanes of their own."""
    free: list[date] = []
    for place, placement in sorted(enumerate(timeline.facts.placements), key=lambda each: each[1].start):
        end = placement.end or scale.last
        lane = next((n for n, until in enumerate(free) if until < placement.start), len(free))
        free[lane : lane + 1] = [end]
        ignored = place in timeline.ignored_placements
        for start, stop, share in _steps(placement, end):
            name = names.get(placement.school, placement.school)
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


def _part_bars(timeline: Timeline, scale: Scale, y: float) -> Iterator[Bar]:
    for stage in timeline.stages:
        name = stage_name(stage)
        core = stage.unextended_end or stage.ends_on or scale.last
        yield scale.bar(stage.starts_on, core, y, "part", (name,), f"{name}: {_span(stage.starts_on, stage.ends_on)}")
        if stage.unextended_end and stage.ends_on != stage.unextended_end:
            start, days = stage.unextended_end + timedelta(days=1), plain(stage.plan.extension(stage.absent))
            says = f"{name} is extended by {days} days: {_span(start, stage.ends_on)}"
            yield scale.bar(start, stage.ends_on or scale.last, y, "extension", (f"+{days} days", f"+{days}"), says)


def stage_name(stage: Stage) -> str:
    """ "Part 1", or "Extension" for what an appropriate body decided."""
    return f"Extension {stage.plan.number}" if stage.plan.decided else f"Part {stage.plan.number}"


def _span(start: date, end: date | None) -> str:
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


def _summary(timeline: Timeline, now: date) -> str:
    """The picture in two sentences."""
    first = min(placement.start for placement in timeline.facts.placements)
    end = f"ends on {day(timeline.ends_on)}" if timeline.ends_on else "has no end yet in the service that is known"
    extended = [stage for stage in timeline.parts if stage.plan.extension(stage.absent)]
    longer = "".join(f" {stage_name(s)} is extended by {plain(s.plan.extension(s.absent))} days." for s in extended)
    return f"Induction started on {day(first)} and {end}.{longer} Today is {day(now)}."


def _lines(timeline: Timeline, names: Mapping[str, str], away: Iterable[Absence], done: list[Happening]) -> list[Line]:
    """Everything the picture shows, by date."""
    lines = []
    for placement in timeline.facts.placements:
        name = names.get(placement.school, placement.school)
        for start, stop, share in _steps(placement, placement.end or date.max - timedelta(days=1)):
            until = day(stop) if stop.year < date.max.year else "now"
            lines.append(Line(f"{day(start)} to {until}", f"{name}: {share}", start))
    for stage in timeline.stages:
        lines.append(Line(_span(stage.starts_on, stage.ends_on), stage_name(stage), stage.starts_on))
        if stage.unextended_end and stage.unextended_end != stage.ends_on:
            start, days = stage.unextended_end + timedelta(days=1), plain(stage.plan.extension(stage.absent))
            says = f"{stage_name(stage)} is extended by {days} days of absence"
            lines.append(Line(_span(start, stage.ends_on), says, start))
    lines += [Line("", absence_words(absence), absence.start) for absence in away]
    lines += [Line("", happening.says, happening.on) for happening in _happenings(timeline, done)]
    return sorted(lines, key=lambda line: line.on)
