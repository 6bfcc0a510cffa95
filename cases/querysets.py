"""Reusable conditions on cases."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import Induction


def in_force(prefix: str, *, on: date) -> Q:
    """Rows of a related period that include a day: from `starts_on` to `ends_on`, both included, or still open."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})
    )


class InductionQuerySet(models.QuerySet["Induction"]):
    def locked(self, induction_id: object) -> "Induction":
        """The case, its row locked until the transaction ends: the first step of every action on it."""
        return self.select_for_update().get(pk=induction_id)
