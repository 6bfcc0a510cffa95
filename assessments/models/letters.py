"""The headteacher's letter to an ECT whose progress is not satisfactory (SG 4.4), and that the ECT had it."""

import uuid
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.models.sealed import Said

from .reports import AssessmentVersion
from .signatures import Signature


class HeadLetterQuerySet(models.QuerySet):
    """Letters, each with the report that it came with."""

    def with_report(self) -> "HeadLetterQuerySet":
        """With what a page, a task or the document says of them."""
        report = "signature__version__assessment"
        also = (f"{report}__induction__teacher", f"{report}__school", f"{report}__body", f"{report}__placement")
        return self.select_related("signature__by", *also, "acknowledgement__by")

    def standing(self, known: Q | None = None) -> "HeadLetterQuerySet":
        """Those whose signature stands: nothing that touches the headteacher has changed since (ADR 0071), as far as
        the versions tell that somebody may know of; all of them unless `known` says which.
        """
        later = AssessmentVersion.objects.filter(
            known or Q(),
            assessment=OuterRef("signature__version__assessment"),
            number__gt=OuterRef("signature__version__number"),
        )
        changed = later.exclude(head_part=OuterRef("signature__part"))
        return self.filter(~Exists(changed))


class HeadLetter(models.Model):
    """A letter that the headteacher's signature sent. What it sets out is in the version that was signed (ADR 0074)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.OneToOneField(Signature, models.PROTECT, related_name="letter")

    objects = HeadLetterQuerySet.as_manager()

    class Meta:
        ordering = ["signature__at"]

    def __str__(self) -> str:
        return f"Headteacher’s letter of {self.signature.on:%-d %B %Y}"

    @property
    def induction_id(self) -> UUID:
        """The case it belongs to: who reads it is logged there."""
        return self.signature.version.assessment.induction_id


class LetterAcknowledgement(Said):
    """The ECT says that they have the letter. It agrees to nothing, and nothing waits for it."""

    letter = models.OneToOneField(HeadLetter, models.PROTECT, related_name="acknowledgement")

    def __str__(self) -> str:
        return f"Acknowledged on {self.on:%-d %B %Y}"
