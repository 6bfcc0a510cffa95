"""Inductions at their end in the world; every text of theirs is a canary.

Of one, Oakfield's, the body extended, as a second officer approved; the extension is served, was assessed and
recommended anew, a proposal was returned, and the next one waits. Of the other, Harbour's, the recommendation was
received, the ECT wrote, and the body has still to decide.
"""

from datetime import date, timedelta
from fractions import Fraction

from assessments import actions
from assessments.actions import Recommends
from assessments.models import Assessment, Decision
from assessments.outcome.received import received
from cases.models import Induction
from cases.rules.assessing import AssessmentKind
from cases.rules.deciding import Ruling
from cases.rules.outcomes import ExtensionGround, Outcome, Recommended
from tests.support.world import SCHOOLS, Assessed, Canary, Decided, World
from tests.support.world import Recommended as Received
from tests.support.world_assessments import ORDER, sign_report, write_report
from tests.support.world_people import People

END, READY = 1150, 900  # days since the first day
SATISFACTORY = Recommends(Recommended.SATISFACTORY)


def decide_some(world: World, people: People) -> None:
    """Everything."""
    _ended(world, people)
    _ready(world, people)


def _ended(world: World, people: People) -> None:
    officer, admin = "body_officer@north", "body_admin@north"
    reason = _canary(world, "reason", "assessment", "ended")
    recommends = Recommends(Recommended.EXTENSION, Fraction(1), reason)
    completed_on = finish(world, people, "ended", "oak", recommends)
    first = received().get(signature__version__assessment__induction=world.cases["ended"].id)
    world.recommendations["ended_first"] = Received("ended_first", first.pk, "ended", "oak", "north")
    ect = people.acting("ect@ended")
    actions.waive_representations(by=ect, on=completed_on, recommendation=first)
    ruling = Ruling(
        Outcome.EXTEND, _canary(world, "reasons", "decision", "ended"), Fraction(1), ExtensionGround.ILLNESS,
        _canary(world, "assessed", "decision", "ended"),
    )  # fmt: skip
    report = first.signature.version.assessment
    made = _decide(people, officer, completed_on, report, ruling)
    actions.approve_decision(by=people.acting(admin, completed_on), on=completed_on, decision=made)
    _know_decision(world, "ended", made, made=True)
    _extended(world, people)


def _extended(world: World, people: People) -> None:
    """Assessed at the end of the extension; a proposal was returned, another one waits."""
    induction = Induction.objects.get(pk=world.cases["ended"].id)
    row = _report(world, people, "ended", "oak", AssessmentKind.EXTENSION, induction.clock.ends_on, SATISFACTORY)
    on = world.today - timedelta(days=2)
    _send(people, row, "oak", on)
    again = received().get(signature__version__assessment=row)
    text = _canary(world, "letter", "representation", "ended")
    actions.send_representations(by=people.acting("ect@ended"), on=on, recommendation=again, text=text)
    world.recommendations["ended"] = Received("ended", again.pk, "ended", "oak", "north")
    for key in ("ended_returned", "ended_proposed"):
        ruling = Ruling(Outcome.PASS, _canary(world, "reasons", "decision", key), regard=True)
        proposed = _decide(people, "body_officer@north", on, row, ruling)
        _know_decision(world, key, proposed, made=False)
        if key == "ended_returned":
            admin, comments = people.acting("body_admin@north", on), _canary(world, "returned", "decision", key)
            actions.return_decision(by=admin, on=on, decision=proposed, comments=comments)


def _ready(world: World, people: People) -> None:
    finish(world, people, "ready", "harbour", SATISFACTORY, sent_on=world.today - timedelta(days=21))
    row = received().get(signature__version__assessment__induction=world.cases["ready"].id)
    text = _canary(world, "letter", "representation", "ready")
    sent_on = row.received_on
    actions.send_representations(by=people.acting("ect@ready"), on=sent_on, recommendation=row, text=text)
    officer = people.acting("body_officer@south")
    actions.open_version(by=officer, on=world.today, version=row.signature.version)
    world.recommendations["ready"] = Received("ready", row.pk, "ready", "harbour", "south")


def finish(
    world: World, people: People, case: str, school: str, recommends: Recommends, sent_on: date | None = None
) -> date:
    """First and final assessment, sent; the last day of induction."""
    induction = Induction.objects.get(pk=world.cases[case].id)
    completed_on = induction.clock.ends_on
    first = _report(world, people, case, school, AssessmentKind.FIRST, completed_on - timedelta(days=400))
    _send(people, first, school, completed_on - timedelta(days=390))
    final = _report(world, people, case, school, AssessmentKind.FINAL, completed_on, recommends)
    _send(people, final, school, sent_on or completed_on)
    return completed_on


def _report(
    world: World, people: People, case: str, school: str, kind: AssessmentKind, held_on: date,
    recommends: Recommends | None = None,
) -> Assessment:  # fmt: skip
    row = write_report(world, people, case, school, kind, held_on)
    sign_report(world, people, row, school, *ORDER, recommends=recommends)
    key = case if kind is AssessmentKind.FIRST else f"{case}_{kind}"
    world.assessments[key] = Assessed(key, row.pk, case, school, SCHOOLS[school], frozenset(), "sent", 1, 1)
    return row


def _send(people: People, row: Assessment, school: str, on: date) -> None:
    actions.send_to_body(by=people.acting(f"headteacher@{school}", on), on=on, assessment=row, version=1)


def _decide(people: People, who: str, on: date, row: Assessment, ruling: Ruling) -> Decision:
    return actions.decide(by=people.acting(who, on), on=on, assessment=row, version=1, ruling=ruling)


def _know_decision(world: World, key: str, row: Decision, *, made: bool) -> None:
    world.decisions[key] = Decided(key, row.pk, "ended", "oak", "north", made=made)


def _canary(world: World, place: str, kind: str, about: str) -> str:
    text = f"zqdeciding{place}{about.replace('_', '')}zq"
    world.canaries.append(Canary(text, kind, about))
    return text
