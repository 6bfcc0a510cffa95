"""The outbox: one row for each thing that one person is told, in the portal and by e-mail; what each person prefers;
and whom mail does not reach.
"""

import uuid
from datetime import datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cases.rules.mailing import Pace, Topic, is_quiet
from cases.rules.statuses import MessageStatus as Status
from induction_portal import clock

# Those that the worker still has to see to. In the portal a message shows from the start, unless it is withdrawn.
UNSENT = [status.value for status in (Status.QUEUED, Status.SENDING, Status.FAILED)]
STATUSES = [(status.value, status.label) for status in Status]
ENDED = [status.value for status in (Status.SENT, Status.ABANDONED, Status.WITHDRAWN)]
SENT, WITHDRAWN, HELD = Status.SENT.value, Status.WITHDRAWN.value, Status.HELD.value
# The kind of the one mail that tells of several messages: no message of its own in the portal.
DIGEST = "digest"
PACES = [(pace.value, pace.label) for pace in Pace]
TOPICS = [(topic.value, topic.label) for topic in Topic]


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self, *, at: datetime | None = None) -> "MessageQuerySet":
        """Messages whose turn has come: new, to be tried again, or held by a worker that fell silent.

        When the portal's clock says that it is quiet, now or `at` a moment, those alone that go on any day.
        """
        due = self.filter(status__in=UNSENT, next_attempt_at__lte=Now())
        return due.filter(any_day=True) if is_quiet_now(at) else due

    def gathered(self) -> "MessageQuerySet":
        """Messages that wait to be mailed with others, and are in no mail yet."""
        return self.filter(status=HELD, digest=None)

    def shown(self) -> "MessageQuerySet":
        return self.exclude(status=WITHDRAWN).exclude(kind=DIGEST)

    def unread(self) -> "MessageQuerySet":
        return self.shown().filter(read_at=None)


def is_quiet_now(at: datetime | None = None) -> bool:
    """Whether only what goes on any day is mailed now; never where the installation keeps no quiet days."""
    return settings.MAIL_QUIET_DAYS and is_quiet(at or clock.now())


class Message(models.Model):
    """What one person is told. Points at its subject by id and address only, so that it outlives and reveals nothing.

    `created_at`, `sent_at` and `read_at` are the portal's clock, shown to people. `next_attempt_at` is the database's
    own clock, so that workers agree and a demo that moves the portal's clock disturbs no delivery; while a worker holds
    the message it is the moment from which another may take over.

    Somebody without an account (an employer, the national agency) has an `address` and a name, `addressee`, in place of
    a `recipient`, and no inbox. `attachment` is the SHA-256 of an issued file, sent with the mail in its very bytes as
    `attachment_name`.

    `any_day`: mailed at weekends and on bank holidays too. What is held for a mail of several messages has the day of
    that mail, `digest_on`, in the portal's calendar, and, once the mail is made, that mail's row, `digest`.
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
    any_day = models.BooleanField(default=False)
    digest_on = models.DateField(null=True)
    digest = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="lines")

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
            models.CheckConstraint(
                condition=~Q(status=HELD) | Q(digest_on__isnull=False, recipient__isnull=False),
                name="message_held_for_a_day",
            ),
            # One slash first: a message can lead nowhere but into the portal.
            models.CheckConstraint(condition=Q(url__regex=r"^/([^/\\]|$)"), name="message_url_within_the_portal"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(status__in=UNSENT), name="message_waiting"),
            models.Index(fields=["id"], condition=Q(status__in=ENDED, owner_told=False), name="message_owner_untold"),
            models.Index(fields=["recipient", "-id"], name="message_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=["digest_on"], condition=Q(status=HELD, digest=None), name="message_gathered"),
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


class EmailChoice(models.Model):
    """How soon somebody wants to be mailed of one topic; where there is no row, at once.

    `weekday` is that of a weekly mail, from 0, a Monday.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_choices")
    topic = models.CharField(max_length=20, choices=TOPICS)
    pace = models.CharField(max_length=10, choices=PACES)
    weekday = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="email_choice_one_a_topic"),
            models.CheckConstraint(condition=Q(topic__in=[value for value, _ in TOPICS]), name="email_choice_topic"),
            models.CheckConstraint(condition=Q(pace__in=[value for value, _ in PACES]), name="email_choice_pace"),
            models.CheckConstraint(condition=Q(weekday__lte=4), name="email_choice_on_a_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.topic} {self.pace}"


class Undelivered(models.Model):
    """That mail does not reach somebody, from the first that was given up until somebody has seen to it.

    One open row a person, or an address without an account. `organisation_id` is whom the last such message was about:
    its administrators look after those who hold no role anywhere. `to_address` says that the mail server refuses the
    address itself; otherwise the mail could not be sent for another reason.
    """

    class Settled(models.TextChoices):
        TOLD = "told", "Told in another way"
        AGAIN = "again", "Sent again"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.EmailField(max_length=320, blank=True)
    addressee = models.CharField(max_length=200, blank=True)
    organisation_id = models.UUIDField(null=True)
    first = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(default=1)
    to_address = models.BooleanField()
    statutory = models.BooleanField(default=False)
    failure = models.CharField(max_length=200)
    since = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    settled = models.CharField(max_length=10, choices=Settled, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(settled="", recipient__isnull=False), name="undelivered_one_a_person"
            ),
            models.UniqueConstraint(
                fields=["address", "organisation_id"],
                condition=Q(settled="", recipient=None),
                name="undelivered_one_an_address",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="", addressee="")
                | (Q(recipient=None) & ~Q(address="") & ~Q(addressee="")),
                name="undelivered_to_a_person_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_at=None) | (~Q(settled="") & Q(settled_at__isnull=False)),
                name="undelivered_settled_at",
            ),
            models.CheckConstraint(condition=Q(settled__in=["", "told", "again"]), name="undelivered_known"),
            models.CheckConstraint(condition=~Q(failure=""), name="undelivered_has_a_reason"),
        ]
        indexes = [models.Index(fields=["organisation_id"], condition=Q(settled=""), name="undelivered_open")]

    def __str__(self) -> str:
        return f"Undelivered mail {self.pk}"

    @property
    def name(self) -> str:
        """Whom mail does not reach."""
        return self.recipient.name if self.recipient else self.addressee
