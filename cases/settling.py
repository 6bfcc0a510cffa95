"""Dates that a page asks about before it shows them: some stale cases are reckoned at once, of more the worker is told.

Whoever looks after hundreds of ECTs must not wait for all of them in one request. What is still stale is left out of
what a page finds by its dates, and the page says so.
"""

from datetime import datetime

from django.db.models import QuerySet

from induction_portal.operations.figures import Figure

from .models import Deadline, Induction
from .reach import Keys
from .reckon import BATCH, freshen
from .tasks import reckon_soon

MANY = 10 * BATCH  # more than the worker does in a few minutes


def settle(cases: Keys, *, most: int = BATCH) -> int:
    """Reckon the stale ones of some cases, `most` of them; how many are stale still. One query where none is."""
    stale = Induction.objects.filter(pk__in=cases, stale=True)
    keys = list(stale.order_by("pk").values_list("pk", flat=True)[: most + 1])
    if not keys:
        return 0
    freshen(keys[:most])
    if len(keys) <= most:
        return 0
    reckon_soon()
    return stale.count()


def settled(deadlines: QuerySet[Deadline], waiting: int) -> QuerySet[Deadline]:
    """Only deadlines that can be shown: none of a case that is stale still."""
    return deadlines.filter(induction__stale=False) if waiting else deadlines


def stale_figures(now: datetime) -> list[Figure]:
    """For the operator: how many cases wait to be reckoned again. One query."""
    waiting = Induction.objects.filter(stale=True).count()
    return [Figure("Waiting for their dates to be worked out again", str(waiting), look=waiting > MANY)]
