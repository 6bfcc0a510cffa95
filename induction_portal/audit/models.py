"""The append-only trail of changes, chained by hashes, and the log of reads.

Neither holds free text or a foreign key to what it describes: the trail must outlive its subjects.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .events import Event


class AuditChain(models.Model):
    """One chain of events: a case's, an organisation's, or the installation's. Its length catches a cut tail."""

    name = models.CharField(max_length=60, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True, help_text="Hash of the last event")

    def __str__(self) -> str:
        return self.name


class AuditEvent(models.Model):
    """One thing that somebody did. Never updated, never deleted: the database refuses both."""

    id = models.BigAutoField(primary_key=True)
    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="events", db_column="chain")
    sequence = models.PositiveBigIntegerField()
    event = models.CharField(max_length=60, choices=Event)
    actor_id = models.UUIDField(null=True, help_text="The user; empty when the portal itself acted")
    acted_as = models.CharField(max_length=60, help_text="Roles held, or the name of the task")
    organisation_id = models.UUIDField(null=True)
    on = models.DateField(help_text="The business date: the day it counts as done")
    at = models.DateTimeField(help_text="The database's time")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the payload")
    hash = models.CharField(max_length=64, help_text="SHA-256 of the previous hash and this row")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_sequence_once"),
            models.CheckConstraint(condition=Q(event__in=Event.values), name="audit_event_known"),
        ]
        indexes = [models.Index(fields=["subject_id", "id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.sequence}: {self.event}"


class AuditPayload(models.Model):
    """Before and after, as canonical JSON. Erasable by retention; the chain still verifies by the digest."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, primary_key=True, related_name="payload")
    content = models.TextField(help_text="Canonical JSON: before, after")

    def __str__(self) -> str:
        return f"payload of {self.event_id}"


class AccessLog(models.Model):
    """Somebody opened something: one row for each person, organisation, object and hour. Append-only, unchained."""

    id = models.BigAutoField(primary_key=True)
    user_id = models.UUIDField()
    organisation_id = models.UUIDField(null=True)
    acted_as = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    refused = models.BooleanField(default=False)
    hour = models.DateTimeField(help_text="The hour in which it was opened")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "organisation_id", "subject_kind", "subject_id", "refused", "hour"],
                name="access_once_an_hour",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["case_id", "-id"], name="access_by_case")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"


class AuditCheck(models.Model):
    """The whole trail was checked, or is being checked: how far, since when, and the first thing that was wrong.

    `after` is the name of the last chain that was checked, so that a check goes on where it was interrupted.
    """

    id = models.BigAutoField(primary_key=True)
    started_at = models.DateTimeField(db_default=Now())
    moved_at = models.DateTimeField(db_default=Now(), help_text="When it last went on")
    ended_at = models.DateTimeField(null=True)
    after = models.CharField(max_length=60, blank=True)
    chains = models.PositiveIntegerField(default=0, help_text="How many were checked")
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"check of {self.chains} chains"
