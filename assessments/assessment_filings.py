"""What formal assessments put into the file that an appropriate body makes of a case: what it was sent, no more."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from cases.parts import Chapter, Filing, Paper, Section
from induction_portal.govuk.words import day

from .assessment_document import KIND
from .models import Assessment, AssessmentResponse, AssessmentVersion, Recommendation, Sending

ASSESSED = ("Assessment", "Version", "Held on", "School", "Sent on", "Where it stands")
ANSWERED = ("Of", "Answer", "On", "By", "Comments")
RECOMMENDED = ("Of", "Recommendation", "Length", "Reason", "By", "On")
UNSENT = (
    "Reports that were not sent to the appropriate body",
    "A report is the school’s and the ECT’s until it is signed by all and sent. What was taken back was never sent.",
)


def filings_of(rows: Sequence[Assessment]) -> list[Filing]:
    """Of assessments that the body was sent: where each stands, its document as sent, and what was recommended."""
    sent = list(Sending.objects.filter(version__assessment__in=rows).select_related("version"))
    on = {(s.version.assessment_id, s.version.number): s.on for s in sent}
    versions = [s.version_id for s in sent]
    held = [
        [str(row), str(row.sent), day(row.held_on), row.school.name, day(on.get((row.pk, row.sent))), row.state.label]
        for row in rows
    ]
    sections = [Section("Formal assessments", ASSESSED, held), _answers(versions)]
    papers = [_paper(row) for row in rows]
    recommended = Filing(Chapter.RECOMMENDATION, [_recommendations(versions)])
    return [Filing(Chapter.ASSESSMENTS, sections, papers, (UNSENT,)), recommended]


def _paper(row: Assessment) -> Paper:
    url = reverse("assessments:assessment", args=[row.pk])
    return Paper(KIND, row.pk, str(row), row.held_on, row.school.name, row.sent, url)


def _answers(versions: Sequence[UUID]) -> Section:
    found = AssessmentResponse.objects.filter(version__in=versions).select_related("version__assessment", "by")
    rows = [[_of(r.version), r.get_outcome_display(), day(r.on), r.by.name, r.comments] for r in found]
    return Section("The appropriate body’s answers", ANSWERED, rows)


def _recommendations(versions: Sequence[UUID]) -> Section:
    given = Recommendation.objects.filter(signature__version__in=versions)
    rows = [
        [
            _of(r.signature.version),
            r.get_outcome_display(),
            r.length,
            r.reason,
            r.signature.by.name,
            day(r.signature.on),
        ]
        for r in given.select_related("signature__version__assessment", "signature__by")
    ]
    return Section("The headteacher’s recommendation", RECOMMENDED, rows)


def _of(version: AssessmentVersion) -> str:
    return f"{version.assessment}, version {version.number}"
