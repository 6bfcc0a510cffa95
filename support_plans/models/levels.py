"""The ladder of an ECT: a row for each level from the day it was opened to the day it was closed (R70-R74)."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from cases.rules.escalation import Progress
from cases.rules.plans import updates_of, week_ends
from cases.rules.statuses import SupportLevel
from cases.rules.support import Audience, Carried, Ground, Outcome, carried, updates_due
from induction_portal.accounts.models import User

from .records import SupportRecord, audience_known

STORED = [level for level in SupportLevel if level is not SupportLevel.NONE]
WITHOUT_PLAN = [SupportLevel.CAPABILITY.value, SupportLevel.MONITORING.value]
SIX = SupportLevel.CAPABILITY.value
OWNERS = ["mentor", "induction_tutor", "headteacher"]


class Held(Func):
    """The days on which a level is held, the day of its closing no longer: two may change hands on one day."""

    function = "DATERANGE"
    output_field = models.DateField()

    def __init__(self) -> None:
        super().__init__(F("opened_on"), F("closed_on"), RangeBoundary(inclusive_lower=True, inclusive_upper=False))


class LevelChange(SupportRecord):
    """A level of support that an ECT was moved to, as it was decided: it stands, and is closed once.

    `owner` is the role whose the level is (R70). `weeks` is how long its plan takes, empty where it has none. `part` is
    that of the induction on the day. Level 6 holds fixed words alone: no text of anybody's (R77).
    """

    number = models.PositiveSmallIntegerField(help_text="Counts the levels of an induction")
    level = models.CharField(max_length=10, choices=[(level.value, level.label) for level in STORED])
    part = models.PositiveSmallIntegerField(help_text="Of the induction, on the day (R15)")
    owner = models.CharField(max_length=20, help_text="The role whose the level is (R70)")
    weeks = models.PositiveSmallIntegerField(null=True, help_text="Of its plan (R70)")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_as = models.CharField(max_length=20, help_text="The role in which it was opened")
    opened_on = models.DateField()
    opened_at = models.DateTimeField(db_default=Now(), help_text="The database's time")
    found = models.CharField(
        max_length=10, choices=[(each.value, each.name) for each in Progress], help_text="Progress before it"
    )
    reason = models.TextField(blank=True)
    ground = models.CharField(
        max_length=12, blank=True, choices=[(each.value, each.label) for each in Ground], help_text="Of Level 6 (R77)"
    )
    aim = models.TextField(blank=True)
    steps_down = models.TextField(blank=True, help_text="What has to be seen before support is reduced")
    review_due = models.DateField(null=True, help_text="The day by which somebody decides what comes next")
    closed_on = models.DateField(null=True, help_text="The first day on which it is not held any more")
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, blank=True, choices=[(each.value, each.label) for each in Outcome])
    closing_reason = models.TextField(blank=True, help_text="Why support ended, where no other level followed")

    class Meta:
        ordering = ["number"]
        constraints = [
            audience_known("level_of_the_case", Audience.CASE, Audience.ASSESSED),
            models.UniqueConstraint(fields=["induction", "number"], name="level_numbered_once"),
            ExclusionConstraint(
                name="levels_apart",
                expressions=[("induction", RangeOperators.EQUAL), (Held(), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(level__in=[level.value for level in STORED]), name="level_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="level_counts_from_one"),
            models.CheckConstraint(condition=Q(part__in=[1, 2]), name="level_in_a_part"),
            models.CheckConstraint(condition=Q(owner__in=OWNERS), name="level_owner_known"),
            models.CheckConstraint(
                condition=Q(level__in=WITHOUT_PLAN, weeks=None)
                | ~Q(level__in=WITHOUT_PLAN) & Q(weeks__gte=1, weeks__lte=6),
                name="level_plan_of_weeks",
            ),
            models.CheckConstraint(condition=Q(found__in=[each.value for each in Progress]), name="level_found_known"),
            models.CheckConstraint(
                condition=Q(level=SIX, reason="", aim="", steps_down="", review_due=None, closing_reason="")
                & Q(ground__in=[each.value for each in Ground], audience=Audience.ASSESSED.value)
                | ~Q(level=SIX) & ~Q(reason="") & ~Q(aim="") & Q(ground="", review_due__gte=F("opened_on")),
                name="level_six_in_fixed_words",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, outcome="", closing_reason="")
                | Q(closed_on__gte=F("opened_on"), closed_by__isnull=False, outcome__in=[e.value for e in Outcome]),
                name="level_closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.state.label

    @property
    def state(self) -> SupportLevel:
        """The level, with its words."""
        return SupportLevel(self.level)

    @property
    def carries(self) -> Carried:
        """What the level brings by itself (R70)."""
        return carried(self.state)

    @property
    def laid_weeks(self) -> tuple[date, ...]:
        """The first days of the weeks of its plan, as they are laid; none before the plan has started. Reads `plan`."""
        plan = getattr(self, "plan", None)
        return tuple(plan.laid) if plan else ()

    @property
    def updates_due(self) -> tuple[date, ...]:
        """When the appropriate body is updated, by the weeks of the plan as they are laid or, before it has started, by
        the first day and length that were foreseen (R75). Reads `plan`.
        """
        if self.laid_weeks:
            return updates_of(self.state, self.laid_weeks)
        return updates_due(self.state, self.opened_on, self.weeks)

    @property
    def ends_by(self) -> date | None:
        """The day by which somebody decides what comes next: the last of the plan's weeks once they are laid (D24 to
        D26). Reads `plan`.
        """
        return week_ends(self.laid_weeks[-1]) if self.laid_weeks else self.review_due

    @property
    def is_open(self) -> bool:
        """Whether it is held still."""
        return self.closed_on is None

    @property
    def state_number(self) -> int:
        """Goes up with every opening and closing of the case's levels: what a form was made from."""
        return 2 * self.number + (not self.is_open)

    @property
    def why(self) -> str:
        """The reason as it was given; of Level 6 the fixed words."""
        return Ground(self.ground).label if self.ground else self.reason


class LevelAgreement(SupportRecord):
    """The appropriate body's word that the school may make a move that needs it (R72). It stands until the ECT moves:
    `after` is the level that was open when it was given, empty for none, `state` the number of that state.
    """

    after = models.ForeignKey(LevelChange, models.PROTECT, null=True, related_name="agreements")
    state = models.PositiveSmallIntegerField(help_text="The state of the ladder when it was given")
    level = models.CharField(max_length=10, choices=[(level.value, level.label) for level in STORED])
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            audience_known("level_agreement_of_the_case", Audience.CASE),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in STORED]), name="level_agreement_level_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="level_agreement_with_a_reason"),
            models.UniqueConstraint(fields=["induction", "state", "level"], name="level_agreed_once"),
        ]

    def __str__(self) -> str:
        return f"Agreement of {self.on:%-d %B %Y}"

    @property
    def to(self) -> SupportLevel:
        """The level that the school may move to."""
        return SupportLevel(self.level)
