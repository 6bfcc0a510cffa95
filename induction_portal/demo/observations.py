"""What was observed in the story, what is planned, when mentors and ECTs met, and how an ECT sees herself: plain data,
and how it came about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from assessments import actions
from assessments.models import Observation
from assessments.observed import Plan, Written
from cases.rules.self_rating import OwnView
from cases.rules.standards import Rating, Standard

from .days import Moment, first
from .replay_cases import Happening
from .story import Ect
from .world import World

RATES = timedelta(days=2)
PLANNED_BEFORE = timedelta(days=12)
AHEAD = 8  # school days from today
MEETING, RECORDED, READ = 1, 2, 4  # school days after the lesson


@dataclass(frozen=True, slots=True)
class Observed:
    """A lesson of an ECT at `school`, on the first school day on or after a moment.

    It is planned by `by`, who observes it unless somebody from outside does, and recorded soon after. The ECT reads the
    record where they have a sign-in, and may `comment`. Who comes from `outside`, with a name and a place, is the third
    party that an unsatisfactory first assessment asks for.
    """

    school: str
    by: str
    on: Moment
    focus: str
    standards: str
    strengths: str
    development: str
    outside: tuple[str, str] | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A lesson that is still to be observed, some school days from today."""

    school: str
    by: str
    focus: str


@dataclass(frozen=True, slots=True)
class Met:
    """What mentor and ECT talked about at their latest meetings, a week apart, the latest first."""

    school: str
    mentor: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Visited:
    """A lesson of a colleague that the ECT observed."""

    on: Moment
    colleague: str
    learned: str
    standards: str


HANNAH, DANIEL, IMOGEN = "3104871", "2987340", "3042687"
PRIYA = "tutor@oakfield.example"
OBSERVED: dict[str, tuple[Observed, ...]] = {
    HANNAH: (
        Observed(
            "oakfield", PRIYA, first(-1).later(weeks=5), "Year 8 English: how questions are used", "TS2 TS6",
            "Warm, orderly start. Every pupil wrote a first answer before anybody spoke.",
            "Plan one hinge question and decide beforehand what to do with wrong answers.",
            comment="Useful, and quick. I have planned a hinge question for each lesson of the next unit.",
        ),
        Observed(
            "oakfield", PRIYA, first(0).later(days=1), "Year 9 English: extended writing", "TS4 TS5",
            "The model paragraph was built with the class and stayed in sight.",
            "Take the writing frame away from those who no longer need it.",
        ),
    ),
    DANIEL: (
        Observed(
            "oakfield", PRIYA, first(-1).later(weeks=4), "Year 9 mathematics: routines and the start of the lesson",
            "TS7", "The entry routine was taught again and met by most of the class within four minutes.",
            "Use the script for low-level talk at the first instance. The second and third were let go.",
            comment="I agree. I wait too long because I hope it will settle.",
        ),
        Observed(
            "oakfield", PRIYA, first(-1).later(weeks=8), "Year 9 mathematics: equations", "TS2 TS7",
            "Worked examples in small steps, and errors put right before practice began.",
            "Four pupils did no written work for ten minutes. Check books in the first five.",
            outside=("Ruth Calloway", "Northern Teaching School Hub"),
        ),
    ),
    IMOGEN: (
        Observed(
            "elmbridge", "tutor@elmbridge.example", first(-1).later(weeks=3), "Year 7 French: speaking in pairs",
            "TS3 TS4", "Pupils spoke French for most of the lesson, with cards to lean on.",
            "Correct pronunciation as it is heard, before it settles.",
        ),
    ),
}  # fmt: skip
PLANNED: dict[str, Ahead] = {
    HANNAH: Ahead("oakfield", PRIYA, "Year 8 English: what changes because of a hinge question"),
    DANIEL: Ahead("oakfield", PRIYA, "Year 9 mathematics: the first ten minutes"),
}
MET: dict[str, Met] = {
    HANNAH: Met(
        "oakfield", "mentor@oakfield.example",
        (
            ("Looked at six books together: who can write without the frame", "Drop the frame for the top table"),
            ("Hinge questions: planned three, tried one aloud", "Use one on Thursday with 8C"),
            ("Parents’ evening: what to say first, and how to end", "Write two lines about each pupil"),
        ),
    ),
    DANIEL: Met(
        "oakfield", "mentor@oakfield.example",
        (
            ("Practised the script for low-level talk, in an empty room", "Use it the first time, every time"),
            ("Planned Tuesday’s lesson from Monday’s check", "Bring the check of the next class"),
        ),
    ),
}  # fmt: skip
VISITED: dict[str, tuple[Visited, ...]] = {
    HANNAH: (
        Visited(
            first(-1).later(weeks=6), "Marcus Bell, Year 9 science",
            "He asks, waits, and asks a second pupil before he says whether it was right. Nobody can switch off.",
            "TS2 TS6",
        ),
    ),
}  # fmt: skip
RATED: dict[str, dict[Standard, OwnView]] = {
    HANNAH: {
        Standard.TS5: OwnView(words="I take frames away too late. I would like to see how others decide when."),
        Standard.TS6: OwnView(Rating.SECURE, "Hinge questions are in every plan now. Acting on them is the hard part."),
        Standard.TS7: OwnView(Rating.STRONG),
    },
}


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """Each observation is planned, recorded and read in turn; what is ahead was planned; meetings are noted."""
    for observed in OBSERVED.get(ect.trn, ()):
        yield from _observed(world, ect, observed)
    if ahead := PLANNED.get(ect.trn):
        on = max(world.days.today - PLANNED_BEFORE, world.days.on(ect.stays[0].starts) + PLANNED_BEFORE)
        yield on, partial(_plan_ahead, world, ect, ahead)
    if met := MET.get(ect.trn):
        for weeks, words in enumerate(met.words):
            day = world.days.school_day(world.days.today, -2 - 5 * weeks)
            yield day, partial(_meet, world, ect, met, words)
    if views := RATED.get(ect.trn):
        yield world.days.today - RATES, partial(_rate, world, ect, views)
    for visited in VISITED.get(ect.trn, ()):
        yield _school_day(world, visited.on), partial(_visit, world, ect, visited)


