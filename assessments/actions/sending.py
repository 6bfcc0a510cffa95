"""A signed report goes to the appropriate body, which accepts it or returns it with comments (R53; SG 2.61)."""

from datetime import date
from typing import Any

from cases.reckon import reckon
from cases.rules.assessing import check_carried_out_by
from cases.rules.errors import RuleBroken
from cases.rules.signing import HEAD
from cases.rules.statuses import AssessmentStatus, RecommendationStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_assessments as tell
from ..assessing import latest_version
from ..models import Assessment, AssessmentResponse, AssessmentVersion, Sending
from ..outcome import telling
from ..standing import standing_of
from .writing import locked_assessment


@action
def send_to_body(*, by: Viewer, on: date, assessment: Assessment, version: int) -> Sending:
    """Send the signed version to the appropriate body, the headteacher's recommendation with it. The body has it at
    once: the database's time is the time received.

    Raises RuleBroken when it is not signed by all, or has moved on.
    """
    assessment = locked_assessment(assessment.pk)
    check_carried_out_by(by.roles)
    before = {"status": assessment.status}
    sealed = _moved(assessment, version, AssessmentStatus.SENT, Role.INDUCTION_TUTOR, sent=version)
    sending = Sending.objects.create(version=sealed, by=by.user, on=on)
    after: dict[str, Any] = {"status": assessment.status, "version": version, "sha256": sealed.sha256}
    recommendation = standing_of(assessment).recommendation
    if recommendation and recommendation.state is RecommendationStatus.DRAFT:
        # Given to be sent with the report: whoever sends it carries the headteacher's act (R60).
        check_move(recommendation.state, RecommendationStatus.SENT, HEAD)
        recommendation.status = RecommendationStatus.SENT
        recommendation.save(update_fields=["status"])
        after["recommendation"] = recommendation.sha256
    _record(by, Event.ASSESSMENT_SENT, assessment, on, before, after)
    reckon(assessment.induction)
    tell.sent(assessment)
    if recommendation:
        telling.may_write(recommendation, assessment)
    return sending


@action
def accept_assessment(*, by: Viewer, on: date, assessment: Assessment, version: int) -> AssessmentResponse:
    """The body accepts the version it was looking at. Raises RuleBroken when the report has moved on."""
    return _respond(by, on, assessment, version, AssessmentStatus.ACCEPTED, "")


@action
def return_assessment(
    *, by: Viewer, on: date, assessment: Assessment, version: int, comments: str
) -> AssessmentResponse:
    """The body returns the version it was looking at, saying what has to change.

    Raises RuleBroken without comments, or when the report has moved on.
    """
    if not comments.strip():
        raise RuleBroken("Say what has to change before you can accept the assessment", "comments")
    return _respond(by, on, assessment, version, AssessmentStatus.RETURNED, comments.strip())


ANSWERS = {
    AssessmentStatus.ACCEPTED: (Event.ASSESSMENT_ACCEPTED, tell.accepted),
    AssessmentStatus.RETURNED: (Event.ASSESSMENT_RETURNED, tell.returned),
}


def _respond(
    by: Viewer, on: date, assessment: Assessment, version: int, to: AssessmentStatus, comments: str
) -> AssessmentResponse:
    assessment = locked_assessment(assessment.pk)
    if to is AssessmentStatus.RETURNED and (decision := assessment.decisions.exclude(status="returned").first()):
        done = "has decided on it" if decision.is_made else "has a decision on it that waits for a second officer"
        raise RuleBroken(f"This report can no longer be returned: the appropriate body {done}")
    response = _answer(by, on, assessment, version, to, comments)
    ANSWERS[to][1](assessment)
    return response


def accept_with_decision(by: Viewer, on: date, assessment: Assessment) -> None:
    """Whoever decides on a report has accepted it: nobody is asked, or told, once more. The case is locked."""
    if assessment.state is AssessmentStatus.SENT:
        _answer(by, on, assessment, assessment.latest, AssessmentStatus.ACCEPTED, "")


def _answer(
    by: Viewer, on: date, assessment: Assessment, version: int, to: AssessmentStatus, comments: str
) -> AssessmentResponse:
    before = {"status": assessment.status}
    sealed = _moved(assessment, version, to, Role.BODY_OFFICER, sent=assessment.sent)
    response = AssessmentResponse.objects.create(version=sealed, outcome=to.value, comments=comments, by=by.user, on=on)
    _record(by, ANSWERS[to][0], assessment, on, before, {"status": assessment.status, "version": version})
    return response


def _moved(assessment: Assessment, version: int, to: AssessmentStatus, role: str, *, sent: int) -> AssessmentVersion:
    """The latest version, once its assessment has made the move. Raises RuleBroken when it may not."""
    if assessment.latest != version:
        raise RuleBroken("This report has a new version since you opened this page: read that one first")
    check_move(assessment.state, to, role)
    assessment.status, assessment.sent = to, sent
    assessment.save(update_fields=["status", "sent"])  # the two go together: what the body has was sent to it
    return latest_version(assessment)


def _record(
    by: Viewer, event: Event, assessment: Assessment, on: date, before: dict[str, Any], after: dict[str, Any]
) -> None:
    chain = case_chain(assessment.induction_id)
    record(by, event, assessment, chain=chain, on=on, before=before, after=after)
