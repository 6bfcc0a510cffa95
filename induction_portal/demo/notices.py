"""The decision on Martin's induction, and notice of it: his time to appeal runs, and one letter came back."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from assessments import actions
from assessments.models import Decision, Notice
from assessments.outcome.received import OF_ASSESSMENT, received
from assessments.outcome.tell_notices import MAILER
from cases.rules.assessing import AssessmentKind
from cases.rules.deadlines import due_on
from cases.rules.deciding import Ruling
from cases.rules.notices import Told
from cases.rules.outcomes import Outcome
from cases.rules.working_days import is_working_day

from .assessments import ASSESSED
from .people import OFFICERS
from .replay_assessments import HELD, SENT
from .replay_cases import Happening
from .story import Ect
from .world import World

MARTIN = "2913358"
DAY = timedelta(days=1)
WORDED = timedelta(days=60)  # ago
DECIDED = timedelta(days=2)  # ago at least
WORDING = {
    "pass_closing": "Everybody at {body} wishes you well, {ect}. Please keep this letter.",
    "fail_closing": "We know that this letter is hard to read. Stephen Lowe at {body} will talk it through with you, "
    "and your trade union or professional association can advise you.",
}
REASONS = (
    "TS1, TS5, TS6 and TS7 are not met. The evidence is in ten lesson visits, two of them ours, in the books of ten "
    "pupils, and in both progress reviews of this year.\n\nSupport was given for two terms: weekly visits, shared "
    "planning, days at another school, and a colleague in the room. I have considered an extension. The evidence is "
    "complete, and none of the grounds of the guidance applies."
)
AGENCY = "Teacher Appeals\nCheylesmore House\n5 Quinton Road\nCoventry CV1 2WT"
EMPLOYER = "Harbour Borough Council"
COUNCIL = "Schools Human Resources\n2 Quay Street\nHarbour"
RETURNED = "The post returned it: the office has moved"


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """He waives his days to write; the body decides, and tells everybody on the same day."""
    if ect.trn != MARTIN:
        return
    yield world.days.today - WORDED, partial(_word, world)
    [final] = [told for told in ASSESSED[MARTIN] if told.kind is AssessmentKind.FINAL]
    elapsed = world.days.elapsed(world.days.on(ect.stays[0].starts), final.terms)
    sent_on = world.days.school_day(world.days.school_day(elapsed, HELD), SENT)
    yield sent_on + DAY, partial(_waive, world, ect)
    decided_on = _working_day(min(world.days.today - DECIDED, due_on("D11", elapsed) - DAY))
    yield decided_on, partial(_decide, world)
    yield decided_on, partial(_give_notice, world)
    yield decided_on + DAY, partial(_come_back, world)


def _working_day(day: date) -> date:
    """The last working day up to a day."""
    return day if is_working_day(day) else _working_day(day - DAY)


def _word(world: World, on: date) -> None:
    admin = world.acting("admin@coastal-hub.example", "coastal", on)
    actions.set_wording(by=admin, on=on, starts_on=on, texts=WORDING)


def _waive(world: World, ect: Ect, on: date) -> None:
    row = received().get(**{f"{OF_ASSESSMENT}__induction": world.inductions[MARTIN]})
    actions.waive_representations(by=world.themself(ect.email, on), on=on, recommendation=row)


def _decide(world: World, on: date) -> None:
    row = received().get(**{f"{OF_ASSESSMENT}__induction": world.inductions[MARTIN]})
    version = row.signature.version
    officer = world.acting(OFFICERS["coastal"], "coastal", on)
    told = {"assessment": version.assessment, "version": version.number, "ruling": Ruling(Outcome.FAIL, REASONS)}
    actions.decide(by=officer, on=on, **told)


def _give_notice(world: World, on: date) -> None:
    """Martin and his headteacher by e-mail, which the mail server accepts; the other two by post."""
    given = {"by": world.acting(OFFICERS["coastal"], "coastal", on), "on": on}
    decision = Decision.objects.get(induction=world.inductions[MARTIN])
    for notice in actions.email_notices(decision=decision, to=[Told.ECT, Told.HEADTEACHER], addresses={}, **given):
        letter = actions.issue_notice(by=MAILER, on=on, notice_id=notice.pk)
        actions.notice_went_out(by=MAILER, on=on, notice_id=notice.pk, attached=letter.stored_id)
    letters = ((Told.AGENCY, {"address": AGENCY}), (Told.EMPLOYER, {"address": COUNCIL, "employer": EMPLOYER}))
    for who, where in letters:
        notice = actions.prepare_letter(decision=decision, to=who, **where, **given)
        actions.record_posting(notice=notice, posted_on=on, **given)


def _come_back(world: World, on: date) -> None:
    """The employer's comes back: an officer has to write again."""
    notice = Notice.objects.get(induction=world.inductions[MARTIN], to=Told.EMPLOYER)
    officer = world.acting(OFFICERS["coastal"], "coastal", on)
    actions.record_undelivered(by=officer, on=on, notice=notice, why=RETURNED)