def _observed(world: World, ect: Ect, observed: Observed) -> Iterator[Happening]:
    day = _school_day(world, observed.on)
    later = partial(world.days.school_day, day)
    yield day - PLANNED_BEFORE, partial(_plan, world, ect, observed, day)
    yield later(RECORDED), partial(_record, world, ect, observed, day)
    if ect.email and observed.comment:
        yield later(READ), partial(_read, world, ect, observed, day)


def _school_day(world: World, moment: Moment) -> date:
    return world.days.school_day(world.days.on(moment) - timedelta(days=1), 1)


def _plan_of(world: World, observed: Observed, day: date) -> Plan:
    meeting = world.days.school_day(day, MEETING)
    if observed.outside:
        name, place = observed.outside
        return Plan(day, meeting, observed.focus, None, True, name, place, third_party=True)
    return Plan(day, meeting, observed.focus, world.users[observed.by], observer_has_qts=True)


def _plan(world: World, ect: Ect, observed: Observed, day: date, on: date) -> None:
    placement, by = world.placements[ect.trn, observed.school], world.acting(observed.by, observed.school, on)
    actions.plan_observation(by=by, on=on, placement=placement, plan=_plan_of(world, observed, day))


def _record(world: World, ect: Ect, observed: Observed, day: date, on: date) -> None:
    standards = tuple(Standard(code) for code in observed.standards.split())
    written = Written(standards, observed.strengths, observed.development)
    by = world.acting(observed.by, observed.school, on)
    observation, plan = _observation(world, ect, day), _plan_of(world, observed, day)
    actions.share_record(by=by, on=on, observation=observation, plan=plan, written=written, version=None)


def _read(world: World, ect: Ect, observed: Observed, day: date, on: date) -> None:
    by, observation = world.themself(ect.email, on), _observation(world, ect, day)
    actions.acknowledge_observation(by=by, on=on, observation=observation)
    actions.comment_on_observation(by=by, on=on, observation=observation, text=observed.comment)


def _observation(world: World, ect: Ect, day: date) -> Observation:
    return Observation.objects.get(induction=world.inductions[ect.trn], observed_on=day)


def _plan_ahead(world: World, ect: Ect, ahead: Ahead, on: date) -> None:
    day = world.days.school_day(world.days.today, AHEAD)
    by = world.users[ahead.by]
    plan = Plan(day, world.days.school_day(day, MEETING), ahead.focus, by, observer_has_qts=True)
    placement = world.placements[ect.trn, ahead.school]
    actions.plan_observation(by=world.acting(ahead.by, ahead.school, on), on=on, placement=placement, plan=plan)


def _meet(world: World, ect: Ect, met: Met, words: tuple[str, str], on: date) -> None:
    by, (focus, following) = world.acting(met.mentor, met.school, on), words
    told = {"held_on": on, "focus": focus, "next_step": following}
    actions.note_meeting(by=by, on=on, induction=world.inductions[ect.trn], **told)


def _visit(world: World, ect: Ect, visited: Visited, on: date) -> None:
    standards = tuple(Standard(code) for code in visited.standards.split())
    note = {"observed_on": on, "colleague": visited.colleague, "learned": visited.learned, "standards": standards}
    actions.note_visit(by=world.themself(ect.email, on), on=on, induction=world.inductions[ect.trn], **note)


def _rate(world: World, ect: Ect, views: dict[Standard, OwnView], on: date) -> None:
    by, induction = world.themself(ect.email, on), world.inductions[ect.trn]
    actions.share_self_rating(by=by, on=on, induction=induction, views=views)
