"""An assessment in the world whose ECT, at Harbour, has no sign-in and answers on paper; every text is a canary.

The body returned it once it was signed; tutor and headteacher have signed what was corrected, and the ECT is asked.
"""

from dataclasses import replace
from datetime import date, timedelta

from assessments import actions
from assessments.models import Assessment
from cases.models import Placement
from cases.rules.on_paper import OnPaper, Way
from tests.support.world import World
from tests.support.world_assessments import FIRST, canary, report
from tests.support.world_people import People


def assess_on_paper(world: World, people: People, start: date) -> None:
    """Everything."""
    tutor, on = people.acting("induction_tutor@harbour"), world.today
    placement = Placement.objects.get(induction=world.cases["paper"].id)
    told = report(world, "paper", FIRST, start + timedelta(days=330), placement)
    row = actions.send_for_comments(by=tutor, on=on, placement=placement, report=told)
    _answer(world, people, row, 1)
    signed = OnPaper(Way.SIGNED, seen=True, given_on=on, witness=canary(world, "witness", "paper"))
    actions.record_signature(by=tutor, on=on, assessment=row, version=1, told=signed)
    actions.send_to_body(by=tutor, on=on, assessment=row, version=1)
    officer, comments = people.acting("body_officer@south"), canary(world, "sentback", "paper")
    actions.return_assessment(by=officer, on=on, assessment=row, version=1, comments=comments)
    again = replace(told, strengths=canary(world, "newstrengths", "paper"))
    actions.send_again(by=tutor, on=on, assessment=row, version=1, report=again)
    _answer(world, people, row, 2)


def _answer(world: World, people: People, row: Assessment, version: int) -> None:
    """What the ECT says is recorded; then tutor and headteacher sign."""
    told = {"on": world.today, "assessment": row, "version": version}
    text = canary(world, f"onpaper{version}", "paper")
    said = OnPaper(Way.COMMENTED, seen=True, given_on=world.today, text=text)
    actions.record_comments(by=people.acting("headteacher@harbour"), told=said, **told)
    for role in ("induction_tutor", "headteacher"):
        by = people.acting(f"{role}@harbour")
        actions.open_version(by=by, on=world.today, version=row.versions.get(number=version))
        actions.sign(by=by, role=role, **told)
