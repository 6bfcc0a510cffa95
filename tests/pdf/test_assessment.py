"""The document of a formal assessment: accessible, complete, and issued once."""

from fractions import Fraction

import pytest

from assessments import assessment_document
from assessments.actions import Recommends, issue_assessment, refuse_to_sign
from assessments.models import AssessmentVersion
from assessments.report import Judged, Source
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Recommended
from cases.rules.standards import Standard
from induction_portal.audit.models import AuditEvent
from induction_portal.documents.store import bytes_of
from tests.support.assessing import LETTER, REPORT, TODAY, cast
from tests.support.pdfs import assert_accessible
from tests.support.world_build import RENDERER

pytestmark = pytest.mark.django_db
LOW = Judged(False, "Two visits", "", "Settle the back row", "A new class since Easter")


@pytest.fixture
def case():
    return cast()


def issue(assessment):
    return issue_assessment(by=RENDERER, on=TODAY, assessment_id=assessment.pk)


def read(assessment):
    """The issued document, checked, and its words."""
    version = AssessmentVersion.objects.get(assessment=assessment, number=assessment.latest)
    title = str(assessment) if assessment.latest == 1 else f"{assessment}, version {assessment.latest}"
    reader = assert_accessible(bytes_of(assessment_document.issued(version)), title=title)
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_accessible_and_says_everything(case):
    says = "Progress review 1, held on 5 December 2025"
    source = Source("progress_review", str(case.placement.pk), says, Standard.TS7)
    told = {"judged": REPORT.judged | {Standard.TS7: LOW}, "satisfactory": False, "unsatisfactory": LETTER}
    signed = case.signed(sources=(source,), others_present="Ms O’Hara <mentor>", **told)
    issue(signed)
    _, words = read(signed)
    teacher, version = signed.induction.teacher, signed.versions.get()
    assert words.index("TS1: ") < words.index("TS8: ") < words.index("Part Two: ")
    for text in [
        "Progress is not satisfactory", teacher.name, teacher.trn, "Ms O’Hara <mentor>", "full-time terms",
        "Settle the back row", "A new class since Easter", says,
        *(standard.title.split()[-1] for standard in Standard), LETTER.consequences, "A fair picture",
        case.tutor.user.name, case.head.user.name, "Signed version 1", version.sha256, "/check/",
    ]:  # fmt: skip
        assert text in words, text


def test_its_headings_are_bookmarks(case):
    signed = case.signed()
    issue(signed)
    reader, _ = read(signed)
    names = [entry["/Title"] for entry in reader.outline[1] if isinstance(entry, dict)]
    assert names[:2] == ["Summary", "Teachers’ Standards"]
    assert names[-3:] == ["The ECT’s comments", "Signatures", "Check this document"]


def test_an_ect_who_did_not_sign_and_had_no_comments_is_told_as_such(case):
    row = case.sign(case.comment(case.write(), text=None), "induction_tutor", "headteacher")
    case.read(row, case.ect)
    given = {"assessment": row, "version": 1, "role": "ect", "reason": "I do not agree"}
    refuse_to_sign(by=case.ect, on=TODAY, **given)
    row.refresh_from_db()
    issue(row)
    _, words = read(row)
    assert "The ECT has no comments." in words
    assert "Did not sign: I do not agree" in words


def test_it_is_issued_once_for_each_version_signed_by_all(case):
    signed = case.signed()
    first, events = issue(signed), AuditEvent.objects.count()
    assert issue(signed).pk == first.pk
    assert AuditEvent.objects.count() == events
    assert first.fingerprint == signed.versions.get().sha256
    returned = case.returned(signed)
    again = case.again(returned, next_school="", others_present="The head of year")
    with pytest.raises(RuleBroken, match="signed by all"):
        issue(again)
    again = case.sign(again, "induction_tutor")
    assert issue(again).version == 2
    _, words = read(again)
    assert "Signed version 2" in words
    assert "Signed version 1" in words


def test_the_recommendation_of_a_final_one_is_on_it(case):
    recommends = Recommends(Recommended.EXTENSION, Fraction(3, 2), "Absent for most of the spring term")
    signed = case.final(recommends)
    issue(signed)
    _, words = read(signed)
    assert "The headteacher recommends: The induction period should be extended, by 1.5 full-time terms" in words
    assert "Absent for most of the spring term" in words
    assert "Progress is" not in words
