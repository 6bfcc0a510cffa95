"""The outbox: one row for each thing that one person is told, in the portal and by e-mail."""

from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from induction_portal import clock


class Status(models.TextChoices):
    """Where a message's e-mail stands. In the portal a message shows from the start, unless it is withheld."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Accepted by the mail server"
    FAILED = "failed", "Could not be sent"
    WITHHELD = "withheld", "Not sent: the person may no longer see it"


UNSENT = (Status.QUEUED, Status.SENDING)


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """Messages whose turn has come: new, to be tried again, or held by a worker that has not been heard of since."""
        return self.filter(status__in=UNSENT, next_attempt_at__lte=Now())

    def shown(self) -> "MessageQuerySet":
        return self.exclude(status=Status.WITHHELD)

    def unread(self) -> "MessageQuerySet":
        return self.shown().filter(read_at=None)


class Message(models.Model):
    """What one person is told. Points at its subject by id and address only, so that it outlives and reveals nothing.

    `created_at`, `sent_at` and `read_at` are the portal's clock, shown to people. `next_attempt_at` is the database's
    own clock, so that workers agree and a demo that moves the portal's clock disturbs no delivery; while a worker holds
    the message it is the moment from which another may take over.
    """

    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    context = models.JSONField(default=dict)
    once = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    owner_told = models.BooleanField(default=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recipient", "subject_id", "once"], condition=~Q(once=""), name="message_said_once"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="message_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.SENT, sent_at__isnull=False) | (~Q(status=Status.SENT) & Q(sent_at=None)),
                name="message_sent_at_exactly_when_sent",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.FAILED) & ~Q(failure="")) | ~Q(status=Status.FAILED),
                name="message_failure_has_a_reason",
            ),
            # One slash first: a message can lead nowhere but into the portal.
            models.CheckConstraint(condition=Q(url__regex=r"^/([^/\\]|$)"), name="message_url_within_the_portal"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(status__in=UNSENT), name="message_waiting"),
            models.Index(fields=["id"], condition=Q(status=Status.SENT, owner_told=False), name="message_owner_untold"),
            models.Index(fields=["recipient", "-id"], name="message_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="message_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} message {self.pk}"

    @property
    def link(self) -> str:
        """The whole address of what the message is about."""
        return settings.PORTAL_URL.rstrip("/") + self.url

    @property
    def message_id(self) -> str:
        """The same for every sending of this message, so that a second copy can be recognised as one."""
        name = uuid5(NAMESPACE_URL, f"{settings.PORTAL_URL}/{self.pk}/{self.created_at.timestamp()}")
        return f"<{name}@{settings.PORTAL_URL.split('//')[-1].split('/')[0].split(':')[0]}>"
