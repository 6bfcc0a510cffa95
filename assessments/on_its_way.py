"""What a report consists of as it goes to the appropriate body, when it was received, and what can be done next."""

from typing import NamedTuple

from django.urls import reverse

from cases.rules.signing import NAMED, ORDER
from cases.rules.statuses import AssessmentStatus, SignatureStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, upper_first

from .assessing import latest_version
from .assessment_access import is_own
from .models import Assessment, AssessmentResponse, Sending
from .on_paper import Recording, may_record
from .paper_words import comments_say, recorded_by, signature_says
from .standing import Standing, standing_of


class Next(NamedTuple):
    """A link to something that the viewer may do with a report; `first` marks what it waits for."""

    text: str
    url: str
    first: bool = True


class Fact(NamedTuple):
    """A row of a summary list."""

    key: str
    value: str


TAKE_BACK = Next("Take the report back to correct it", "assessments:withdraw_assessment", first=False)
CORRECT = Next("Correct and send again", "assessments:correct_assessment")
SCHOOL = {
    AssessmentStatus.DRAFT: [CORRECT],
    AssessmentStatus.COMMENTING: [TAKE_BACK],
    AssessmentStatus.SIGNING: [TAKE_BACK],
    AssessmentStatus.SIGNED: [Next("Send to the appropriate body", "assessments:send_assessment")],
    AssessmentStatus.RETURNED: [CORRECT],
}
ON_PAPER = {
    AssessmentStatus.COMMENTING: Next("Record what the ECT said on paper", "assessments:record_comments", first=False),
    AssessmentStatus.SIGNING: Next("Record what the ECT signed on paper", "assessments:record_signature", first=False),
}
BODY = {
    AssessmentStatus.SENT: [
        Next("Accept", "assessments:accept_assessment"),
        Next("Return with comments", "assessments:return_assessment", first=False),
    ],
}


def next_steps(viewer: Viewer, assessment: Assessment, may: frozenset[Permission]) -> list[Next]:
    """What a viewer with these permissions on a visible assessment may do to move it on, each with its address."""
    if not is_own(viewer, assessment):
        return []
    found = _at_school(viewer, assessment) if Permission.WRITE_ASSESSMENT in may else []
    found = found + (BODY.get(assessment.state, []) if Permission.RESPOND_TO_ASSESSMENT in may else [])
    return [each._replace(url=reverse(each.url, args=[assessment.pk])) for each in found]


def _at_school(viewer: Viewer, assessment: Assessment) -> list[Next]:
    """What moves it on; first, where the ECT has had time to answer, what they said or signed on paper."""
    found = SCHOOL.get(assessment.state, [])
    record = ON_PAPER.get(assessment.state)
    if record is None or not may_record(viewer, assessment):
        return found
    to_sign = assessment.state is AssessmentStatus.SIGNING
    return found if Recording(viewer, assessment, to_sign=to_sign).refusal else [record, *found]


def facts_of(assessment: Assessment) -> list[Fact]:
    """The latest version and what was said under it: what is sent, or taken back."""
    version, standing = latest_version(assessment), standing_of(assessment)
    sealed = f"{version.sealed_by.name}, {day(version.sealed_on)}"
    recommendation = standing.recommendation
    return [
        Fact("Report", f"{assessment}, version {version.number}"),
        Fact("Held on", day(assessment.held_on)),
        Fact("Sent for comments by", sealed),
        Fact("The ECT’s comments", _comments(standing)),
        *(Fact(upper_first(NAMED[role]), _signed(standing, role)) for role in ORDER),
        *([Fact("Recommendation", recommendation.get_outcome_display())] if recommendation else []),
        Fact("Fingerprint (SHA-256)", version.sha256),
    ]


def sendings_of(assessment: Assessment) -> list[Sending]:
    """When it was sent, the latest first."""
    sent = Sending.objects.filter(version__assessment=assessment).select_related("by", "version")
    return list(sent.order_by("-at"))


def last_return(assessment: Assessment) -> AssessmentResponse | None:
    """Why the body last returned it, and when."""
    returned = AssessmentResponse.objects.filter(version__assessment=assessment, outcome="returned")
    return returned.order_by("-at").first()


def _comments(standing: Standing) -> str:
    if standing.comment is None and standing.on_paper:
        return f"{comments_say(standing.on_paper)} {recorded_by(standing.on_paper)}"
    if standing.comment is None:
        return "Not given yet"
    return f"Given on {day(standing.comment.on)}" if standing.comment.text else "The ECT has none"


def _signed(standing: Standing, role: str) -> str:
    answer = standing.answers.get(role)
    if answer is None:
        return "Has not signed yet"
    if hasattr(answer, "on_paper"):
        return f"{signature_says(answer.on_paper)} {recorded_by(answer)}"
    did = "Signed" if answer.state is SignatureStatus.SIGNED else "Did not sign"
    return f"{did}: {answer.by.name}, {day(answer.on)}"
