"""Northern asks Elmbridge for what is overdue of its ECT, with a line of the officer's own, a canary; an induction
tutor has a link for their own calendar; the trail was checked once.
"""

from cases import actions
from cases.access import case
from induction_portal.audit.checking import begin_check, go_on
from tests.support.world import Canary, Piece, World
from tests.support.world_people import People

CASE = "elm"
TUTOR = "induction_tutor@oak"


def ask_and_subscribe(world: World, people: People) -> None:
    """Everything."""
    officer, line = people.acting("body_officer@north"), "zqchaseelmzq"
    induction = case(officer, world.cases[CASE].id).subject
    row = actions.send_chase(by=officer, on=world.today, induction=induction, line=line)
    world.chases[CASE] = Piece(CASE, row.pk, CASE, "elm", "north")
    world.canaries.append(Canary(line, "chase", CASE))
    actions.make_feed(by=people.acting(TUTOR), on=world.today)
    check = begin_check()
    while go_on(check.pk):
        pass
