"""A visit to one school in a round of quality assurance: what was asked and found, and what follows (SG 5.11)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User

from ..rules.quality import Audience, FindingKind, FindingState
from .people import Induction
from .quality import QualityRound, RoundQuestion

AUDIENCES = [(Audience.BODY.value, "Your body alone"), (Audience.SCHOOL.value, "The school as well")]
JUDGEMENTS = [("met", "Yes"), ("partly", "In part"), ("not_met", "No"), ("unknown", "Could not tell")]
JUDGED = [key for key, _ in JUDGEMENTS]
OWNERS = [("headteacher", "The headteacher"), ("induction_tutor", "The induction tutor")]


class QualityVisit(models.Model):
    """One visit, from plan to what follows. Until `shared_on` it is the body's alone, and may be written again.

    `officer` leads it; `second` goes along. Neither may stand too near to an ECT whom it looks at (R81).
    """

    class Kind(models.TextChoices):
        IN_PERSON = "in_person", "Visit to the school"
        REMOTE = "remote", "Remote meeting"
        DESK = "desk", "Desk check of records"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        RECORDED = "recorded", "Recorded, not shared"
        SHARED = "shared", "Shared with the school"
        CALLED_OFF = "called_off", "Called off"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(QualityRound, models.PROTECT, related_name="visits")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="quality_visits")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    visited_on = models.DateField(help_text="Planned for, or held on")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    met = models.CharField(max_length=500, blank=True, help_text="Whom they met; of a desk check, what they read")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was called off")
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_on = models.DateField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField(null=True)
    shared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    shared_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-visited_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "school"], condition=~Q(state="called_off"), name="quality_visit_school_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=["in_person", "remote", "desk"]), name="quality_visit_kind"),
            models.CheckConstraint(condition=Q(second=None) | ~Q(second=F("officer")), name="quality_visit_two_people"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "called_off"], recorded_on=None, recorded_by=None, shared_on=None)
                | Q(state="recorded", recorded_on__isnull=False, recorded_by__isnull=False, shared_on=None)
                | Q(state="shared", recorded_on__isnull=False, shared_on__gte=F("recorded_on")),
                name="quality_visit_as_it_says",
            ),
            models.CheckConstraint(
                condition=Q(shared_on=None, shared_by=None) | Q(shared_on__isnull=False, shared_by__isnull=False),
                name="quality_visit_shared_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="called_off") & ~Q(reason="") | ~Q(state="called_off") & Q(reason=""),
                name="quality_visit_called_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Quality visit on {self.visited_on}"


class QualityAnswer(models.Model):
    """What the officer found to one question: of the school, or (asked of an ECT) of one ECT who was drawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(QualityVisit, models.PROTECT, related_name="answers")
    question = models.ForeignKey(RoundQuestion, models.PROTECT, related_name="+")
    induction = models.ForeignKey(Induction, models.PROTECT, null=True, related_name="+")
    judgement = models.CharField(max_length=10, choices=JUDGEMENTS)
    note = models.CharField(max_length=1000, blank=True)
    audience = models.CharField(max_length=10, choices=AUDIENCES)

    class Meta:
        ordering = ["question__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "question", "induction"], nulls_distinct=False, name="quality_answer_once"
            ),
            models.CheckConstraint(condition=Q(judgement__in=JUDGED), name="quality_answer_judgement_known"),
            models.CheckConstraint(condition=Q(audience__in=list(Audience)), name="quality_answer_audience_known"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.judgement}"


class QualityCheck(models.Model):
    """The two checks of records for one ECT, or for a school as a whole: is the programme followed, and the timetable
    reduced? `known` is what the portal knew then, as pairs of words; the judgements are the officer's. The body's own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(QualityVisit, models.PROTECT, related_name="checks")
    induction = models.ForeignKey(Induction, models.PROTECT, null=True, related_name="+")
    known = models.JSONField(default=list)
    fidelity = models.CharField(max_length=10, choices=JUDGEMENTS)
    timetable = models.CharField(max_length=10, choices=JUDGEMENTS)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "induction"], nulls_distinct=False, name="quality_check_once"),
            models.CheckConstraint(
                condition=Q(fidelity__in=JUDGED, timetable__in=JUDGED), name="quality_check_judgement_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Check: {self.fidelity}, {self.timetable}"


class QualityFinding(models.Model):
    """What was found: good practice, an action with whose it is and by when, or a note that stays with the body."""

    KINDS = [
        (FindingKind.GOOD.value, "Good practice"),
        (FindingKind.ACTION.value, "Action needed"),
        (FindingKind.NOTE.value, "Note for your body alone"),
    ]
    STATES = [
        (FindingState.NOTED.value, "No answer needed"),
        (FindingState.OPEN.value, "Open"),
        (FindingState.ANSWERED.value, "Answered"),
        (FindingState.CLOSED.value, "Closed"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(QualityVisit, models.PROTECT, related_name="findings")
    position = models.PositiveSmallIntegerField()
    induction = models.ForeignKey(Induction, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    text = models.CharField(max_length=1000)
    audience = models.CharField(max_length=10, choices=AUDIENCES)
    owner = models.CharField(max_length=20, blank=True, choices=OWNERS)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=STATES)

    class Meta:
        ordering = ["visit", "position"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="quality_finding_one_a_place"),
            models.CheckConstraint(condition=~Q(text=""), name="quality_finding_says_something"),
            models.CheckConstraint(condition=Q(audience__in=list(Audience)), name="quality_finding_audience_known"),
            models.CheckConstraint(
                condition=Q(kind="good", owner="", due_on=None, state="noted", audience="school")
                | Q(kind="note", owner="", due_on=None, state="noted", audience="body")
                | Q(kind="action", owner__in=[key for key, _ in OWNERS], due_on__isnull=False, audience="school")
                & Q(state__in=["open", "answered", "closed"]),
                name="quality_finding_action_has_an_owner",
            ),
        ]
        indexes = [models.Index(fields=["visit"], condition=Q(state__in=["open", "answered"]), name="quality_open")]

    def __str__(self) -> str:
        return f"Finding {self.position}: {self.kind}"


class FindingStep(models.Model):
    """What was said of an action: the school's answer, or that the body closed or reopened it. Each stays."""

    KINDS = [("answered", "Answered"), ("closed", "Closed"), ("reopened", "Reopened")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(QualityFinding, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=KINDS)
    text = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="closed") | Q(kind__in=["answered", "reopened"]) & ~Q(text=""),
                name="finding_step_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"Finding {self.kind} on {self.on}"
