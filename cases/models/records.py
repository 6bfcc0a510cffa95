"""What every record of a case carries: where it came from, as at its creation."""

import uuid
from typing import Any

from django.db import models

from induction_portal.accounts.models import Organisation


class CaseRecord(models.Model):
    """A child of a case. Its origin (placement, school, body) is fixed when it is made and never updated: it decides
    who may go on reading it after the teacher moves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    induction = models.ForeignKey("cases.Induction", models.PROTECT, related_name="%(class)ss")
    placement = models.ForeignKey("cases.Placement", models.PROTECT, related_name="%(class)ss")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def origin(self) -> dict[str, Any]:
        """Where it came from, for a record that follows from it."""
        return {name: getattr(self, name) for name in ("induction", "placement", "school", "body")}
