"""Dates that a page asks about before it shows them: some stale cases are reckoned at once, of more the worker is told.

Whoever looks after hundreds of ECTs must not wait for all of them in one request. What is still stale is left out of
what a page finds by its dates, and the page says so.
"""

from django.db.models import QuerySet

from .models import Deadline, Induction
from .reach import Keys
from .reckon import BATCH, freshen
from .tasks import reckon_soon


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
