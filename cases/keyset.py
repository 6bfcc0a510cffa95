"""Pages of a list by key: a page begins after a row, not at a number, so that each row is read once, however long."""

from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q

from .querysets import InductionQuerySet

Place = tuple[Any, ...]


def place_of(known: InductionQuerySet, order: tuple[str, ...], after: str) -> Place | None:
    """Where a case stands in an order, by its id from an address; None for one that the viewer may not know of."""
    try:
        key = UUID(after)
    except ValueError:
        return None
    return known.filter(pk=key).values_list(*order).first()


def beyond(order: tuple[str, ...], place: Place | None) -> Q:
    """The rows after a place, in ascending order of every field; every row for None."""
    if place is None:
        return Q()
    same = [Q(**dict(zip(order[:n], place[:n], strict=True))) for n in range(len(order))]
    further = [Q(**{f"{name}__gt": value}) for name, value in zip(order, place, strict=True)]
    return reduce(or_, (before & more for before, more in zip(same, further, strict=True)))
