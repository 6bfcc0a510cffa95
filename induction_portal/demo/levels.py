"""Extra support in the story: Grace at Level 2, to which she climbed from Level 1; what Hannah tells in confidence; and
what reviews proposed, of which one still waits for Oakfield's tutor.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases.models import Appointment
from cases.rules.escalation import Progress
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from support_plans import actions
from support_plans.actions import Told, Wanted
from support_plans.ladder import every_level, state_of
from support_plans.models import Proposal

from .replay_cases import Happening
from .world import World

GRACE, HANNAH, DANIEL = "3061725", "3104871", "2987340"
MENTOR, TUTOR = "r.whitcombe@oakfield.example", "tutor@oakfield.example"
NOTICED, BEGAN, STEPPED_UP, WROTE = (timedelta(days=days) for days in (46, 45, 16, 3))  # ago
SEEN = Told(
    (Standard.TS4, Standard.TS5),
    "In three Year 9 lessons the task was one that half of the class had finished in five minutes. The others had not "
    "begun.",
    "We planned two lessons together and watched a colleague’s Year 9 lesson.",
)
LIGHT_TOUCH = Wanted(
    SupportLevel.LIGHT_TOUCH,
    weeks=4,
    reason="Tasks fit only part of the class. One thing to work on: what everybody does in the first ten minutes.",
    aim="Every pupil is working on a task that stretches them ten minutes into the lesson.",
    steps_down="Two Year 9 lessons in a row in which that is seen, by two observers.",
)
SUPPORT = Wanted(
    SupportLevel.SUPPORT_1,
    found=Progress.NONE,
    weeks=6,
    reason="The starts of lessons are calmer, but the tasks are as they were (TS5). The mentor alone is not enough.",
    aim="Plans name what each group of pupils does, and lessons show it.",
    steps_down="Four weeks of plans that name it, and two joint observations in which it is seen.",
)
CONFIDED = (
    "I have had no reduced timetable since half-term: I cover for a colleague in five lessons a week. I have told my "
    "mentor. I do not want to be seen as complaining, and would like to know what I may ask for."
)
WHY_NOT = "We set targets in the meeting and look at them with the mentor every week. Nothing more is needed for now."


def steps(world: World) -> Iterator[Happening]:
    """Each on its day. Proposals are answered first, so that the latest alone waits."""
    today = world.days.today
    yield today - NOTICED, partial(_notice, world)
    yield today - BEGAN, partial(_move, world, MENTOR, LIGHT_TOUCH)
    yield today - STEPPED_UP, partial(_move, world, TUTOR, SUPPORT)
    yield today - WROTE, partial(_confide, world)
    yield today, partial(_answer_proposals, world)


def _notice(world: World, on: date) -> None:
    by = world.acting(MENTOR, "oakfield", on)
    actions.raise_concern(by=by, on=on, induction=world.inductions[GRACE], told=SEEN)


def _move(world: World, who: str, wanted: Wanted, on: date) -> None:
    induction = world.inductions[GRACE]
    given = {"on": on, "induction": induction, "state": state_of(every_level(induction))}
    actions.move_level(by=world.acting(who, "oakfield", on), wanted=wanted, **given)


def _confide(world: World, on: date) -> None:
    by = world.themself("ect@oakfield.example", on)
    told = {"in_confidence": True, "subject": "My timetable", "text": CONFIDED}
    actions.raise_own_concern(by=by, on=on, induction=world.inductions[HANNAH], **told)


def _answer_proposals(world: World, on: date) -> None:
    """All but the last one about Daniel, by whoever is tutor."""
    rows = Proposal.objects.filter(answer=Proposal.Answer.OPEN).select_related("placement__school")
    kept = rows.filter(induction=world.inductions[DANIEL]).order_by("-found_on").first()
    for row in rows.exclude(pk=kept.pk if kept else None):
        held = Appointment.objects.filter(placement=row.placement, kind=Appointment.Kind.TUTOR).select_related("user")
        key = next(key for key, place in world.places.items() if place.pk == row.school_id)
        by = world.acting(held.latest("starts_on").user.email, key, on)
        actions.decline_proposal(by=by, on=on, proposal=row, reason=WHY_NOT)
