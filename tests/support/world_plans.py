"""A support plan in the world, in its second week; every text of it is a canary.

One ECT of Oakfield is at Level 2, with a plan of four weeks of which the first was evaluated and commented on. The plan
of the ECT who climbed to Level 3 has not been written yet.
"""

from datetime import timedelta

from cases.access import case
from cases.rules.plans import WeekRow, Written
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from support_plans import actions
from support_plans.actions import Wanted
from support_plans.models import LevelChange, Plan, PlanWeek
from tests.support.world import SCHOOLS, Canary, Supported, World
from tests.support.world_levels import CASE as HEARS
from tests.support.world_people import People

CASE, NUMBER = "planned", 29
BEGAN = timedelta(days=8)


def carry_out(world: World, people: People) -> None:
    """From the level to the first week."""
    tutor, on = people.acting("induction_tutor@oak"), world.today - BEGAN
    given = {"on": on, "induction": case(tutor, world.cases[CASE].id).subject, "state": 0}
    texts = {name: _canary(world, name) for name in ("reason", "aim", "steps")}
    wanted = Wanted(
        SupportLevel.SUPPORT_1, reason=texts["reason"], aim=texts["aim"], steps_down=texts["steps"], weeks=4
    )
    level = actions.move_level(by=tutor, wanted=wanted, **given)
    first = WeekRow(*(_canary(world, name) for name in ("actions", "resources", "criteria")))
    written = Written(
        starts_on=on, weeks=4, standards=(Standard.TS7,), objectives=_canary(world, "objectives"), planned=(first,)
    )
    plan = actions.start_plan(by=tutor, on=on, level=level, written=written, version=0)
    weeks = list(PlanWeek.objects.filter(plan=plan).select_related("plan__level"))
    said = {"on": world.today, "week": weeks[0]}
    actions.evaluate_week(by=tutor, text=_canary(world, "evaluated"), version=plan.version, **said)
    actions.comment_on_week(by=people.acting(f"ect@{CASE}"), text=_canary(world, "commented"), **said)
    climbed = LevelChange.objects.get(induction=world.cases["climbing"].id, closed_on=None)
    world.support_levels["climbing"] = _piece(climbed, "climbing", "climbing")
    world.plans[CASE] = _piece(plan, CASE, CASE)
    world.plan_weeks[CASE] = _piece(weeks[1], CASE, CASE)


def _piece(row: LevelChange | Plan | PlanWeek, key: str, about: str) -> Supported:
    return Supported(key, row.pk, about, "oak", SCHOOLS["oak"], hears=HEARS)


def _canary(world: World, place: str) -> str:
    text = f"zqplan{place}zq"
    world.canaries.append(Canary(text, "plan", CASE))
    return text
