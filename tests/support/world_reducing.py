"""Shorter inductions in the world: one that waits for its ECT, one that waits for the body, one that was refused.

The headteacher's advice and the body's reason are canaries.
"""

from decimal import Decimal

from assessments.actions import answer_reduction, ask_for_reduction, decide_reduction
from assessments.models import Reduction
from cases.access import case
from cases.rules.reducing import ReductionKind
from tests.support.world import SCHOOLS, Canary, Piece, World
from tests.support.world_people import People


def shorten(world: World, people: People) -> None:
    """Everything."""
    _ask(world, people, "moved", "harbour")
    _answer(world, people, _ask(world, people, "elm"))
    refused = _answer(world, people, _ask(world, people, "harbour"))
    officer, reason = people.acting("body_officer@south"), "zqreducedreasonharbourzq"
    told = {"grant": False, "standards_met": None, "reason": reason, "version": refused.version}
    decide_reduction(by=officer, on=world.today, reduction=refused, **told)
    world.canaries.append(Canary(reason, "reduction", "harbour"))


def _ask(world: World, people: People, key: str, school: str = "") -> Reduction:
    school = school or key
    head, advice = people.acting(f"headteacher@{school}"), f"zqreducedadvice{key}zq"
    induction = case(head, world.cases[key].id).subject
    told = {"kind": ReductionKind.EXPERIENCE, "terms": Decimal("5.8"), "standards_met": True, "advice": advice}
    row = ask_for_reduction(by=head, on=world.today, induction=induction, **told)
    world.reductions[key] = Piece(key, row.pk, key, school, SCHOOLS[school])
    world.canaries.append(Canary(advice, "reduction", key))
    return row


def _answer(world: World, people: People, row: Reduction) -> Reduction:
    key = next(key for key, piece in world.reductions.items() if piece.id == row.pk)
    return answer_reduction(by=people.acting(f"ect@{key}"), on=world.today, reduction=row, agrees=True, version=1)
