"""What every sealed content has in common, and everything that somebody says of one."""

import uuid

from django.db import models
from django.db.models.functions import Now

from induction_portal.accounts.models import User

HEX = r"^[0-9a-f]{64}$"  # a SHA-256


class Sealed(models.Model):
    """One state of a record as somebody sent it: canonical JSON, names included, and its SHA-256. The database refuses
    change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="Canonical JSON")
    sha256 = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sealed_on = models.DateField(help_text="The day it counts as submitted")
    sealed_at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Version {self.number}"


class Said(models.Model):
    """Something that a person said of one version, on a day. It stands as it was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(help_text="The day it counts as done")
    at = models.DateTimeField(db_default=Now(), help_text="The database's time")

    class Meta:
        abstract = True
        ordering = ["at"]
