"""The headteacher's letter as a document: accessible, complete, fit to file, and issued once."""

import pytest

from assessments import letter_document
from assessments.actions import issue_letter
from assessments.models import HeadLetter
from assessments.report import Unsatisfactory
from induction_portal.audit.models import AuditEvent
from induction_portal.documents.check import answer_to
from induction_portal.documents.store import bytes_of
from tests.support.assessing import LETTER, TODAY, UNSATISFACTORY, cast
from tests.support.pdfs import assert_accessible
from tests.support.world_build import RENDERER

pytestmark = pytest.mark.django_db
TITLE = "Headteacher’s letter about your first formal assessment"
# No body or school may put other words in the place of these (ADR 0074).
LOCKED = [
    "This assessment does not decide the outcome of your induction.",
    "you can make written representations to the appropriate body",
    "right of appeal against an extension or a failure, to the Teaching Regulation Agency",
    "Induction can be served only once.",
    "cannot be employed as a teacher in a relevant school in England",
    "They keep their qualified teacher status",
    "Education (Induction Arrangements for School Teachers) (England) Regulations 2012",
]


@pytest.fixture
def case():
    return cast()


def write(case, **changes):
    case.sign(case.comment(case.write(**UNSATISFACTORY | changes)), "induction_tutor", "headteacher")
    return HeadLetter.objects.with_report().get()


def issue(letter):
    return issue_letter(by=RENDERER, on=TODAY, letter_id=letter.pk)


def read(issued):
    reader = assert_accessible(bytes_of(issued), title=TITLE)
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_is_accessible_and_says_everything(case):
    told = {name: f"{getattr(LETTER, name)}, O’Hara <{name}>" for name in Unsatisfactory.__slots__}
    letter = write(case, unsatisfactory=Unsatisfactory(**told))
    _, words = read(issue(letter))
    teacher, version = case.placement.induction.teacher, letter.signature.version
    for text in [
        f"Dear {teacher.name}", case.placement.school.name, "14 July 2026", "held on 10 July 2026",
        version.assessment.body.name, case.head.user.name, "Headteacher", *told.values(), *LOCKED, version.sha256,
    ]:  # fmt: skip
        assert text in words, text
    assert teacher.trn not in words


def test_its_headings_are_bookmarks(case):
    reader, _ = read(issue(write(case)))
    names = [entry["/Title"] for entry in reader.outline[1] if isinstance(entry, dict)]
    assert names == [
        "Why your progress is not satisfactory",
        "The evidence for this",
        "Your objectives",
        "The support you will have",
        "The plan for the next period",
        "What follows if there is too little improvement",
        "What the law says",
        "What you can do",
        "Check this document",
    ]


def test_it_is_issued_once_and_the_check_page_knows_it(case):
    letter = write(case)
    first, events = issue(letter), AuditEvent.objects.count()
    assert issue(letter).pk == first.pk
    assert AuditEvent.objects.count() == events
    answer = answer_to({"digest": first.stored_id, "file": None, "fingerprint": ""})
    assert (answer.kind, answer.has_newer) == ("Headteacher’s letter", False)
    name = "-".join(case.placement.induction.teacher.sort_name.split())
    assert first.filename == f"headteachers-letter-first-assessment-{name}.pdf"


def test_a_later_letter_about_the_same_report_is_its_newer_version(case):
    letter = write(case)
    first = issue(letter)
    signed = case.sign(letter.signature.version.assessment, "ect")
    again = case.comment(case.again(case.returned(signed), strengths="Knows every pupil", **UNSATISFACTORY))
    case.sign(again, "induction_tutor", "headteacher")
    second = issue(HeadLetter.objects.with_report().standing().get())
    assert (second.subject_id, second.version) == (first.subject_id, 2)
    answer = answer_to({"digest": first.stored_id, "file": None, "fingerprint": ""})
    assert answer.has_newer is True
    assert letter_document.issued(letter) == first
