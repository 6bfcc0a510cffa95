"""What every record of support carries besides a record of a case: for whom it is."""

from django.db import models
from django.db.models import Q

from cases.models import CaseRecord
from cases.rules.support import Audience

AUDIENCES = [(audience.value, audience.name) for audience in Audience]


class SupportRecord(CaseRecord):
    """A record of support. `audience` says who may know of it (R79, R81): `support_plans.access` alone reads it."""

    audience = models.CharField(max_length=20, choices=AUDIENCES)

    class Meta:
        abstract = True


def audience_known(name: str, *but: Audience) -> models.CheckConstraint:
    """Refuses an audience that records of one kind never have: any but these, or an unknown one where none is named."""
    known = but or tuple(Audience)
    return models.CheckConstraint(condition=Q(audience__in=[audience.value for audience in known]), name=name)
