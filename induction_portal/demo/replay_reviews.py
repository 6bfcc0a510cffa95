"""What happens around a progress review: held, submitted, read, commented on, answered, perhaps submitted again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from assessments import actions
from assessments.content import Answers
from assessments.models import ProgressReview
from cases.rules.reviews import Target
from cases.rules.standards import Rating, Standard
from induction_portal.audit.access import log_access

from .history import at
from .people import OFFICERS
from .replay_cases import SCHOOLS, Happening
from .reviews import Written
from .story import Ect, Stay
from .world import World

HELD, SUBMITTED, RETURNED, CORRECTED, READ, ANSWERED = (
    -8,
    1,
    2,
    3,
    4,
    6,
)  # school days: before it is due, then from HELD


class Occasion(NamedTuple):
    """One review of one ECT: where, when it was held, and what was written."""

    world: World
    ect: Ect
    stay: Stay
    held_on: date
    written: Written

    def review(self) -> ProgressReview:
        induction = self.world.inductions[self.ect.trn]
        return ProgressReview.objects.get(induction=induction, held_on=self.held_on)

    @property
    def body(self) -> str:
        return SCHOOLS[self.stay.school].body


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """Everything that happens around the reviews of one ECT, each with its day."""
    began = world.days.on(ect.stays[0].starts)
    for number, written in ect.written.items():
        due_on = world.days.elapsed(began, number)
        stay = next(stay for stay in ect.stays if stay.ends is None or due_on <= world.days.on(stay.ends))
        yield from _steps(Occasion(world, ect, stay, world.days.school_day(due_on, HELD), written))


def _steps(occasion: Occasion) -> Iterator[Happening]:
    written = occasion.written
    day = partial(occasion.world.days.school_day, occasion.held_on)
    yield day(SUBMITTED), partial(_submit, occasion)
    if written.returned:
        yield day(RETURNED), partial(_return, occasion)
    if written.corrected:
        yield day(CORRECTED), partial(_correct, occasion)
    if occasion.ect.email:
        yield day(READ), partial(_read, occasion)
    if written.answered:
        yield day(ANSWERED), partial(_accept, occasion)


def _submit(occasion: Occasion, on: date) -> None:
    world, stay = occasion.world, occasion.stay
    placement = world.placements[occasion.ect.trn, stay.school]
    by = world.acting(stay.tutor, stay.school, on)
    actions.submit(by=by, on=on, placement=placement, answers=answers(occasion))


def _return(occasion: Occasion, on: date) -> None:
    by, review = occasion.world.acting(OFFICERS[occasion.body], occasion.body, on), occasion.review()
    log_access(by, review, at=at(on))
    actions.return_(by=by, on=on, review=review, version=review.latest, comments=occasion.written.returned)


def _correct(occasion: Occasion, on: date) -> None:
    review = occasion.review()
    by = occasion.world.acting(occasion.stay.tutor, occasion.stay.school, on)
    fuller = replace(answers(occasion), evidence=occasion.written.corrected)
    actions.correct(by=by, on=on, review=review, version=review.latest, answers=fuller)


def _read(occasion: Occasion, on: date) -> None:
    by, review = occasion.world.themself(occasion.ect.email, on), occasion.review()
    log_access(by, review, at=at(on))
    actions.acknowledge(by=by, on=on, review=review)
    if occasion.written.comment:
        actions.comment(by=by, on=on, review=review, text=occasion.written.comment)


def _accept(occasion: Occasion, on: date) -> None:
    by, review = occasion.world.acting(OFFICERS[occasion.body], occasion.body, on), occasion.review()
    log_access(by, review, at=at(on))
    actions.accept(by=by, on=on, review=review, version=review.latest)


def answers(occasion: Occasion) -> Answers:
    """What the tutor answers, as the form collects it."""
    written, held_on = occasion.written, occasion.held_on
    return Answers(
        held_on=held_on,
        present=("ect", "reviewer"),
        others_present=written.others,
        on_track=written.on_track,
        evidence=written.evidence,
        ratings={standard: Rating(int(digit)) for standard, digit in zip(Standard, written.ratings, strict=True)},
        targets=tuple(
            Target(aim.text, Standard(aim.standard), held_on + timedelta(weeks=aim.weeks), aim.success)
            for aim in written.aims
        ),
        statements={Standard(code): text for code, text in written.low.items()},
        previous_targets=written.previous,
        support_outline=written.support,
    )
