"""The teacher, and the one induction of their life: the case, the aggregate root."""

import unicodedata
import uuid

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import User

from ..querysets import InductionQuerySet


def fold(name: str) -> str:
    """A name without accents, case or doubled spaces: what lists are sorted and searched by."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(plain.casefold().split())


class Teacher(models.Model):
    """An early career teacher. Their user, once linked, sees their own record for life."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="teacher")
    trn = models.CharField(max_length=7, unique=True, help_text="Seven digits, kept as text (R12)")
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, help_text="The name, folded: without accents and case")
    date_of_birth = models.DateField()
    qts_on = models.DateField(help_text="The day qualified teacher status was awarded (R1)")
    version = models.PositiveIntegerField(default=1, help_text="Goes up with every change of these details")

    class Meta:
        ordering = ["sort_name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(trn__regex=r"^\d{7}$"), name="teacher_trn_seven_digits"),
            models.CheckConstraint(condition=Q(date_of_birth__lt=F("qts_on")), name="teacher_born_before_qts"),
            models.CheckConstraint(condition=~Q(name=""), name="teacher_has_a_name"),
        ]
        indexes = [GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="teacher_name_search")]

    def __str__(self) -> str:
        return self.name


class Induction(models.Model):
    """One teacher's induction: every record of it hangs here, and this is the row that actions lock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    teacher = models.OneToOneField(Teacher, models.PROTECT, related_name="induction")
    required_terms = models.DecimalField(max_digits=3, decimal_places=1, default=6, help_text="FTE terms (R15, R21)")
    stale = models.BooleanField(default=False, help_text="Its dates have to be reckoned again")
    opened_at = models.DateTimeField(db_default=Now())

    objects = InductionQuerySet.as_manager()

    class Meta:
        ordering = ["teacher__sort_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(required_terms__gte=1, required_terms__lte=6), name="induction_between_one_and_six_terms"
            )
        ]
        # Each page by dates and the worker ask for the few that are stale, among all that are not.
        indexes = [models.Index(fields=["id"], name="induction_stale", condition=Q(stale=True))]

    def __str__(self) -> str:
        return f"Induction {self.pk}"
