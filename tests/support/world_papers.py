"""Signed support plans in the world; every text of theirs is a canary.

One ECT of Oakfield had a plan at Level 2, which the tutor signed and the ECT declined to, in words of their own: its
document is issued. The plan at Level 3 that followed has ended, and waits for both.
"""

from dataclasses import replace
from datetime import date, timedelta

from cases.access import case
from cases.rules.escalation import Progress
from cases.rules.plans import Ending, WeekRow, Written
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.viewer import Viewer
from support_plans import actions
from support_plans.actions import Wanted
from support_plans.ladder import every_level, state_of
from support_plans.models import Plan, PlanWeek
from support_plans.papers.standing import latest_version
from tests.support.world import SCHOOLS, Canary, Supported, World
from tests.support.world_levels import CASE as HEARS
from tests.support.world_people import People

CASE, NUMBER = "signed", 21
WEEKS = 4
FIRST, SECOND = (timedelta(days=days) for days in (62, 31))  # ago
TEXTS = ("objectives", "actions", "resources", "criteria", "evaluated", "commented", "evaluation", "next")


def sign_some(world: World, people: People) -> None:
    """Two plans, one after the other."""
    first = _plan(world, people, SupportLevel.SUPPORT_1, world.today - FIRST, "first")
    tutor, ect = people.acting("induction_tutor@oak"), people.acting(f"ect@{CASE}")
    version = latest_version(first)
    for viewer in (tutor, ect):
        actions.open_plan_version(by=viewer, on=world.today, version=version)
    given = {"on": world.today, "plan": first, "version": version.number}
    actions.sign_plan(by=tutor, **given)
    actions.decline_plan(by=ect, words=_canary(world, "firstdeclined"), **given)
    from tests.support.world_build import RENDERER

    actions.issue_plan(by=RENDERER, on=world.today, plan_id=first.pk)
    second = _plan(world, people, SupportLevel.SUPPORT_2, world.today - SECOND, "second")
    for key, plan in (("answered", first), (CASE, second)):
        world.plans[key] = Supported(key, plan.pk, CASE, "oak", SCHOOLS["oak"], hears=HEARS)


def _plan(world: World, people: People, level: SupportLevel, began: date, key: str) -> Plan:
    """A plan of a level from its beginning to its end, of which every week was evaluated and commented on."""
    texts = {name: _canary(world, f"{key}{name}") for name in TEXTS}
    tutor = _on(people.acting("induction_tutor@oak"), began)
    row = _opened(world, tutor, level, key)
    planned = WeekRow(texts["actions"], texts["resources"], texts["criteria"])
    written = Written(
        starts_on=began, weeks=WEEKS, standards=(Standard.TS7,), objectives=texts["objectives"], planned=(planned,)
    )
    plan = actions.start_plan(by=tutor, on=began, level=row, written=written, version=0)
    for week in PlanWeek.objects.filter(plan=plan).select_related("plan__level"):
        on = began + timedelta(weeks=week.number) - timedelta(days=1)
        week.plan.refresh_from_db()
        given = {"on": on, "week": week}
        actions.evaluate_week(by=_on(tutor, on), text=texts["evaluated"], version=week.plan.version, **given)
        actions.comment_on_week(by=_on(people.acting(f"ect@{CASE}"), on), text=texts["commented"], **given)
    plan = Plan.objects.select_related("level").get(pk=plan.pk)
    ending = Ending(texts["evaluation"], Progress.SOME, texts["next"], plan.ends_on)
    on = plan.ends_on + timedelta(days=1)
    return actions.finish_plan(by=_on(tutor, on), on=on, plan=plan, ending=ending, version=plan.version)


def _opened(world: World, tutor: Viewer, level: SupportLevel, key: str):
    induction = case(tutor, world.cases[CASE].id).subject
    names = ("reason", "aim", "steps_down")
    texts = {name: _canary(world, f"{key}{name.replace('_', '')}") for name in names}
    wanted = Wanted(level, found=Progress.SOME, weeks=WEEKS, **texts)
    state = state_of(every_level(induction))
    return actions.move_level(by=tutor, on=tutor.on, induction=induction, wanted=wanted, state=state)


def _on(viewer: Viewer, on: date) -> Viewer:
    return replace(viewer, on=on)


def _canary(world: World, place: str) -> str:
    text = f"zqpaper{place}zq"
    world.canaries.append(Canary(text, "plan", CASE))
    return text
