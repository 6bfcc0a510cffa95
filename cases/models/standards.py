"""Teachers' Standards that a record is linked to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.rules.standards import Standard

STANDARDS = [(standard.value, standard.label) for standard in Standard]


def standards_field() -> ArrayField:
    """The codes of the linked Standards, in their order."""
    return ArrayField(models.CharField(max_length=3), default=list, blank=True)


def standards_known(name: str) -> models.CheckConstraint:
    """Refuses a code that is no Standard's."""
    return models.CheckConstraint(condition=Q(standards__contained_by=[s.value for s in Standard]), name=name)


def in_order(codes: list[str]) -> tuple[Standard, ...]:
    """The Standards of some codes, in their order."""
    return tuple(standard for standard in Standard if standard.value in codes)
