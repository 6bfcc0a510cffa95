"""Rhys's appeal: Harbour's appropriate body failed him, and its reply to his appeal is awaited.

He came to Harbour with five terms served in Leeds. The days follow his last one, but for the Agency's copy, which came
a few days ago whenever the story is told.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from assessments import actions
from assessments.models import Appeal, Decision
from assessments.outcome.received import OF_ASSESSMENT, received
from cases.actions import confirm_prior_service
from cases.actions.prior import Balance
from cases.rules.deciding import Ruling
from cases.rules.notices import Told
from cases.rules.outcomes import Outcome
from cases.rules.working_days import wd_before, wd_incl
from induction_portal.accounts.viewer import System, Viewer

from .people import OFFICERS
from .replay_cases import AGREED, Happening
from .story import ECTS
from .world import World

RHYS = "3127745"
DECIDED, APPEALED, COPIED = (timedelta(days=days) for days in (22, 45, 8))  # after his last day; before today the last
MAILER = System("mail delivery")
BALANCE = Balance(Decimal(5), Decimal(5), Decimal(0), "Record of Leeds Teaching School Hub, with its five reports")
REASONS = (
    "Performance against TS7 is not satisfactory. Both formal assessments, three visits by another headteacher and the "
    "behaviour log show teaching time lost in most lessons after two support plans. We had regard to what you wrote "
    "about the change of school, and to the two terms in which the class had no assistant."
)
GROUNDS = (
    "The three visits took place in the same week, in which the class had a supply assistant.\n\nThe appropriate body "
    "gave no weight to the support that the second plan promised and that I did not receive.\n\nMy final report says "
    "that every other Standard is met, and TS7 in two of my three subjects."
)


def steps(world: World) -> Iterator[Happening]:
    """Each on its day."""
    stay = next(ect for ect in ECTS if ect.trn == RHYS).stays[0]
    began = world.days.on(stay.starts)
    last = world.days.elapsed(began, 1)
    yield began - AGREED + timedelta(days=1), partial(_came_with, world)
    yield last, partial(_waive, world)
    appealed = wd_incl(last + APPEALED, 1)
    yield wd_incl(last + DECIDED, 1), partial(_fail, world)
    yield appealed, partial(_appeal, world)
    yield max(wd_incl(world.days.today - COPIED, 1), appealed), partial(_copy, world)


def _came_with(world: World, on: date) -> None:
    by, induction = _officer(world, on), world.inductions[RHYS]
    confirm_prior_service(by=by, on=on, induction=induction, version=None, balance=BALANCE)


def _waive(world: World, on: date) -> None:
    by = world.themself("ect2@harbour.example", on)
    row = received().get(**{f"{OF_ASSESSMENT}__induction": world.inductions[RHYS]})
    actions.waive_representations(by=by, on=on, recommendation=row)


def _fail(world: World, on: date) -> None:
    """The decision, and notice of it on the same day to everybody."""
    row = received().get(**{f"{OF_ASSESSMENT}__induction": world.inductions[RHYS]})
    given = {"by": _officer(world, on), "on": on}
    report = row.signature.version.assessment
    made = actions.decide(assessment=report, version=1, ruling=Ruling(Outcome.FAIL, REASONS), **given)
    addresses = {Told.EMPLOYER: "people@harbour.example", Told.AGENCY: "inductions@agency.example"}
    for notice in actions.email_notices(decision=made, to=list(Told), addresses=addresses, **given):
        letter = actions.issue_notice(by=MAILER, on=on, notice_id=notice.pk)
        actions.notice_went_out(by=MAILER, on=on, notice_id=notice.pk, attached=letter.stored_id)


def _appeal(world: World, on: date) -> None:
    decision = Decision.objects.get(induction=world.inductions[RHYS])
    told = {"made_on": wd_before(on, 1), "learned": "ect", "grounds": GROUNDS, "wants_hearing": True}
    union = "Delyth Probert, National Education Union"
    actions.lodge_appeal(by=_officer(world, on), on=on, decision=decision, representative=union, **told)


def _copy(world: World, on: date) -> None:
    row = Appeal.objects.get(induction=world.inductions[RHYS])
    actions.record_copy(by=_officer(world, on), on=on, appeal=row, version=row.version, copy_on=on)


def _officer(world: World, on: date) -> Viewer:
    return world.acting(OFFICERS["coastal"], "coastal", on)
