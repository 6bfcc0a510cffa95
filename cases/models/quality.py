"""What an appropriate body plans and draws for its quality assurance: questions, rounds, samples (SG 2.28, 5.11)."""

import json
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from induction_portal.accounts.models import Organisation, User

from ..rules.quality import AskedOf, Worded
from .calendars import FIRST_YEAR, LAST_YEAR, NAMES
from .people import Induction
from .windows import TermRow

ASKED_OF = [(AskedOf.SCHOOL.value, "The school"), (AskedOf.ECT.value, "The ECT, in confidence")]


class QualityQuestion(models.Model):
    """How a body words one of its questions from a day on, or that it no longer asks it. Rows are only added: what was
    asked at an earlier round stays as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="quality_questions")
    code = models.SlugField(max_length=40, help_text="What tells it from the body's others, however it is worded")
    starts_on = models.DateField()
    text = models.CharField(max_length=300)
    asked_of = models.CharField(max_length=10, choices=ASKED_OF)
    is_asked = models.BooleanField(help_text="False from the day on which the body no longer asks it")
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_on = models.DateField()
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["starts_on", "set_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(text=""), name="quality_question_says_something"),
            models.CheckConstraint(condition=Q(asked_of__in=list(AskedOf)), name="quality_question_asked_of_known"),
        ]

    def __str__(self) -> str:
        return f"Question from {self.starts_on}"

    @property
    def worded(self) -> Worded:
        """The same, as the rules take it."""
        return Worded(self.code, self.starts_on, self.text, AskedOf(self.asked_of), self.is_asked)


class QualityRound(TermRow):
    """A round of quality assurance in a term: what it looks into, and whether ECTs or whole schools are drawn."""

    class Draws(models.TextChoices):
        ECTS = "ects", "ECTs"
        SCHOOLS = "schools", "Schools"

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="quality_rounds")
    draws = models.CharField(max_length=10, choices=Draws)
    aims = models.TextField(max_length=2000, help_text="What it looks into, and why: the body's own")

    class Meta:
        ordering = ["-first_year", "-set_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(aims=""), name="quality_round_has_aims"),
            models.CheckConstraint(condition=Q(draws__in=["ects", "schools"]), name="quality_round_draws_known"),
            models.CheckConstraint(condition=Q(term__in=[name for name, _ in NAMES]), name="quality_round_term_known"),
            models.CheckConstraint(
                condition=Q(first_year__range=(FIRST_YEAR, LAST_YEAR)), name="quality_round_year_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Quality assurance, {self.term_words}"


class RoundQuestion(models.Model):
    """A question as this round asks it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(QualityRound, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    text = models.CharField(max_length=300)
    asked_of = models.CharField(max_length=10, choices=ASKED_OF)

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="round_question_one_a_place"),
            models.CheckConstraint(condition=Q(asked_of__in=list(AskedOf)), name="round_question_asked_of_known"),
        ]

    def __str__(self) -> str:
        return f"Question {self.position}"

    @property
    def in_confidence(self) -> bool:
        """Whether the ECT answers, and the school never reads it."""
        return self.asked_of == AskedOf.ECT


class QualityDraw(models.Model):
    """One draw: how, with which seed, and from whom, so that it can be repeated."""

    class Method(models.TextChoices):
        RANDOM = "random", "At random"
        RISK = "risk", "By risk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(QualityRound, models.PROTECT, related_name="draws_made")
    method = models.CharField(max_length=10, choices=Method)
    seed = models.CharField(max_length=40)
    size = models.PositiveSmallIntegerField(help_text="How many were wanted")
    population = models.TextField(help_text="Canonical JSON: every key drawn from, sorted, with its score by risk")
    sha256 = models.CharField(max_length=64, help_text="Of the population")
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    drawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["drawn_at"]
        constraints = [
            models.CheckConstraint(condition=Q(method__in=["random", "risk"]), name="quality_draw_method_known"),
            models.CheckConstraint(condition=Q(seed__regex=r"^[A-Za-z0-9-]{1,40}$"), name="quality_draw_seed_plain"),
            models.CheckConstraint(condition=Q(size__gte=1), name="quality_draw_of_somebody"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="quality_draw_sealed"),
        ]

    def __str__(self) -> str:
        return f"Draw on {self.drawn_on}"

    @property
    def scores(self) -> dict[str, int]:
        """Everybody that was drawn from, with the score by risk that they had then."""
        return json.loads(self.population)


class QualityPick(models.Model):
    """One that was drawn: an ECT at a school or, without an ECT, the school. `reasons` are the risks it had then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(QualityRound, models.PROTECT, related_name="picks")
    draw = models.ForeignKey(QualityDraw, models.PROTECT, related_name="picks")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    induction = models.ForeignKey(Induction, models.PROTECT, null=True, related_name="quality_picks")
    reasons = models.JSONField(default=list, help_text="Pairs of a source and a sentence that names nobody")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "induction"], condition=Q(induction__isnull=False), name="quality_pick_ect_once"
            ),
            models.UniqueConstraint(
                fields=["round", "school"], condition=Q(induction=None), name="quality_pick_school_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Drawn in {self.draw_id}"
