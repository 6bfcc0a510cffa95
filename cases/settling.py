"""Dates that a page asks about before it shows them: some stale cases are reckoned at once, of more the worker is told.

Whoever looks after hundreds of ECTs must not wait for all of them in one request. What is still stale is left out of
what a page finds by its dates, and the page says so.
"""

from django.db.models import QuerySet

from .models import Deadline
from .querysets import InductionQuerySet
from .reckon import BATCH, freshen
from .tasks import reckon_soon


def settle(cases: InductionQuerySet, *, most: int = BATCH) -> int:
    """Reckon the stale ones of some cases, `most` of them; how many are stale still. One query where none is."""
    keys = list(cases.filter(stale=True).order_by("pk").values_list("pk", flat=True)[: most + 1])
    if not keys:
        return 0
    freshen(keys[:most])
    if len(keys) <= most:
        return 0
    reckon_soon()
    return cases.filter(stale=True).count()


def settled(deadlines: QuerySet[Deadline], waiting: int) -> QuerySet[Deadline]:
    """Only deadlines that can be shown: none of a case that is stale still."""
    return deadlines.filter(induction__stale=False) if waiting else deadlines
