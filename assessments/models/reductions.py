"""A shorter induction: asked by the headteacher, agreed by the ECT, decided by the appropriate body (R21-R23)."""

from django.db import models
from django.db.models import F, Q

from cases.models import CaseRecord
from cases.rules.reducing import ReductionKind
from cases.rules.statuses import ReductionStatus
from induction_portal.accounts.models import User

OPEN = [ReductionStatus.PROPOSED.value, ReductionStatus.CONSENTED.value]


class Reduction(CaseRecord):
    """What a headteacher asked for, with their advice, and what became of it.

    The ECT answers for themself and may insist on the full period; refused without `decided_on`, it was the ECT's no.
    Granted, it is the length of the induction: `Induction.required_terms` follows it.
    """

    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in ReductionKind])
    terms = models.DecimalField(max_digits=3, decimal_places=1, help_text="FTE terms that induction would take in all")
    advice = models.TextField(help_text="The headteacher's, on the experience and the Standards (SG 3.2)")
    status = models.CharField(max_length=10, choices=[(s.value, s.label) for s in ReductionStatus])
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, help_text="The day of the ECT's last answer")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    reason = models.TextField(blank=True, help_text="The appropriate body's")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["induction"], condition=Q(status__in=OPEN), name="reduction_one_open"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ReductionKind]), name="reduction_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in ReductionStatus]), name="reduction_status_known"
            ),
            models.CheckConstraint(condition=Q(terms__gte=1, terms__lt=6), name="reduction_within_the_law"),
            models.CheckConstraint(condition=~Q(advice=""), name="reduction_with_advice"),
            models.CheckConstraint(
                condition=(~Q(status="proposed") | Q(answered_on=None, decided_on=None))
                & (~Q(status__in=["consented", "granted"]) | Q(answered_on__isnull=False))
                & (~Q(status="consented") | Q(decided_on=None))
                & (~Q(status="granted") | Q(decided_on__isnull=False))
                & (~Q(status="refused") | Q(answered_on__isnull=False) | Q(decided_on__isnull=False)),
                name="reduction_answered_before_granted",
            ),
            models.CheckConstraint(
                condition=(Q(answered_on=None) | Q(answered_on__gte=F("asked_on")))
                & (Q(decided_on=None) | Q(decided_on__gte=F("asked_on"))),
                name="reduction_in_order",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None, decided_by=None, reason="")
                | Q(decided_on__isnull=False, decided_by__isnull=False) & ~Q(reason=""),
                name="reduction_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Shorter induction: {self.length}"

    @property
    def state(self) -> ReductionStatus:
        """The status, with its words."""
        return ReductionStatus(self.status)

    @property
    def why(self) -> ReductionKind:
        """The kind, with its words."""
        return ReductionKind(self.kind)

    @property
    def length(self) -> str:
        """How long induction would take: "3.5 terms"."""
        terms = f"{self.terms.normalize():f}"
        return f"{terms} {'term' if terms == '1' else 'terms'}"

    @property
    def stands(self) -> str:
        """Where it stands, and whose no it was."""
        if self.state is ReductionStatus.REFUSED and self.decided_on is None:
            return "The ECT keeps the full period"
        return {
            ReductionStatus.PROPOSED: "Waits for the ECT",
            ReductionStatus.CONSENTED: "Agreed by the ECT, waits for the appropriate body",
            ReductionStatus.GRANTED: "Granted by the appropriate body",
            ReductionStatus.REFUSED: "Refused by the appropriate body",
        }[self.state]
