"""What Niamh writes to her appropriate body, which has to decide."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from assessments import actions
from assessments.outcome.received import OF_ASSESSMENT, received
from cases.rules.assessing import AssessmentKind

from .assessments import ASSESSED
from .replay_assessments import HELD, SENT
from .replay_cases import Happening
from .story import Ect
from .world import World

LETTERS = {
    "2876104": "I have nothing to add to the report but one thing: the weekly check that it mentions was worked out "
    "together with Elspeth Muir, and the credit for it is as much hers as mine."
}


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """The letter of an ECT who writes one, on the day after the report was sent."""
    final = [told for told in ASSESSED.get(ect.trn, ()) if told.kind is AssessmentKind.FINAL]
    if ect.trn in LETTERS and final:
        began = world.days.on(ect.stays[0].starts)
        held_on = world.days.school_day(world.days.elapsed(began, final[0].terms), HELD)
        yield world.days.school_day(held_on, SENT) + timedelta(days=1), partial(_write, world, ect)


def _write(world: World, ect: Ect, on: date) -> None:
    row = received().get(**{f"{OF_ASSESSMENT}__induction": world.inductions[ect.trn]})
    by, text = world.themself(ect.email, on), LETTERS[ect.trn]
    actions.send_representations(by=by, on=on, recommendation=row, text=text)
