"""Secret links by which a calendar programme asks for somebody's dates, and what each was given last."""

import uuid

from django.db import models
from django.db.models import F, Q

from induction_portal.accounts.models import Organisation, User


class FeedLink(models.Model):
    """A link to one person's dates as they act for one organisation or, without one, for their own induction.

    Its secret is kept only as its SHA-256. Making another one ends it; so does the end of what it was made for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's secret")
    made_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["made_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_on=None),
                nulls_distinct=False,
                name="feed_link_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="feed_link_kept_as_a_digest"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("made_on")), name="feed_link_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar link of {self.made_on}"


class FeedRead(models.Model):
    """What a link's last reader was given: when, its fingerprint, and how often it has changed since the first."""

    link = models.OneToOneField(FeedLink, models.PROTECT, primary_key=True, related_name="read")
    fetched_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fetched_at=None, fingerprint="", revision=0, changed_at=None)
                | Q(fetched_at__isnull=False, revision__gte=1, changed_at__lte=F("fetched_at")) & ~Q(fingerprint=""),
                name="feed_read_whole_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.revision}"
