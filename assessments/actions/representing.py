"""The ECT writes to the appropriate body before it decides, or tells it that it need not wait (R61)."""

from datetime import date

from cases.reckon import reckon
from cases.rules.deciding import may_still_write, representations_status
from cases.rules.errors import RuleBroken
from cases.rules.statuses import RecommendationStatus, RepresentationsStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from ..models import Recommendation, Representation
from ..outcome import telling
from ..outcome.received import received
from .writing import locked_assessment


@action
def send_representations(
    *, by: Viewer, on: date, recommendation: Recommendation, text: str, waives: bool = False
) -> Representation:
    """Send a letter to the body. `waives` says that nothing follows, so that the body need not wait for the rest of the
    10 working days. More may be added until they end.

    Raises RuleBroken for an empty letter, after the last day, once waived or decided, and for anybody but the ECT.
    """
    if not text.strip():
        raise RuleBroken("Enter what you want the appropriate body to know", "text")
    to = RepresentationsStatus.WAIVED if waives else RepresentationsStatus.MADE
    return _say(by, on, recommendation, to, text.strip(), Event.REPRESENTATIONS_SENT)


@action
def waive_representations(*, by: Viewer, on: date, recommendation: Recommendation) -> Representation:
    """Tell the body that it need not wait. Raises RuleBroken as `send_representations` does."""
    return _say(by, on, recommendation, RepresentationsStatus.WAIVED, "", Event.REPRESENTATIONS_WAIVED)


def _say(
    by: Viewer, on: date, recommendation: Recommendation, to: RepresentationsStatus, text: str, event: Event
) -> Representation:
    assessment = locked_assessment(recommendation.signature.version.assessment_id)
    recommendation = received().filter(pk=recommendation.pk).first() or _gone()
    if by.user.pk != assessment.induction.teacher.user_id:
        raise RuleBroken("Only the ECT writes to the appropriate body about their recommendation")
    waived = list(recommendation.representations.values_list("waives", flat=True))
    decided = recommendation.state is RecommendationStatus.DECIDED
    now = representations_status(waived, received_on=recommendation.received_on, today=on, decided=decided)
    if decided or not may_still_write(now, received_on=recommendation.received_on, today=on):
        raise RuleBroken(_too_late(now, decided=decided))
    check_move(now, to, Role.ECT)
    said = Representation.objects.create(
        induction=assessment.induction,
        placement=assessment.placement,
        school_id=assessment.school_id,
        body_id=assessment.body_id,
        recommendation=recommendation,
        text=text,
        waives=to is RepresentationsStatus.WAIVED,
        by=by.user,
        on=on,
    )
    after = {"id": said.pk, "recommendation": recommendation.sha256, "waives": said.waives}
    record(by, event, said, chain=case_chain(assessment.induction_id), on=on, after=after)
    reckon(assessment.induction)
    telling.represented(said)
    return said


def _gone() -> Recommendation:
    raise RuleBroken("This recommendation has been withdrawn: read the report that replaces it")


def _too_late(now: RepresentationsStatus, *, decided: bool) -> str:
    if decided:
        return "The appropriate body has decided, so nothing can be added"
    if now is RepresentationsStatus.WAIVED:
        return "You told the appropriate body that it need not wait, so nothing can be added here: write to it directly"
    return "The 10 working days in which you could write to the appropriate body have passed: write to it directly"
