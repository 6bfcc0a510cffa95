"""The outbox: one row for each thing that one person is told, in the portal and by e-mail."""

from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.rules.statuses import MessageStatus as Status
from induction_portal import clock

# Those that the worker still has to see to. In the portal a message shows from the start, unless it is withdrawn.
UNSENT = [status.value for status in (Status.QUEUED, Status.SENDING, Status.FAILED)]
STATUSES = [(status.value, status.label) for status in Status]
ENDED = [status.value for status in (Status.SENT, Status.ABANDONED, Status.WITHDRAWN)]
SENT, WITHDRAWN = Status.SENT.value, Status.WITHDRAWN.value


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """Messages whose turn has come: new, to be tried again, or held by a worker that fell silent."""
        return self.filter(status__in=UNSENT, next_attempt_at__lte=Now())

    def shown(self) -> "MessageQuerySet":
        return self.exclude(status=WITHDRAWN)

    def unread(self) -> "MessageQuerySet":
        return self.shown().filter(read_at=None)


class Message(models.Model):
    """What one person is told. Points at its subject by id and address only, so that it outlives and reveals nothing.

    `created_at`, `sent_at` and `read_at` are the portal's clock, shown to people. `next_attempt_at` is the database's
    own clock, so that workers agree and a demo that moves the portal's clock disturbs no delivery; while a worker holds
    the message it is the moment from which another may take over.

    Somebody without an account (an employer, the national agency) has an `address` and a name, `addressee`, in place of
    a `recipient`, and no inbox. `attachment` is the SHA-256 of an issued file, sent with the mail in its very bytes as
    `attachment_name`.
    """

    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.EmailField(max_length=320, blank=True)
    addressee = models.CharField(max_length=200, blank=True)
    organisation_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    attachment = models.CharField(max_length=64, blank=True)
    attachment_name = models.CharField(max_length=150, blank=True)
    context = models.JSONField(default=dict)
    once = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=STATUSES, default=Status.QUEUED.value)
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
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUSES]), name="message_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=SENT, sent_at__isnull=False) | (~Q(status=SENT) & Q(sent_at=None)),
                name="message_sent_at_exactly_when_sent",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.FAILED.value, Status.ABANDONED.value]) | ~Q(failure=""),
                name="message_failure_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="", addressee="")
                | (Q(recipient=None) & ~Q(address="") & ~Q(addressee="")),
                name="message_to_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(attachment="", attachment_name="")
                | (Q(attachment__regex=r"^[0-9a-f]{64}$") & ~Q(attachment_name="")),
                name="message_attachment_has_a_name",
            ),
            # One slash first: a message can lead nowhere but into the portal.
            models.CheckConstraint(condition=Q(url__regex=r"^/([^/\\]|$)"), name="message_url_within_the_portal"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(status__in=UNSENT), name="message_waiting"),
            models.Index(fields=["id"], condition=Q(status__in=ENDED, owner_told=False), name="message_owner_untold"),
            models.Index(fields=["recipient", "-id"], name="message_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="message_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} message {self.pk}"

    @property
    def name(self) -> str:
        """Whom the mail greets."""
        return self.recipient.name if self.recipient else self.addressee

    @property
    def link(self) -> str:
        """The whole address of what the message is about."""
        return settings.PORTAL_URL.rstrip("/") + self.url

    @property
    def message_id(self) -> str:
        """The same for every sending of this message, so that a second copy can be recognised as one."""
        name = uuid5(NAMESPACE_URL, f"{settings.PORTAL_URL}/{self.pk}/{self.created_at.timestamp()}")
        return f"<{name}@{urlsplit(settings.PORTAL_URL).hostname}>"
