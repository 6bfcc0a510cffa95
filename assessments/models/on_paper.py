"""What an ECT answered on paper or in a meeting, or that they did not answer, as a colleague recorded it for them."""

import uuid

from django.db import models
from django.db.models import F, Q

from cases.models.sealed import Said
from cases.rules.on_paper import Way

from .reports import AssessmentVersion
from .signatures import Signature

COMMENTED = [
    (Way.COMMENTED.value, "They commented on paper or in a meeting"),
    (Way.NO_COMMENTS.value, "They said that they have no comments"),
    (Way.SILENT.value, "They have not answered"),
]
SIGNED = [
    (Way.SIGNED.value, "They signed on paper"),
    (Way.DECLINED.value, "They said that they do not sign"),
    (Way.SILENT.value, "They have not answered"),
]


class Recorded(models.Model):
    """How the answer was given: on which day, or on which days the ECT was asked and gave none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    asked_again_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Recorded: {Way(self.way).name.lower()}"


def _days(given: tuple[Way, ...]) -> Q:
    """An answer has its day; without one there are the days of being asked, two of them for a silence."""
    answered = Q(way__in=[way.value for way in given], given_on__isnull=False, asked_on=None, asked_again_on=None)
    asked = Q(given_on=None, asked_on__isnull=False)
    twice = Q(asked_again_on__gt=F("asked_on"))
    return answered | (asked & Q(way="silent") & twice) | (asked & Q(way="declined") & (twice | Q(asked_again_on=None)))


class PaperComment(Recorded, Said):
    """The ECT's comments, recorded by a colleague: `by` is who did, `on` the day. The ECT's own may follow."""

    version = models.OneToOneField(AssessmentVersion, models.PROTECT, related_name="paper_comment")
    way = models.CharField(max_length=12, choices=COMMENTED)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[way for way, _ in COMMENTED]), name="paper_comment_way_known"),
            models.CheckConstraint(
                condition=(Q(way="commented") & ~Q(text="")) | (~Q(way="commented") & Q(text="")),
                name="paper_comment_has_its_text",
            ),
            models.CheckConstraint(
                condition=_days((Way.COMMENTED, Way.NO_COMMENTS)), name="paper_comment_has_its_days"
            ),
        ]


class PaperSignature(Recorded):
    """How the ECT's signature, or that there is none, is known, where a colleague recorded it. Why not, the signature
    says.
    """

    signature = models.OneToOneField(Signature, models.PROTECT, related_name="on_paper")
    way = models.CharField(max_length=12, choices=SIGNED)
    witness = models.CharField(max_length=200, blank=True, help_text="Who saw the ECT sign")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(way="signed") & ~Q(witness="")) | (~Q(way="signed") & Q(witness="")),
                name="paper_signature_was_witnessed",
            ),
            models.CheckConstraint(condition=_days((Way.SIGNED,)), name="paper_signature_has_its_days"),
        ]
