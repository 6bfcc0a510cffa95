"""Signed support plans in the story: Daniel's first plan, at Level 1, which he and the tutor signed, and the one at
Level 2 after it, which the tutor has signed and he has not yet.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from cases.rules.escalation import Progress
from cases.rules.plans import Ending, ObjectiveRow, Written
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.viewer import Viewer
from support_plans import actions
from support_plans.actions import Wanted
from support_plans.ladder import every_level, state_of
from support_plans.models import LevelChange, Plan, PlanWeek
from support_plans.papers.standing import latest_version

from .levels import DANIEL, TUTOR
from .plans import A_DAY, ENDED, FIRST, WEEK
from .replay_cases import Happening
from .world import World

MENTOR, ECT = "mentor@oakfield.example", "ect2@oakfield.example"
WEEKS = 3
BEGAN = FIRST + WEEKS * WEEK + 4 * A_DAY  # ago
LIGHT = Wanted(
    SupportLevel.LIGHT_TOUCH,
    weeks=WEEKS,
    reason="Questions go to those who put their hands up (TS6).",
    aim="Daniel hears from every pupil in each lesson.",
    steps_down="Two lessons in which everybody has answered.",
)
PLAN = Written(
    weeks=WEEKS,
    standards=(Standard.TS6,),
    reason="In three lessons the same six pupils answered every question.",
    previous_objectives="Ask more questions that cannot be answered with one word.",
    previous_evaluation="Questions are better; who answers them has not changed.",
    rows=(
        ObjectiveRow(
            "Every pupil answers at least once in a lesson",
            (Standard.TS6,),
            "Seen in two of three lessons that are visited",
            "Plan three questions for each lesson, and who is asked (Daniel); visit weekly (mentor)",
            "Mini whiteboards; a colleague’s lesson to watch",
        ),
    ),
)
SAID = {
    1: ("Two of three lessons were planned with names beside the questions.", "It takes long to plan. It works."),
    2: ("Whiteboards in every lesson; the answers were not used.", "I see who is lost, and do not know what to do."),
    3: ("Everybody answers. What follows from the answers is the next step.", "I agree."),
}
END = "Every pupil is heard now. Lessons do not yet change by what is heard."


def steps(world: World) -> Iterator[Happening]:
    """Each on its day."""
    began = world.days.today - BEGAN
    yield began, partial(_start, world)
    for number in SAID:
        yield began + number * WEEK - A_DAY, partial(_follow, world, number)
    ended = began + WEEKS * WEEK
    yield ended, partial(_finish, world)
    yield ended + A_DAY, partial(_sign, world, SupportLevel.LIGHT_TOUCH, TUTOR)
    yield ended + 2 * A_DAY, partial(_sign, world, SupportLevel.LIGHT_TOUCH, ECT)
    yield world.days.today - ENDED + A_DAY, partial(_sign, world, SupportLevel.SUPPORT_1, TUTOR)


def _start(world: World, on: date) -> None:
    by, induction = world.acting(MENTOR, "oakfield", on), world.inductions[DANIEL]
    state = state_of(every_level(induction))
    level = actions.move_level(by=by, on=on, induction=induction, wanted=LIGHT, state=state)
    written = Written(**{name: getattr(PLAN, name) for name in PLAN.__slots__} | {"starts_on": on, "met_on": on})
    actions.start_plan(by=by, on=on, level=level, written=written, version=0)


def _follow(world: World, number: int, on: date) -> None:
    evaluation, comment = SAID[number]
    plan = _plan(world, SupportLevel.LIGHT_TOUCH)
    week = PlanWeek.objects.select_related("plan__level").get(plan=plan, number=number)
    outcomes = {1: evaluation} if number == WEEKS else {}
    given = {"on": on, "week": week}
    by = world.acting(MENTOR, "oakfield", on)
    actions.evaluate_week(by=by, text=evaluation, outcomes=outcomes, version=plan.version, **given)
    actions.comment_on_week(by=world.themself(ECT, on), text=comment, **given)


def _finish(world: World, on: date) -> None:
    plan = _plan(world, SupportLevel.LIGHT_TOUCH)
    ending = Ending(END, Progress.NONE, "Change a lesson by what pupils answered.", plan.ends_on)
    by = world.acting(MENTOR, "oakfield", on)
    actions.finish_plan(by=by, on=on, plan=plan, ending=ending, version=plan.version)


def _sign(world: World, level: SupportLevel, who: str, on: date) -> None:
    plan, by = _plan(world, level), _signatory(world, who, on)
    version = latest_version(plan)
    if version is None:
        raise LookupError(f"{plan} was never sealed")
    actions.open_plan_version(by=by, on=on, version=version)
    actions.sign_plan(by=by, on=on, plan=plan, version=version.number)


def _signatory(world: World, who: str, on: date) -> Viewer:
    return world.themself(who, on) if who == ECT else world.acting(who, "oakfield", on)


def _plan(world: World, level: SupportLevel) -> Plan:
    row = LevelChange.objects.get(induction=world.inductions[DANIEL], level=level.value)
    return Plan.objects.select_related("level").get(level=row)
