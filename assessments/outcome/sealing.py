"""What a decision says once it is made: everything that its record shows, names included."""

from typing import Any

from ..models import Decision, DecisionApproval
from .received import received
from .standing import completed_on, end_after


def content_of(decision: Decision) -> dict[str, Any]:
    """The content of a decision that is being made, for its seal. Dates are ISO, amounts decimal text."""
    teacher, assessment = decision.induction.teacher, decision.assessment
    approval = DecisionApproval.objects.filter(decision=decision).select_related("by").first()
    number = decision.extension.number - 1 if decision.extension else decision.induction.decision_extensions.count()
    completed = completed_on(decision.induction, end_after(number))
    return _received(decision) | {
        "ect": teacher.name,
        "trn": teacher.trn,
        "date_of_birth": teacher.date_of_birth.isoformat(),
        "school": assessment.school.name,
        "body": decision.body.name,
        "outcome": decision.outcome,
        "reasons": decision.reasons,
        "terms": str(decision.terms) if decision.terms else "",
        "ground": decision.ground,
        "assessments": decision.assessments,
        "decided_by": decision.by.name,
        "decided_on": decision.on.isoformat(),
        "approved_by": approval.by.name if approval else "",
        "made_on": decision.made_on.isoformat() if decision.made_on else "",
        "completed_on": completed.isoformat() if completed else "",
    }


def _received(decision: Decision) -> dict[str, Any]:
    """What the body had received when it decided: the recommendation, the report, and whether the ECT wrote."""
    recommendation = received().get(pk=decision.recommendation_id)
    letters = recommendation.representations.order_by("at")
    return {
        "received_on": recommendation.received_on.isoformat(),
        "recommended": recommendation.outcome,
        "recommended_by": recommendation.signature.by.name,
        "recommendation": recommendation.sha256,
        "report": decision.report.sha256,
        "report_version": decision.report.number,
        "representations": [{"on": each.on.isoformat(), "waives": each.waives} for each in letters],
    }
