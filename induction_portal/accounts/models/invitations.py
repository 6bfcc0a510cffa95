"""Links sent by mail that prove an address: an invitation to a role or a record, and an ECT's personal address.

The secret of a link is made when its mail is sent and kept only as its SHA-256, so a row that waits for the mail server
or the broker holds none, and neither does a copy of the database.
"""

import hashlib
import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from ..permissions import Role
from .people import Organisation, User


def digest(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


class LinkQuerySet(models.QuerySet):
    def waiting(self, *, on: date) -> "LinkQuerySet":
        """Open links whose mail is to be sent now."""
        return self.open().filter(sent_at=None, failure="", expires_on__gte=on, next_attempt_at__lte=Now())

    def of(self, link_digest: str) -> "LinkQuerySet":
        """The row whose link this is, whatever became of it."""
        return self.filter(link_digest=link_digest) if link_digest else self.none()


class MailedLink(models.Model):
    """A link that was, or is to be, sent by mail. `next_attempt_at` is the database's clock, the rest the portal's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    link_digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the link's secret; empty until sent"
    )
    expires_on = models.DateField(help_text="The last day on which the link works")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the mail server took it")
    failure = models.CharField(max_length=200, blank=True, help_text="Why the mail server will not take it")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def works(self, *, on: date) -> bool:
        """Whether the link may still be used on a day."""
        return self.is_open and on <= self.expires_on

    @property
    def is_open(self) -> bool:
        """Whether it has been neither used nor taken back."""
        raise NotImplementedError


class InvitationQuerySet(LinkQuerySet):
    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(MailedLink):
    """Somebody is asked to take a role at an organisation or, without one, to open their own induction record."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invitations", help_text="Where the role is"
    )
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Who invites, by the mail")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    subject_id = models.UUIDField(null=True, blank=True, help_text="The record that an ECT is invited to")
    name = models.CharField(max_length=200)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invited_on = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(role=Role.ECT.value, organisation=None, subject_id__isnull=False)
                | (~Q(role=Role.ECT.value) & Q(organisation__isnull=False, subject_id=None)),
                name="invitation_to_a_role_or_a_record",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="invitation_names_somebody"),
            models.CheckConstraint(condition=Q(expires_on__gte=F("invited_on")), name="invitation_expires_later"),
            models.UniqueConstraint(
                "organisation",
                "role",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None, organisation__isnull=False),
                name="invitation_one_open",
            ),
            models.UniqueConstraint(
                fields=["subject_id"],
                condition=Q(accepted_at=None, withdrawn_at=None, subject_id__isnull=False),
                name="invitation_one_open_to_a_record",
            ),
            models.UniqueConstraint(fields=["link_digest"], condition=~Q(link_digest=""), name="invitation_link_once"),
            models.CheckConstraint(
                condition=Q(link_digest__regex=r"^([0-9a-f]{64})?$"), name="invitation_link_kept_as_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation as {Role(self.role).label.lower()}"

    @property
    def record_id(self) -> uuid.UUID:
        """The record to which an invitation without an organisation leads. Raises ValueError for one with."""
        if self.subject_id is None:
            raise ValueError("This invitation leads to an organisation, not to a record")
        return self.subject_id

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def label(self) -> str:
        """The role's name as pages show it."""
        return Role(self.role).label


class PersonalEmailQuerySet(LinkQuerySet):
    def open(self) -> "PersonalEmailQuerySet":
        """Given and not confirmed yet."""
        return self.filter(verified_at=None)


class PersonalEmail(MailedLink):
    """An ECT's own address, so that they keep their record when a school's address dies (R79)."""

    user = models.OneToOneField(User, models.PROTECT, related_name="personal_email")
    verified_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalEmailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=Q(verified_at__isnull=False), name="personal_email_verified_once"
            ),
            models.UniqueConstraint(
                fields=["link_digest"], condition=~Q(link_digest=""), name="personal_email_link_once"
            ),
            models.CheckConstraint(
                condition=Q(link_digest__regex=r"^([0-9a-f]{64})?$"), name="personal_email_link_kept_as_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"Personal address of {self.user_id}"

    @property
    def is_open(self) -> bool:
        return self.verified_at is None
