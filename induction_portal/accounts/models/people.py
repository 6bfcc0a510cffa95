"""Who is asking, and for whom: users, organisations and the memberships between them."""

import uuid
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Lower

from ..permissions import Role


class DateRange(Func):
    """PostgreSQL's `daterange(from, to, '[]')`: both days included, no end when `to` is empty."""

    function = "DATERANGE"
    output_field = models.DateField()

    def __init__(self, starts_on: str, ends_on: str) -> None:
        super().__init__(F(starts_on), F(ends_on), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def second(column: str) -> Coalesce:
    """A column in an exclusion constraint that begins with another.

    PostgreSQL would take the constraint's index for a good way to find rows by this column alone, and read all of it;
    it does not see the column in an expression.
    """
    return Coalesce(column, column)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who can sign in. What they may see comes from memberships, or from being an ECT."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_ect = models.BooleanField(default=False, help_text="Holds an induction record of their own, for life")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A school, a trust, an appropriate body, or the installation's own operator: the tenant."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        TRUST = "trust", "Trust"
        BODY = "body", "Appropriate body"
        OPERATOR = "operator", "Operator"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    identifier = models.CharField(max_length=40, help_text="URN of a school; the register's identifier otherwise")
    trust = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="schools")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "identifier"], name="organisation_identifier_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["school", "trust", "body", "operator"]), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(trust__isnull=True) | Q(kind="school"), name="organisation_only_schools_have_a_trust"
            ),
            models.CheckConstraint(
                condition=~Q(kind="school") | Q(identifier__regex=r"^\d{5,6}$"), name="organisation_school_urn"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, *, on: date) -> "MembershipQuerySet":
        """Memberships in force on a day: staff lose access on the day after their last (R79)."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Membership(models.Model):
    """A user's role at an organisation, from a day and perhaps to a day, both included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role if role.by_membership])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role if role.by_membership]), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"
            ),
            ExclusionConstraint(
                name="membership_role_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (second("organisation"), RangeOperators.EQUAL),
                    (second("role"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).label} at {self.organisation_id}"

    @property
    def label(self) -> str:
        """The role's name as pages show it."""
        return Role(self.role).label
