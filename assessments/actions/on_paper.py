"""Recording what an ECT said or signed on paper, or that they gave no answer; and their own comment after it (R53)."""

from datetime import date
from typing import Any

from cases.rules.errors import RuleBroken
from cases.rules.on_paper import OnPaper, Way, check_on_paper
from cases.rules.signing import ECT
from cases.rules.statuses import AssessmentStatus, SignatureStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_assessments as tell
from ..models import Assessment, AssessmentComment, AssessmentVersion, PaperComment, PaperSignature, Signature
from ..on_paper import NOT_ASKED, may_record, waiting_for
from ..standing import may_add_own, signs_as, standing_of
from .moving import move
from .signing import answer_under, go_on, record_said, version_shown
from .writing import locked_assessment


@action
def record_comments(*, by: Viewer, on: date, assessment: Assessment, version: int, told: OnPaper) -> PaperComment:
    """Record what the ECT said of a version on paper or in a meeting, or that they did not answer. Then it is signed.

    Raises RuleBroken for who is neither tutor nor headteacher, when the report does not wait for the ECT's comments or
    has a later version, before the ECT had time to answer, and for what is incomplete.
    """
    assessment, sealed = _asked(by, on, assessment, version, told, AssessmentStatus.SIGNING)
    text = told.text.strip() if told.way is Way.COMMENTED else ""
    said = PaperComment.objects.create(version=sealed, by=by.user, on=on, way=told.way.value, text=text, **_days(told))
    move(assessment, AssessmentStatus.SIGNING, _acting(by))
    record_said(by, Event.COMMENTS_RECORDED, assessment, on, {"version": version, "way": said.way, "id": said.pk})
    tell.recorded(assessment, step="comments")
    tell.turn(assessment)
    return said


@action
def record_signature(*, by: Viewer, on: date, assessment: Assessment, version: int, told: OnPaper) -> Signature:
    """Record that the ECT signed a version on paper, and before whom; or that they did not sign, and why. It is the
    ECT's alone that can be recorded: the others sign for themselves.

    Raises RuleBroken as `record_comments` does, and while it is not the ECT's turn.
    """
    assessment, _ = _asked(by, on, assessment, version, told, AssessmentStatus.SIGNED)
    status, reason = SignatureStatus.SIGNED, ""
    if told.way is not Way.SIGNED:
        status, reason = SignatureStatus.REFUSED, told.text.strip()
    check_move(standing_of(assessment).statuses[ECT], status, ECT)
    answer = answer_under(by, on, assessment, ECT, status, reason)
    witness = told.witness.strip() if told.way is Way.SIGNED else ""
    PaperSignature.objects.create(signature=answer, way=told.way.value, witness=witness, **_days(told))
    after = {"version": version, "way": told.way.value, "sha256": answer.sha256, "part": answer.part}
    record_said(by, Event.SIGNATURE_RECORDED, assessment, on, after)
    tell.recorded(assessment, step="signature")
    go_on(assessment, ECT)
    return answer


@action
def add_own_comment(
    *, by: Viewer, on: date, assessment: Assessment, version: int, text: str | None
) -> AssessmentComment:
    """The ECT says themself what a colleague recorded for them, or that they have no comments, while the report is
    being signed. Who signs, and who has signed, is told.

    Raises RuleBroken for an empty text, for who is not the ECT, and when nothing was recorded, the ECT has commented,
    the report is no longer being signed or has a later version.
    """
    assessment = locked_assessment(assessment.pk)
    if text is not None and not text.strip():
        raise RuleBroken("Enter your comments, or say that you have none", "text")
    if ECT not in signs_as(by, assessment):
        raise RuleBroken("Only the ECT of this assessment can comment as such")
    if not may_add_own(assessment):
        raise RuleBroken("This assessment does not wait for your comments")
    sealed = version_shown(assessment, version)
    said = AssessmentComment.objects.create(version=sealed, by=by.user, on=on, text=(text or "").strip())
    record_said(by, Event.ASSESSMENT_COMMENTED, assessment, on, {"version": version, "id": said.pk})
    tell.commented_after_all(assessment)
    return said


def _asked(
    by: Viewer, on: date, assessment: Assessment, version: int, told: OnPaper, to: AssessmentStatus
) -> tuple[Assessment, AssessmentVersion]:
    """The assessment, locked, and its version, once all has been asked of what is recorded."""
    assessment = locked_assessment(assessment.pk)
    if not may_record(by, assessment):
        raise RuleBroken("Only the induction tutor or the headteacher can record what the ECT answered on paper")
    check_move(assessment.state, to, _acting(by))
    sealed = version_shown(assessment, version)
    waiting = waiting_for(assessment)
    if waiting is None:
        raise RuleBroken(NOT_ASKED)
    if objections := check_on_paper(told, waiting, today=on):
        raise RuleBroken(objections[0].message, objections[0].field)
    return assessment, sealed


def _acting(by: Viewer) -> Role:
    return Role.HEADTEACHER if Role.HEADTEACHER in by.roles else Role.INDUCTION_TUTOR


def _days(told: OnPaper) -> dict[str, Any]:
    if told.way.given:
        return {"given_on": told.given_on}
    return {"asked_on": told.asked_on, "asked_again_on": told.asked_again_on}
