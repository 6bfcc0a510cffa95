"""The formal assessment: at the end of each part and extension, and before an ECT leaves (R48, R53, R54)."""

from django.db import models
from django.db.models import F, Q

from cases.models import CaseRecord
from cases.rules.assessing import AssessmentKind
from cases.rules.signing import ECT, HEAD, ORDER, TUTOR
from cases.rules.statuses import AssessmentStatus
from induction_portal.accounts.models import User

SIGNATORIES = [(TUTOR, "Induction tutor"), (HEAD, "Headteacher"), (ECT, "Early career teacher")]


class Assessment(CaseRecord):
    """An assessment whose report went to the ECT for comments at least once. Before that it is its author's draft.

    What was written is in its versions. While it is a draft again, taken back or returned, the latest version stands
    until the next one is sealed.
    """

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in AssessmentKind])
    number = models.PositiveSmallIntegerField(
        default=1, help_text="Which of its kind: an extension by its place, an interim one by its placement's"
    )
    status = models.CharField(max_length=12, choices=[(s.value, s.label) for s in AssessmentStatus])
    turn = models.CharField(
        max_length=20, choices=SIGNATORIES, blank=True, help_text="Who is asked to comment or to sign; nobody otherwise"
    )
    due_on = models.DateField(help_text="The day it was due when the report was first written")
    period_starts_on = models.DateField(help_text="First day of what it looks back on")
    held_on = models.DateField()
    leaves_on = models.DateField(null=True, blank=True, help_text="The ECT's last day here, if they are to leave (R54)")
    latest = models.PositiveSmallIntegerField(default=1, help_text="Number of the latest version")
    sent = models.PositiveSmallIntegerField(
        default=0, help_text="Number of the version that the body has; 0 before it has any"
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who wrote the latest version")

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["induction", "kind", "number"], name="assessment_one_of_each"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AssessmentKind]), name="assessment_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in AssessmentStatus]), name="assessment_status_known"
            ),
            models.CheckConstraint(
                condition=Q(period_starts_on__lte=F("held_on")), name="assessment_period_starts_before_held"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, latest__gte=1) & Q(sent__lte=F("latest")), name="assessment_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["interim", "extension"]) | Q(number=1), name="assessment_first_and_final_once"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "accepted", "returned"]) | Q(sent=F("latest")),
                name="assessment_with_the_body_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(status="commenting", turn=ECT)
                | Q(status="signing", turn__in=ORDER)
                | (~Q(status__in=["commenting", "signing"]) & Q(turn="")),
                name="assessment_asks_while_it_asks",
            ),
        ]

    def __str__(self) -> str:
        return self.which.label

    @property
    def which(self) -> AssessmentKind:
        """The kind, with its words."""
        return AssessmentKind(self.kind)

    @property
    def state(self) -> AssessmentStatus:
        """The status, with its words."""
        return AssessmentStatus(self.status)
