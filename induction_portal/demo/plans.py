"""Support plans in the story: Daniel at Level 4, in the third week of his plan, after a plan at Level 2 that brought no
progress; Grace's light touch plan, which ended, and her next one, which Oakfield's tutor is still writing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from cases.rules.escalation import Progress
from cases.rules.plans import Ending, ObjectiveRow, WeekRow, Written
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from support_plans import actions
from support_plans.actions import Wanted
from support_plans.ladder import every_level, state_of
from support_plans.models import LevelChange, Plan, PlanWeek

from .levels import BEGAN, DANIEL, GRACE, MENTOR, STEPPED_UP, TUTOR
from .replay_cases import Happening
from .world import World

WEEK, A_DAY = timedelta(weeks=1), timedelta(days=1)
FIRST, ENDED, RAISED = (timedelta(days=days) for days in (62, 34, 17))  # ago: Daniel's
DANIEL_FIRST = Wanted(
    SupportLevel.SUPPORT_1,
    weeks=4,
    reason="Assessment in lessons does not yet show what pupils have learned (TS6).",
    aim="Daniel knows at the end of each lesson who has learned what, and plans the next one from it.",
    steps_down="Two weeks of plans that answer what was found, seen by two observers.",
)
DANIEL_NOW = Wanted(
    SupportLevel.CONCERN,
    found=Progress.NONE,
    weeks=6,
    reason="A first plan brought no progress on TS6, and less than half of part 2 is left to show it.",
    aim="Assessment against TS6 is secure before the final assessment.",
    steps_down="Three weeks in a row with the success criteria met.",
)
DANIEL_PLAN = Written(
    weeks=4,
    standards=(Standard.TS6,),
    objectives="Use questions and exit tickets to find out what each pupil has learned (TS6).",
    planned=(
        WeekRow("Plan exit tickets for three lessons (mentor)", "One hour of PD time", "Three tickets used"),
        WeekRow("Joint observation in Mathematics (tutor)", "Cover for one lesson", "Two techniques named and tried"),
        WeekRow("Sort tickets, and plan from them (Daniel, mentor)", "The mentor meeting", "The next plan shows it"),
        WeekRow("Observation of a Year 8 lesson (tutor)", "", "Every pupil has answered"),
    ),
)
LEVEL_4_PLAN = Written(
    weeks=6,
    standards=(Standard.TS2, Standard.TS6),
    objectives="Know at the end of each lesson who has learned what, and plan the next lesson from it (TS2, TS6).",
    planned=(
        WeekRow("Plan one week of checks with the head of department", "Two hours of PD time", "Five checks planned"),
        WeekRow("Use the checks in Year 8; observed twice (tutor)", "Cover for two lessons", "Four of five are used"),
        WeekRow("Joint observation at another school, talked over on the way (mentor)", "A day’s cover",
                "Two ideas written down and tried"),
        WeekRow("Plan the next topic from what the checks showed (Daniel, mentor)", "The mentor meeting",
                "The plan names who needs what"),
    ),
)  # fmt: skip
SAID = {
    1: ("Five checks were planned, three of them used. Pupils who were lost were noticed once.",
        "The planning with my head of department helped. I ran out of time in two lessons."),
    2: ("Four of five checks were used in Year 8, and one lesson changed half way because of what they showed.", ""),
}  # fmt: skip
LIGHT = Written(
    weeks=4,
    standards=(Standard.TS4, Standard.TS5),
    reason="Tasks fit only part of the class.",
    rows=(
        ObjectiveRow(
            "Every pupil is working ten minutes into the lesson",
            (Standard.TS4, Standard.TS5),
            "Seen in two Year 9 lessons",
            "Plan the first ten minutes together each Monday (mentor)",
            "The mentor meeting; a colleague’s lesson to watch",
        ),
    ),
)
LIGHT_END = Ending("Starts are calmer; tasks are as they were.", Progress.NONE, "Plans name each group’s task.", None)
FIRST_END = Ending("Tickets are used, but nothing follows from them.", Progress.NONE, "Plan from what was found.", None)
HALF_WRITTEN = Written(
    weeks=6, standards=(Standard.TS5,), objectives="Plans name what each group of pupils does (TS5)."
)


def steps(world: World) -> Iterator[Happening]:
    """Each on its day."""
    today = world.days.today
    yield from _light_touch(world, today - BEGAN)
    yield today - STEPPED_UP, partial(_write, world, GRACE, TUTOR, HALF_WRITTEN)
    began = today - FIRST
    yield began, partial(_move, world, DANIEL_FIRST)
    yield began, partial(_start, world, DANIEL, TUTOR, DANIEL_PLAN)
    for number in range(1, 5):
        yield began + number * WEEK - A_DAY, partial(_evaluate, world, DANIEL, TUTOR, number, "Talked over; see below.")
    yield today - ENDED, partial(_finish, world, DANIEL, TUTOR, FIRST_END, today - ENDED - A_DAY)
    yield from _level_4(world, today - RAISED)


def _light_touch(world: World, began: date) -> Iterator[Happening]:
    yield began, partial(_start, world, GRACE, MENTOR, LIGHT)
    for number in range(1, 5):
        said = f"Week {number}: the first ten minutes were planned and looked at together."
        yield began + number * WEEK - A_DAY, partial(_evaluate, world, GRACE, MENTOR, number, said)
    ends_on = began + 4 * WEEK - A_DAY
    yield ends_on, partial(_finish, world, GRACE, MENTOR, LIGHT_END, ends_on)


def _level_4(world: World, began: date) -> Iterator[Happening]:
    """Two weeks were evaluated, on the first the ECT has commented; the third goes on."""
    yield began, partial(_move, world, DANIEL_NOW)
    yield began, partial(_start, world, DANIEL, TUTOR, LEVEL_4_PLAN)
    for number, (evaluation, comment) in SAID.items():
        on = began + number * WEEK - A_DAY
        yield on, partial(_evaluate, world, DANIEL, TUTOR, number, evaluation)
        if comment:
            yield on + A_DAY, partial(_comment, world, number, comment)


def _move(world: World, wanted: Wanted, on: date) -> None:
    induction = world.inductions[DANIEL]
    given = {"on": on, "induction": induction, "state": state_of(every_level(induction))}
    actions.move_level(by=world.acting(TUTOR, "oakfield", on), wanted=wanted, **given)


def _level(world: World, ect: str) -> LevelChange:
    return LevelChange.objects.get(induction=world.inductions[ect], closed_on=None)


def _plan(world: World, ect: str) -> Plan:
    return Plan.objects.select_related("level").get(level=_level(world, ect))


def _write(world: World, ect: str, who: str, written: Written, on: date) -> None:
    by = world.acting(who, "oakfield", on)
    actions.write_plan(by=by, on=on, level=_level(world, ect), written=written, version=0)


def _start(world: World, ect: str, who: str, written: Written, on: date) -> None:
    by, told = world.acting(who, "oakfield", on), {"level": _level(world, ect), "version": 0}
    actions.start_plan(by=by, on=on, written=from_day(written, on), **told)


def from_day(written: Written, day: date) -> Written:
    """A plan that begins on a day."""
    return replace(written, starts_on=day)


def _week(world: World, ect: str, number: int) -> PlanWeek:
    return PlanWeek.objects.select_related("plan__level").get(plan=_plan(world, ect), number=number)


def _evaluate(world: World, ect: str, who: str, number: int, said: str, on: date) -> None:
    by, week = world.acting(who, "oakfield", on), _week(world, ect, number)
    actions.evaluate_week(by=by, on=on, week=week, text=said, version=week.plan.version)


def _comment(world: World, number: int, said: str, on: date) -> None:
    by = world.themself("ect2@oakfield.example", on)
    actions.comment_on_week(by=by, on=on, week=_week(world, DANIEL, number), text=said)


def _finish(world: World, ect: str, who: str, ending: Ending, ended_on: date, on: date) -> None:
    by, plan = world.acting(who, "oakfield", on), _plan(world, ect)
    ended = replace(ending, ended_on=ended_on)
    actions.finish_plan(by=by, on=on, plan=plan, ending=ended, version=plan.version)
