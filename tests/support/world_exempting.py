"""An ECT of the world whose records were lost: the body has searched, and exempted her. Her texts are canaries.

Another's records are searched for.
"""

from datetime import date, timedelta
from typing import Any

from assessments.actions import exempt, search_trail
from cases.models import Induction
from tests.support.world import Canary, Piece, World
from tests.support.world_people import People

EXEMPTED = "left"  # of whom Elmbridge and its body had let go, and Harbour's body is responsible


def search_answers(today: date, mark: str = "") -> dict[str, Any]:
    """A search for lost records."""
    found = mark or "Nothing was found"
    told = {"looked_for": "The first assessment", "where": "The school’s archive", "searched_by": "Sam Office"}
    return told | {"searched_on": today - timedelta(days=9), "found": found}


def exempt_answers(today: date, mark: str = "") -> dict[str, Any]:
    """An exemption that may be decided."""
    last = today - timedelta(days=60)
    told = {"lost": f"{mark}lost" if mark else "All reports", "appraisal_source": "The headteacher’s, of July"}
    told |= {"appraisal_from": last - timedelta(days=400), "appraisal_to": last, "satisfactory": True}
    return told | {"reason": f"{mark}reason" if mark else "Every search ended without a trace"}


def exempt_one(world: World, people: People) -> None:
    """Everything."""
    officer = people.acting("body_officer@south")
    for key in (EXEMPTED, "harbour"):
        mark = f"zqsearch{key}zq"
        told = {"induction": Induction.objects.get(pk=world.cases[key].id), "by": officer, "on": world.today}
        search_trail(**told, **search_answers(world.today, mark))
        world.canaries.append(Canary(mark, "exemption", key))
    told["induction"] = Induction.objects.get(pk=world.cases[EXEMPTED].id)
    mark = "zqexempt"
    row = exempt(**told, **exempt_answers(world.today, mark))
    world.exemptions[EXEMPTED] = Piece(EXEMPTED, row.pk, EXEMPTED, "harbour", "south")
    world.canaries += [Canary(f"{mark}{part}", "exemption", EXEMPTED) for part in ("lost", "reason")]
