"""A notice as a document: accessible, complete, what the law prescribes in it whatever a body writes."""

import pytest

from assessments import actions
from cases.rules.notices import Told
from induction_portal.documents.check import answer_to
from induction_portal.documents.store import bytes_of
from tests.support.deciding import EXTENDS, FAILS, PASSES
from tests.support.noticing import decided, email, make
from tests.support.pdfs import assert_accessible

pytestmark = pytest.mark.django_db
TITLE = "Notice of a decision on statutory induction"


def read(notice):
    reader = assert_accessible(bytes_of(make(notice)), title=TITLE)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    ("ruling", "says", "law"),
    [
        (PASSES, "have satisfactorily completed an induction period", ""),
        (EXTENDS, "to extend your induction period by 1.5 full-time terms", "Cheylesmore House"),
        (FAILS, "have failed satisfactorily to complete an induction period", "cannot be employed as a teacher"),
    ],
    ids=["pass", "extend", "fail"],
)
def test_it_is_accessible_and_says_everything(ruling, says, law):
    case, decision = decided(ruling)
    [notice] = email(case, decision, Told.ECT)
    words = read(notice)
    teacher = decision.induction.teacher
    for text in (f"Dear {teacher.name}", says, law, ruling.reasons, case.officer.user.name, notice.sha256[:20]):
        assert text in words, text
    assert teacher.trn not in words


def test_a_letter_for_the_post_bears_the_address():
    case, decision = decided()
    given = {"by": case.officer, "on": decision.made_on, "decision": decision}
    notice = actions.prepare_letter(to=Told.AGENCY, address="5 Quinton Road\nCoventry", **given)
    assert "Teaching Regulation Agency 5 Quinton Road Coventry" in read(notice)


def test_it_can_be_checked():
    case, decision = decided()
    [notice] = email(case, decision, Told.ECT)
    answer = answer_to({"digest": make(notice).stored_id, "file": None, "fingerprint": ""})
    assert (answer.kind, answer.has_newer) == ("Notice of a decision", False)
