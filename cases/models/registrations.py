"""What a school says of an early career teacher whom it registers: the school's own fact, until a body confirms it."""

import uuid
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User

from ..rules.standards import Standard
from ..rules.suitable_post import PostCheck
from .placements import DAYS, Placement

OPEN = ("sent", "returned")
MAY_BE_INDUCTED = ("required_to_complete", "in_progress")


class Registration(models.Model):
    """A registration as a school reports it, in its latest version; earlier ones are in the audit trail.

    Nothing of it is a teacher, an induction or a placement until the body that the school named confirms it.
    """

    class State(models.TextChoices):
        SENT = "sent", "Sent"
        RETURNED = "returned", "Returned"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class RecordedStatus(models.TextChoices):
        REQUIRED_TO_COMPLETE = "required_to_complete", "Required to complete"
        IN_PROGRESS = "in_progress", "In progress"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="registrations")
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="The body that the school named")
    state = models.CharField(max_length=20, choices=State, default=State.SENT)
    version = models.PositiveIntegerField(default=1)
    unmatched = models.BooleanField(
        default=False, help_text="TRN or name and date of birth belong to other details here: the body checks (R4)"
    )

    trn = models.CharField(max_length=7, help_text="Seven digits, kept as text (R12)")
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, help_text="The name, folded: without accents and case")
    date_of_birth = models.DateField()
    email = models.EmailField(max_length=320, help_text="Where the ECT is invited to their own record")
    qts_on = models.DateField(help_text="The day qualified teacher status was awarded (R1)")
    qts_checked_on = models.DateField(help_text="The day somebody looked at the teacher's national record (R1)")
    qts_checked_by = models.CharField(max_length=200, help_text="Who looked")
    induction_status = models.CharField(
        max_length=30, choices=RecordedStatus, help_text="What the national record said (R14)"
    )

    route = models.CharField(max_length=20, choices=Placement.Route)
    lead_provider = models.CharField(max_length=200, blank=True, help_text="Only where training is provider-led")
    contract_starts_on = models.DateField()
    contract_ends_on = models.DateField(null=True, blank=True, help_text="Empty for a permanent contract")
    starts_on = models.DateField(help_text="First day of the induction programme (R3)")
    fte = models.DecimalField(max_digits=5, decimal_places=4, help_text="Full-time equivalent: 1 is full time")
    mon = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    tue = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    wed = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    thu = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    fri = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    post_checks = ArrayField(models.CharField(max_length=30), help_text="What the school says of the post (R9)")

    is_supply = models.BooleanField(default=False, help_text="A supply post (R11)")
    supply_agreed_on = models.DateField(null=True, blank=True, help_text="The day the headteacher agreed (R11)")
    special_measures_from = models.DateField(null=True, blank=True, help_text="Empty: not in special measures (R8)")
    first_worked_here_on = models.DateField(null=True, blank=True, help_text="Before special measures (R8)")
    ofsted_permission_on = models.DateField(null=True, blank=True, help_text="The day of Ofsted's agreement (R8)")
    ofsted_scope = models.CharField(max_length=300, blank=True, help_text="What Ofsted's agreement covers (R8)")

    tutor = models.ForeignKey(User, models.PROTECT, related_name="+")
    tutor_has_qts = models.BooleanField()
    tutor_minutes_a_week = models.PositiveSmallIntegerField(help_text="Time allotted (R47)")
    mentor = models.ForeignKey(User, models.PROTECT, related_name="+")
    mentor_has_qts = models.BooleanField()
    mentor_trained_on = models.DateField(null=True, blank=True, help_text="The day their mentor training ended")
    mentor_minutes_a_week = models.PositiveSmallIntegerField(help_text="Time allotted (R46)")
    mentor_subject = models.CharField(max_length=100, blank=True, help_text="Subject or phase they teach")
    exception_reason = models.CharField(max_length=500, blank=True, help_text="Why mentor and tutor are one (R10)")
    first_meeting_on = models.DateField(null=True, blank=True, help_text="When tutor and ECT meet first")

    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Of this version")
    reported_on = models.DateField(help_text="The day this version was sent")
    reported_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["sort_name", "id"]
        indexes = [models.Index(fields=["body", "state"], name="registration_of_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "trn"], condition=Q(state__in=OPEN), name="registration_open_once_at_a_school"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN, "confirmed", "refused", "withdrawn"]), name="registration_state_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="registration_version_counts"),
            models.CheckConstraint(condition=Q(trn__regex=r"^\d{7}$"), name="registration_trn_seven_digits"),
            models.CheckConstraint(condition=~Q(name=""), name="registration_has_a_name"),
            models.CheckConstraint(condition=Q(date_of_birth__lt=F("qts_on")), name="registration_born_before_qts"),
            models.CheckConstraint(
                condition=Q(qts_checked_on__gte=F("qts_on")) & ~Q(qts_checked_by=""), name="registration_qts_checked"
            ),
            models.CheckConstraint(
                condition=Q(induction_status__in=MAY_BE_INDUCTED), name="registration_may_be_inducted"
            ),
            models.CheckConstraint(
                condition=(Q(route="provider_led") & ~Q(lead_provider="")) | Q(route="school_led", lead_provider=""),
                name="registration_route_known",
            ),
            models.CheckConstraint(
                condition=Q(contract_starts_on__lte=F("starts_on"), qts_on__lte=F("starts_on")),
                name="registration_starts_with_qts_and_contract",
            ),
            models.CheckConstraint(
                condition=Q(contract_ends_on__isnull=True) | Q(contract_ends_on__gte=F("starts_on")),
                name="registration_contract_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(fte__gte="0.05", fte__lte=1), name="registration_fte_possible"),
            models.CheckConstraint(
                condition=Q(**{f"{day}__isnull": True for day in DAYS})
                | Q(**{f"{day}__isnull": False for day in DAYS})
                & Q(**{f"{day}__range": (0, 1) for day in DAYS})
                & ~Q(**dict.fromkeys(DAYS, 0)),
                name="registration_days_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(post_checks__contains=[check.value for check in PostCheck]),
                name="registration_post_is_suitable",
            ),
            models.CheckConstraint(
                condition=Q(is_supply=False, supply_agreed_on__isnull=True)
                | Q(is_supply=True, supply_agreed_on__isnull=False, supply_agreed_on__lt=F("starts_on")),
                name="registration_supply_agreed_first",
            ),
            models.CheckConstraint(
                condition=Q(special_measures_from__isnull=True)
                | Q(first_worked_here_on__isnull=False, first_worked_here_on__lt=F("special_measures_from"))
                | (Q(ofsted_permission_on__isnull=False) & ~Q(ofsted_scope="")),
                name="registration_special_measures_allowed",
            ),
            models.CheckConstraint(
                condition=~Q(tutor=F("mentor")) | ~Q(exception_reason=""), name="registration_tutor_is_not_mentor"
            ),
        ]

    def __str__(self) -> str:
        return f"Registration of {self.reported_on}, version {self.version}"

    @property
    def is_open(self) -> bool:
        """Whether the school may still change or withdraw it: until the body has confirmed or refused it."""
        return self.state in OPEN

    @property
    def days(self) -> dict[str, Decimal]:
        """Each weekday's weight, or nothing when it was not said."""
        return {} if self.mon is None else {day: getattr(self, day) for day in DAYS}


class InitialTarget(models.Model):
    """What the ECT will work on first, as agreed with the induction tutor; replaced with each version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="targets")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)
    standard = models.CharField(max_length=3, choices=[(standard.value, standard.label) for standard in Standard])

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "position"], name="initial_target_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="initial_target_says_something"),
            models.CheckConstraint(
                condition=Q(standard__in=[standard.value for standard in Standard]),
                name="initial_target_standard_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Initial target {self.position}"
