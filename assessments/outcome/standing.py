"""Where the decision on an induction stands: what was received, what was said of it, what the rules make of that."""

from dataclasses import dataclass, field
from datetime import date

from cases.models import Induction
from cases.rules.deciding import FINAL, Case, recommendation_status, representations_status
from cases.rules.outcomes import Recommended
from cases.rules.statuses import AppealStatus, AssessmentStatus, DecisionStatus, RecommendationStatus
from induction_portal.accounts.models import User

from ..models import Assessment, Decision, Recommendation, Representation
from .received import OF_ASSESSMENT, End, end_after, received

STANDS = (AssessmentStatus.SENT, AssessmentStatus.ACCEPTED)


@dataclass(frozen=True)
class Outlook:
    """A case at the end that is to be decided next, or was decided last.

    ``decisions`` are all of the induction, returned ones too, the earliest first; ``letters`` what the ECT wrote about
    this recommendation.
    """

    induction: Induction
    end: End
    case: Case
    assessment: Assessment | None = None
    recommendation: Recommendation | None = None
    decisions: list[Decision] = field(default_factory=list)
    letters: list[Representation] = field(default_factory=list)

    @property
    def proposal(self) -> Decision | None:
        """The decision that waits for a second officer."""
        return next((each for each in self.decisions if each.state is DecisionStatus.PROPOSED), None)

    @property
    def final(self) -> Decision | None:
        """The decision that ended the induction."""
        return next((each for each in self.decisions if final_of(each)), None)

    @property
    def received(self) -> RecommendationStatus | None:
        """Where the recommendation stands today: early, received, decided; None before there is one."""
        if self.recommendation is None:
            return None
        given = {"today": self.case.today, "completed_on": self.case.completed_on}
        return recommendation_status(self.recommendation.state, **given)


def outlook(induction: Induction, *, on: date, decides: User | None = None) -> Outlook:
    """Where a case stands on a day; `decides` is who wants to decide, for what the rules say of them (R81)."""
    end = end_after(sum(each.stands for each in induction.decision_extensions.all()))
    assessment = Assessment.objects.filter(induction=induction, kind=end.kind, number=end.number, sent__gte=1)
    assessment = assessment.select_related("placement", "school", "body").first()
    recommendation = received().filter(**{OF_ASSESSMENT: assessment}).first() if assessment else None
    decisions = decisions_of(induction)
    letters = list(recommendation.representations.select_related("by")) if recommendation else []
    here = next(
        (each for each in decisions if assessment and each.assessment_id == assessment.pk and each.is_made), None
    )
    received_on = recommendation.received_on if recommendation else None
    case = Case(
        today=on,
        completed_on=completed_on(induction, end),
        recommended=Recommended(recommendation.outcome) if recommendation else None,
        received_on=received_on,
        representations=representations_status(
            [letter.waives for letter in letters], received_on=received_on, today=on, decided=bool(here)
        ),
        written=any(letter.text for letter in letters),
        with_body=assessment is None or assessment.state in STANDS,
        is_contact=decides is not None and is_contact(induction, decides),
        proposed=any(each.state is DecisionStatus.PROPOSED for each in decisions),
        decided=here.state if here else None,
        final=next(filter(None, map(final_of, decisions)), None),
    )
    return Outlook(induction, end, case, assessment, recommendation, decisions, letters)


def decisions_of(induction: Induction) -> list[Decision]:
    """Every decision of a case, proposals and returned ones too, the earliest first."""
    rows = Decision.objects.filter(induction=induction).select_related(
        "by", "approval__by", "assessment", "extension", "appeal"
    )
    return list(rows.order_by("at"))


def final_of(decision: Decision) -> DecisionStatus | None:
    """How a decision ended the induction: passed, failed, or passed because an appeal against it was allowed (R66)."""
    appeal = getattr(decision, "appeal", None)
    if appeal and appeal.state is AppealStatus.ALLOWED:
        return DecisionStatus.PASSED
    return decision.state if decision.state in FINAL else None


def completed_on(induction: Induction, end: End) -> date | None:
    """The day on which the full period, or an extension, is completed by the rules; None while it is not known.

    The case is taken to be fresh (`cases.reckon`).
    """
    found = (row for row in induction.deadlines.all() if row.kind == end.kind.deadline and row.number == end.number)
    return next((row.own_day for row in found), None)


def is_contact(induction: Induction, user: User) -> bool:
    """Whether somebody is, or was, the named contact of this ECT: who was stays apart from deciding (R81)."""
    return any(period.contact_id == user.pk for period in induction.body_periods.all())
