"""Reading, commenting and signing: what each person says of one version of a report."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cases.rules.amounts import spoken
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Recommended, check_recommendation
from cases.rules.signing import ECT, HEAD, NAMED, check_both, check_turn
from cases.rules.statuses import AssessmentStatus, RecommendationStatus, SignatureStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, seal

from .. import tell_assessments as tell
from ..assessing import latest_version
from ..models import Assessment, AssessmentComment, AssessmentVersion, Recommendation, Signature, VersionRead
from ..standing import Standing, signs_as, standing_of
from ..tasks import render_assessment_later
from .letters import write_letter
from .moving import ask_next, move
from .writing import locked_assessment


@dataclass(frozen=True, slots=True)
class Recommends:
    """What a headteacher recommends (R60). `extend_by` is in FTE terms and 0 but for an extension."""

    outcome: Recommended
    extend_by: Fraction = Fraction(0)
    reason: str = ""


@action
def open_version(*, by: Viewer, on: date, version: AssessmentVersion) -> VersionRead:
    """Somebody has this version before them. Said twice, it stands once: the first time counts."""
    if known := VersionRead.objects.filter(version=version, by=by.user).first():
        return known
    assessment = locked_assessment(version.assessment_id)
    read, is_new = VersionRead.objects.get_or_create(version=version, by=by.user, defaults={"on": on})
    if is_new:
        record_said(by, Event.ASSESSMENT_OPENED, assessment, on, {"version": version.number})
    return read


@action
def comment_on_assessment(
    *, by: Viewer, on: date, assessment: Assessment, version: int, text: str | None
) -> AssessmentComment:
    """The ECT comments on the version they were reading, or says with None that they have no comments. Then it is
    signed (R53).

    Raises RuleBroken for an empty text, when the report was taken back, and when there is a later version.
    """
    assessment = locked_assessment(assessment.pk)
    if text is not None and not text.strip():
        raise RuleBroken("Enter your comments, or say that you have none", "text")
    _check_signs(by, ECT, assessment, doing="comment")
    check_move(assessment.state, AssessmentStatus.SIGNING, ECT)
    sealed = version_shown(assessment, version)
    said = AssessmentComment.objects.create(version=sealed, by=by.user, on=on, text=(text or "").strip())
    move(assessment, AssessmentStatus.SIGNING, ECT)
    record_said(by, Event.ASSESSMENT_COMMENTED, assessment, on, {"version": version, "id": said.pk})
    tell.turn(assessment)
    return said


@action
def sign(
    *,
    by: Viewer,
    on: date,
    assessment: Assessment,
    version: int,
    role: str,
    both: bool = False,
    recommends: Recommends | None = None,
) -> Signature:
    """Sign a version in one role: it binds the version's SHA-256 and that of the part that touches the signatory.

    `both` says that a headteacher who is the tutor knows that they sign in the second role as well. `recommends` is
    what the headteacher recommends with a final or extension assessment (R60). Raises RuleBroken out of turn (R53), for
    who is not that signatory, has not opened this version, or looked at one that has moved on.
    """
    assessment = locked_assessment(assessment.pk)
    standing = _check_may_answer(by, assessment, role, version)
    check_move(standing.statuses[role], SignatureStatus.SIGNED, role)
    check_turn(role, standing.statuses)
    check_both(standing.signed_as(by.user), role, knowingly=both)
    recommends = _checked(recommends, assessment, role)
    signature = answer_under(by, on, assessment, role, SignatureStatus.SIGNED)
    after = {"version": version, "role": role, "sha256": signature.sha256, "part": signature.part}
    if recommends:
        after["recommendation"] = _recommend(recommends, assessment, signature).sha256
    record_said(by, Event.ASSESSMENT_SIGNED, assessment, on, after)
    if role == HEAD:
        write_letter(by, on, assessment, signature)
    go_on(assessment, role)
    return signature


@action
def refuse_to_sign(*, by: Viewer, on: date, assessment: Assessment, version: int, role: str, reason: str) -> Signature:
    """Say that one does not sign a version, and why. The school's own refusal keeps it from being signed until they
    change their mind or the report is corrected; the ECT's is kept with it, and holds nothing up.

    Raises RuleBroken as `sign` does, and without a reason.
    """
    assessment = locked_assessment(assessment.pk)
    if not reason.strip():
        raise RuleBroken("Say why you do not sign", "reason")
    standing = _check_may_answer(by, assessment, role, version)
    check_move(standing.statuses[role], SignatureStatus.REFUSED, role)
    check_turn(role, standing.statuses)
    answer = answer_under(by, on, assessment, role, SignatureStatus.REFUSED, reason.strip())
    record_said(by, Event.SIGNATURE_REFUSED, assessment, on, {"version": version, "role": role})
    tell.refused(assessment, role=role, by=by.user)
    if role == ECT:
        go_on(assessment, role)
    return answer


def _check_may_answer(by: Viewer, assessment: Assessment, role: str, version: int) -> Standing:
    _check_signs(by, role, assessment, doing="sign")
    check_move(assessment.state, AssessmentStatus.SIGNED, role)
    sealed = version_shown(assessment, version)
    if not VersionRead.objects.filter(version=sealed, by=by.user).exists():
        raise RuleBroken("Open and read this version before you sign it")
    return standing_of(assessment)


def _check_signs(by: Viewer, role: str, assessment: Assessment, *, doing: str) -> None:
    if role not in signs_as(by, assessment):
        raise RuleBroken(f"Only {NAMED.get(role, 'a signatory')} of this assessment can {doing} as such")


def version_shown(assessment: Assessment, version: int) -> AssessmentVersion:
    """The latest version, which is the one that somebody was looking at. Raises RuleBroken when it is not."""
    if assessment.latest != version:
        raise RuleBroken("This report has a new version since you opened this page: read that one first")
    return latest_version(assessment)


def answer_under(
    by: Viewer, on: date, assessment: Assessment, role: str, status: SignatureStatus, reason: str = ""
) -> Signature:
    """Write down an answer in a role under the latest version, with what it binds."""
    version = latest_version(assessment)
    binds = {"sha256": version.sha256, "part": version.parts[role]}
    return Signature.objects.create(
        version=version, role=role, status=status, by=by.user, on=on, reason=reason, **binds
    )


def go_on(assessment: Assessment, role: str) -> None:
    """To the next signatory, or, once all have answered, to the document that is issued."""
    if standing_of(assessment).turn is None:
        move(assessment, AssessmentStatus.SIGNED, role)
        render_assessment_later(assessment)
    else:
        ask_next(assessment)
    tell.turn(assessment)


def _checked(recommends: Recommends | None, assessment: Assessment, role: str) -> Recommends | None:
    """R60, R82: the headteacher recommends with the final assessment and one at the end of an extension; nobody else,
    and with no other.
    """
    if role != HEAD or not assessment.which.takes_recommendation:
        if recommends:
            raise RuleBroken("Only the headteacher recommends, with the final assessment", "outcome")
        return None
    if recommends is None:
        raise RuleBroken("Select what you recommend to the appropriate body", "outcome")
    check_recommendation(recommends.outcome, extend_by=recommends.extend_by, reason=recommends.reason)
    if recommends.outcome is not Recommended.EXTENSION:
        return Recommends(recommends.outcome, reason=recommends.reason.strip())
    return recommends


def _recommend(recommends: Recommends, assessment: Assessment, signature: Signature) -> Recommendation:
    """Sealed with the version it was given for; one that was sent before is withdrawn by giving another."""
    sent = Recommendation.objects.filter(
        signature__version__assessment=assessment, status=RecommendationStatus.SENT
    ).exclude(signature=signature)
    for earlier in sent:
        check_move(earlier.state, RecommendationStatus.WITHDRAWN, HEAD)
        earlier.status = RecommendationStatus.WITHDRAWN
        earlier.save(update_fields=["status"])
    told: dict[str, Any] = {
        "outcome": recommends.outcome.value,
        "extend_by": spoken(recommends.extend_by, 1),
        "reason": recommends.reason,
        "headteacher": signature.by.name,
        "report": signature.sha256,
    }
    content, digest = seal(told)
    return Recommendation.objects.create(
        signature=signature,
        outcome=recommends.outcome.value,
        extend_by=told["extend_by"],
        reason=recommends.reason,
        content=content,
        sha256=digest,
        status=RecommendationStatus.DRAFT,
    )


def record_said(by: Viewer, event: Event, assessment: Assessment, on: date, after: dict[str, Any]) -> None:
    """Into the trail: what was said of a report, and its status after that."""
    told = after | {"status": assessment.status}
    record(by, event, assessment, chain=case_chain(assessment.induction_id), on=on, after=told)
