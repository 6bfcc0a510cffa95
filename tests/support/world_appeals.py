"""An appeal in the world, of Harbour's ECT against Southern's decision to fail: replied to, a hearing is to come, and a
question of the Agency to be answered. Everything written in it is a canary.
"""

from datetime import timedelta

from assessments import actions
from assessments.models import Appeal, Decision
from assessments.outcome.received import received
from assessments.outcome.tell_notices import MAILER
from cases.rules.appeals import Answer
from cases.rules.deciding import Ruling
from cases.rules.notices import Told
from cases.rules.outcomes import Outcome
from tests.support.world import Canary, Decided, Noticed, World
from tests.support.world import Recommended as Received
from tests.support.world_deciding import SATISFACTORY, finish
from tests.support.world_people import People

CASE, OFFICER, BEGAN = "appealed", "body_officer@south", 1060  # days since the first day


def appeal(world: World, people: People) -> None:
    """Everything."""
    decision = _fail(world, people)
    made_on = decision.made_on + timedelta(days=20)
    acting = {"by": people.acting(OFFICER, made_on), "on": made_on}
    until = decision.made_on + timedelta(days=45)
    actions.allow_more_time(decision=decision, until=until, allowed_on=made_on, **acting)
    row = actions.lodge_appeal(
        decision=decision, made_on=made_on, learned="copy", copy_on=made_on, grounds=_canary(world, "ground"),
        representative=_canary(world, "representative"), wants_hearing=True, **acting,
    )  # fmt: skip
    answers = {1: Answer(True, _canary(world, "answer"))}
    told = {"text": _canary(world, "reply"), "answers": answers, "sent_on": made_on}
    reply = actions.reply_to_appeal(appeal=row, version=1, **told, **acting)
    actions.issue_reply(by=MAILER, on=made_on, reply_id=reply.pk)
    hearing = {"held_on": world.today + timedelta(days=40), "noticed_on": made_on, "place": "Coventry"}
    actions.record_hearing(appeal=row, version=2, **hearing, **acting)
    attends = {"answered_on": made_on, "written": False, "attends": _canary(world, "attends")}
    actions.answer_hearing(appeal=row, version=3, **attends, **acting)
    asked = {"asked_on": made_on, "wanted_by": world.today + timedelta(days=9), "text": _canary(world, "asked")}
    demand = actions.record_request(appeal=row, version=4, **asked, **acting)
    for kept, found in ((world.appeals, row), (world.appeal_requests, demand), (world.appeal_replies, reply)):
        kept[CASE] = Decided(CASE, found.pk, CASE, "harbour", "south", made=True)


def _fail(world: World, people: People) -> Decision:
    """A decision to fail, of which the ECT had notice by mail on the same day."""
    on = world.today - timedelta(days=60)
    finish(world, people, CASE, "harbour", SATISFACTORY, sent_on=on)
    recommendation = received().get(signature__version__assessment__induction=world.cases[CASE].id)
    world.recommendations[CASE] = Received(CASE, recommendation.pk, CASE, "harbour", "south")
    ect = people.acting(f"ect@{CASE}")
    actions.waive_representations(by=ect, on=on, recommendation=recommendation)
    given = {"by": people.acting(OFFICER, on), "on": on}
    reasons = f"zqdecidingreasons{CASE}zq"
    world.canaries.append(Canary(reasons, "decision", CASE))
    report = recommendation.signature.version.assessment
    made = actions.decide(assessment=report, version=1, ruling=Ruling(Outcome.FAIL, reasons), **given)
    world.decisions[CASE] = Decided(CASE, made.pk, CASE, "harbour", "south", made=True)
    [notice] = actions.email_notices(decision=made, to=[Told.ECT], addresses={}, **given)
    world.decision_notices[CASE] = Noticed(CASE, notice.pk, CASE, "harbour", "south", reader=f"ect@{CASE}")
    letter = actions.issue_notice(by=MAILER, on=on, notice_id=notice.pk)
    actions.notice_went_out(by=MAILER, on=on, notice_id=notice.pk, attached=letter.stored_id)
    return made


def appeal_of(world: World) -> Appeal:
    """The row."""
    return Appeal.objects.get(pk=world.appeals[CASE].id)


def _canary(world: World, place: str) -> str:
    text = f"zqappeal{place}zq"
    world.canaries.append(Canary(text, "appeal", CASE))
    return text
