"""A body lets an ECT go, another asks for them and takes them on, and what was handed over is receipted (R84-R86)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User

from ..rules.moves import MOST_TERMS
from .appointments import HandoverGrant
from .bodies import BodyPeriod
from .people import Induction
from .records import CaseRecord
from .registrations import Registration


class Release(CaseRecord):
    """A body let an ECT go without an outcome, on its last day, with the terms served until then (R84, R85; R25).

    `body` is the one that released, `to` the next one where it is known, `claim` that one's period once it has taken
    the case. One that was wrong is taken back while nobody has claimed: the row stays and says so.
    """

    period = models.ForeignKey(BodyPeriod, models.PROTECT, related_name="releases")
    last_day = models.DateField()
    exact = models.CharField(max_length=100, help_text="FTE terms served until then, as an exact fraction: 131/50")
    reckoned = models.DecimalField(max_digits=3, decimal_places=1, help_text="The exact figure, rounded half up (R25)")
    terms = models.DecimalField(max_digits=3, decimal_places=1, help_text="What the body reports (R25)")
    terms_reason = models.CharField(max_length=500, blank=True, help_text="Why it reports another figure")
    to = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_on = models.DateField()
    released_at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_on = models.DateField(null=True)
    undone_reason = models.CharField(max_length=500, blank=True)
    told_on = models.DateField(null=True, help_text="The day the body told the national service of the leaver (R88)")
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    claim = models.OneToOneField(BodyPeriod, models.PROTECT, null=True, related_name="claimed_release")

    class Meta:
        ordering = ["last_day", "released_at"]
        constraints = [
            models.UniqueConstraint(fields=["period"], condition=Q(undone_on=None), name="release_once_a_period"),
            models.CheckConstraint(condition=Q(terms__gte=0, terms__lte=MOST_TERMS), name="release_terms_possible"),
            models.CheckConstraint(condition=Q(exact__regex=r"^[0-9]+(/[1-9][0-9]*)?$"), name="release_exact_fraction"),
            models.CheckConstraint(
                condition=Q(terms=F("reckoned")) | ~Q(terms_reason=""), name="release_other_terms_have_a_reason"
            ),
            models.CheckConstraint(condition=Q(to=None) | ~Q(to=F("body")), name="release_to_another"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_on=None, undone_reason="")
                | Q(undone_by__isnull=False, undone_on__isnull=False) & ~Q(undone_reason=""),
                name="release_undone_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(claim=None) | Q(undone_on=None), name="release_claimed_stands"),
            models.CheckConstraint(
                condition=Q(told_by=None, told_on=None)
                | Q(told_by__isnull=False, told_on__isnull=False, told_on__gte=F("released_on")),
                name="release_told_afterwards",
            ),
        ]

    def __str__(self) -> str:
        return f"Release on {self.last_day}"

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.undone_on is None


class ReleaseRequest(models.Model):
    """A body asks for an ECT, by number and date of birth, of whichever body has them (R85; SG 2.75).

    Whether a record here fits is known to `holder` alone, and to the asking body only by the answer: a request that
    fits nothing is a row like any other, and stays unanswered.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for an answer"
        RELEASED = "released", "Released to you"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="release_requests")
    trn = models.CharField(max_length=7, help_text="As the asking body typed it")
    date_of_birth = models.DateField(help_text="As the asking body typed it")
    name = models.CharField(max_length=200, help_text="As the asking body knows the teacher")
    reason = models.CharField(max_length=2000, help_text="Why it asks: the holder reads this")
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer_by = models.DateField(help_text="The last day on which an answer is in time [P]")
    asked_at = models.DateTimeField(db_default=Now())
    induction = models.ForeignKey(Induction, models.PROTECT, null=True, related_name="release_requests")
    holder = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=2000, blank=True, help_text="Why it was refused: the asking body reads this")
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="requests")

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["asker", "trn"], condition=Q(state="asked"), name="request_open_once"),
            models.CheckConstraint(condition=Q(trn__regex=r"^\d{7}$"), name="request_trn_seven_digits"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(name=""), name="request_says_who_and_why"),
            models.CheckConstraint(
                condition=Q(induction=None, holder=None) | Q(induction__isnull=False, holder__isnull=False),
                name="request_holder_has_the_case",
            ),
            models.CheckConstraint(condition=Q(holder=None) | ~Q(holder=F("asker")), name="request_to_another"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"], answered_by=None, answered_on=None, release=None)
                | Q(state="refused", answered_by__isnull=False, answered_on__isnull=False, release=None)
                | Q(state="released", answered_by__isnull=False, answered_on__isnull=False, release__isnull=False),
                name="request_answered_as_it_says",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(answer="") | ~Q(state="refused") & Q(answer=""),
                name="request_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Request of {self.asked_on}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state == self.State.ASKED


class RecordBundle(CaseRecord):
    """What one body handed over to the next, listed and fingerprinted on the day of the claim, and the receipt.

    `body` gave it, `to` has it. `content` is canonical JSON: the figures, and every document with its SHA-256.
    """

    release = models.OneToOneField(Release, models.PROTECT, related_name="bundle")
    grant = models.ForeignKey(HandoverGrant, models.PROTECT, related_name="bundles")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    content = models.TextField(help_text="Canonical JSON")
    sha256 = models.CharField(max_length=64)
    made_on = models.DateField()
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField(null=True)
    missing = models.CharField(max_length=1000, blank=True, help_text="What the receiving body says is not there")

    class Meta:
        ordering = ["made_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="bundle_sealed"),
            models.CheckConstraint(condition=~Q(to=F("body")), name="bundle_to_another"),
            models.CheckConstraint(
                condition=Q(acknowledged_by=None, acknowledged_on=None, missing="")
                | Q(acknowledged_by__isnull=False, acknowledged_on__isnull=False, acknowledged_on__gte=F("made_on")),
                name="bundle_acknowledged_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"Record handed over on {self.made_on}"


class NewSchoolMinimum(CaseRecord):
    """How much of an extension is served at the school that an ECT moved to in it, as the body decided (R37)."""

    left = models.CharField(max_length=100, help_text="FTE terms of the extension left on arrival, an exact fraction")
    terms = models.DecimalField(max_digits=3, decimal_places=1, help_text="FTE terms to serve here at least")
    reason = models.CharField(max_length=500, blank=True, help_text="Why less than the guidance asks for is enough")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement"], name="new_school_minimum_once"),
            models.CheckConstraint(condition=Q(terms__gt=0, terms__lte=MOST_TERMS), name="new_school_minimum_possible"),
            models.CheckConstraint(condition=Q(terms__gte=1) | ~Q(reason=""), name="new_school_less_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"At least {self.terms} terms here"
