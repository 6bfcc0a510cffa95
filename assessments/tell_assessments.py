"""Who is told of what happens to an assessment. No message says how anybody is doing."""

from collections.abc import Iterable

from django.urls import reverse

from cases.people import headteachers, officer_of, tutors
from cases.rules.signing import ECT, HEAD
from induction_portal.accounts.models import User
from notifications import kinds, outbox

from .assessment_access import may_see_assessment, whose_assessments
from .models import Assessment

READY = "assessment_ready"
TO_SIGN = "assessment_to_sign"
TAKEN_BACK = "assessment_taken_back"
REFUSED = "assessment_signature_refused"
RECORDED = "assessment_answer_recorded"
COMMENTED = "assessment_commented_after_all"
SIGNED = "assessment_signed"
SENT = "assessment_sent"
ACCEPTED = "assessment_accepted"
RETURNED = "assessment_returned"

SUBJECTS = {
    READY: "An assessment is ready for your comments",
    TO_SIGN: "An assessment is waiting for your signature",
    TAKEN_BACK: "An assessment has been taken back to be corrected",
    REFUSED: "Somebody has refused to sign an assessment",
    RECORDED: "Your school has recorded how you answered an assessment",
    COMMENTED: "An ECT has commented on an assessment after it was recorded for them",
    SIGNED: "An assessment has been signed and can be sent",
    SENT: "An assessment has been sent to the appropriate body",
    ACCEPTED: "The appropriate body has accepted an assessment",
    RETURNED: "The appropriate body has returned an assessment",
}
People = Iterable[User | None]


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_assessment,
        about=whose_assessments,
        statutory=SUBJECTS,
    )


def ready(assessment: Assessment) -> None:
    """The ECT, when the report waits for their comments."""
    _tell(READY, assessment, _ect(assessment))


def turn(assessment: Assessment) -> None:
    """Whoever signs next; once nobody is left, the author and the tutor, who can send it."""
    if assessment.turn:
        _tell(TO_SIGN, assessment, _signatories(assessment, assessment.turn), step=assessment.turn)
    else:
        _tell(SIGNED, assessment, _school(assessment))


def taken_back(assessment: Assessment) -> None:
    """The ECT, who had the report."""
    _tell(TAKEN_BACK, assessment, _ect(assessment))


def refused(assessment: Assessment, *, role: str, by: User) -> None:
    """The author, the tutor and the headteacher, but for who refused."""
    people = _school(assessment) | set(headteachers(assessment.school_id))
    _tell(REFUSED, assessment, people - {by}, step=role)


def recorded(assessment: Assessment, *, step: str) -> None:
    """The ECT, of whom a colleague recorded what they said or signed on paper, or that they did not answer."""
    _tell(RECORDED, assessment, _ect(assessment), step=step)


def commented_after_all(assessment: Assessment) -> None:
    """The author, the tutor and the headteacher, some of whom may have signed without these comments."""
    _tell(COMMENTED, assessment, _school(assessment) | set(headteachers(assessment.school_id)))


def sent(assessment: Assessment) -> None:
    """The body's officer, and the ECT, whose copy it is (SG 2.61)."""
    _tell(SENT, assessment, {officer_of(assessment.induction)} | _ect(assessment))


def accepted(assessment: Assessment) -> None:
    """The school and the ECT."""
    _tell(ACCEPTED, assessment, _school(assessment) | _ect(assessment))


def returned(assessment: Assessment) -> None:
    """The school, which corrects it: the author, the tutor and the headteacher."""
    _tell(RETURNED, assessment, _school(assessment) | set(headteachers(assessment.school_id)))


def _tell(kind: str, assessment: Assessment, people: People, *, step: str = "") -> None:
    """Once for each version, and each step of it."""
    url = reverse("assessments:assessment", args=[assessment.pk])
    once = f"v{assessment.latest}{step}"
    to = set(people) - {None}
    outbox.queue(kind, to=to, subject_id=assessment.pk, organisation_id=assessment.school_id, url=url, once=once)


def _ect(assessment: Assessment) -> set[User | None]:
    return {assessment.induction.teacher.user}


def _school(assessment: Assessment) -> set[User | None]:
    return {assessment.written_by, *tutors(assessment.placement)}


def _signatories(assessment: Assessment, role: str) -> set[User | None]:
    """Who can sign in a role. Without an appointed tutor the author is told, who may be the induction lead."""
    if role == ECT:
        return _ect(assessment)
    if role == HEAD:
        return set(headteachers(assessment.school_id))
    return {*tutors(assessment.placement)} or {assessment.written_by}
