"""What goes with the plans of the story: the meeting that came before Daniel's Level 4, his plan's first update, which
the officer has read, and the second, which is late; a joint observation; and the officer's contact with Grace.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases.rules.following import Did, Done, Minutes, must_meet
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.viewer import Viewer
from support_plans import actions
from support_plans.actions.updates import name_of, sent_by_level
from support_plans.following import next_update
from support_plans.ladder import every_level
from support_plans.models import BodyUpdate, Plan, PlanMeeting

from .days import weekday
from .levels import BEGAN, DANIEL, GRACE, MENTOR, STEPPED_UP, TUTOR
from .plans import FIRST as FIRST_PLAN
from .plans import RAISED
from .quality import OFFICERS
from .replay_cases import Happening
from .world import World

A_DAY = timedelta(days=1)
LEVEL_4 = SupportLevel.CONCERN
OUTLINE = (
    "We looked at the plan of Level 2 and at three exit tickets. Daniel said that he sorts them, but runs out of time "
    "to plan from them. The officer asked which lessons were seen by two people."
)
OUTCOME = (
    "Level 4 from tomorrow, six weeks. The head of department plans one week of checks with Daniel. The officer "
    "observes once together with the tutor."
)
ADDED = "I also asked for one lesson less of cover while the plan goes on. The tutor will tell me by Friday."
FIRST = (
    "Five checks were planned with the head of department, three of them used. Two pupils who were lost were noticed.",
    "The checks are used in Year 8; observed twice.",
)
ANSWER = "Thank you. Please say in the next update what the checks changed in the lessons after them."
APPROVED = "The criteria can be seen in lessons. I would like week 3 to be observed from outside the school too."
TOGETHER = (
    "Year 8 fractions, twenty minutes. We both saw four checks used, and one that changed the lesson. We agreed that "
    "the criterion of week 2 is met, and that of week 3 is not yet."
)
SPOKEN = "Grace knows why her plans are looked at. She would like to see a colleague of her own subject teach Year 9."
TOLD_OF_GRACE = ("The plan of Level 2 is being written. The starts of lessons stay calm.", "Start the plan this week.")


def steps(world: World) -> Iterator[Happening]:
    """Each on its day."""
    today = world.days.today
    raised = today - RAISED
    yield from _before(world, today)
    yield raised - A_DAY, partial(_meet, world)
    yield raised + A_DAY, partial(_add, world)
    yield raised + 2 * A_DAY, partial(_approve, world)
    yield raised + 6 * A_DAY, partial(_update, world, DANIEL, TUTOR, FIRST)
    yield raised + 8 * A_DAY, partial(_read, world, DANIEL, ANSWER)
    seen = weekday(raised + 9 * A_DAY)
    joint = Done(Did.JOINT, seen, TOGETHER, True, with_whom="The induction tutor", agreed=True)
    yield seen, partial(_record, world, DANIEL, joint)
    stepped_up = today - STEPPED_UP
    yield stepped_up + 2 * A_DAY, partial(_update, world, GRACE, TUTOR, TOLD_OF_GRACE)
    call = Done(Did.ECT, stepped_up + 4 * A_DAY, SPOKEN, True, how="call", clear=True, content=True)
    yield stepped_up + 4 * A_DAY, partial(_record, world, GRACE, call)
    yield today - A_DAY, partial(_arrange, world, weekday(today + 6 * A_DAY))


def _before(world: World, today: date) -> Iterator[Happening]:
    """The updates of the plans that came first, each read two days later."""
    began, light = today - FIRST_PLAN, today - BEGAN
    for on, ect, who, told in (
        (began + 2 * A_DAY, DANIEL, TUTOR, ("The plan of Level 2 has begun: exit tickets.", "A joint observation.")),
        (began + 29 * A_DAY, DANIEL, TUTOR, ("The plan has ended. Tickets are used; nothing follows from them.", "")),
        (light + 2 * A_DAY, GRACE, MENTOR, ("Light touch has begun: the first ten minutes of lessons.", "")),
    ):
        yield on, partial(_update, world, ect, who, told)
        yield on + 2 * A_DAY, partial(_read, world, ect, "")


def _meet(world: World, on: date) -> None:
    by = world.acting(TUTOR, "oakfield", on)
    minutes = Minutes(on, must_meet(LEVEL_4), OUTLINE, OUTCOME, others="The head of Mathematics")
    actions.note_meeting(by=by, on=on, induction=world.inductions[DANIEL], about=LEVEL_4, minutes=minutes)


def _add(world: World, on: date) -> None:
    meeting = PlanMeeting.objects.get(induction=world.inductions[DANIEL], number=1)
    actions.add_to_meeting(by=world.themself("ect2@oakfield.example", on), on=on, meeting=meeting, text=ADDED)


def _approve(world: World, on: date) -> None:
    plan = Plan.objects.get(induction=world.inductions[DANIEL], level__closed_on=None)
    actions.answer_plan(by=_officer(world, on), on=on, plan=plan, approves=True, text=APPROVED)


def _update(world: World, ect: str, who: str, told: tuple[str, str], on: date) -> None:
    induction = world.inductions[ect]
    found = next_update(every_level(induction), sent_by_level(induction), on)
    due = name_of(found[0], found[1].number) if found else None
    given = {"by": world.acting(who, "oakfield", on), "on": on, "induction": induction, "due": due}
    actions.send_update(progress=told[0], next_steps=told[1], **given)


def _read(world: World, ect: str, answer: str, on: date) -> None:
    update = BodyUpdate.objects.get(induction=world.inductions[ect], acknowledged_on=None)
    actions.acknowledge_update(by=_officer(world, on), on=on, update=update, answer=answer)


def _record(world: World, ect: str, done: Done, on: date) -> None:
    actions.record_body_part(by=_officer(world, on), on=on, induction=world.inductions[ect], done=done)


def _arrange(world: World, meets_on: date, on: date) -> None:
    given = {"about": LEVEL_4, "meets_on": meets_on, "where": "3:45pm, in the tutor’s office"}
    actions.arrange_meeting(by=_officer(world, on), on=on, induction=world.inductions[DANIEL], **given)


def _officer(world: World, on: date) -> Viewer:
    return world.acting(OFFICERS["northern"], "northern", on)
