"""Two people at one assessment, in transactions of their own; and which of them have a document to be issued."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from assessments import actions
from assessments.actions import AssessmentConflict
from assessments.assessment_document import filename, issued, without_document
from assessments.models import Assessment, AssessmentVersion, Signature
from cases.rules.errors import RuleBroken
from induction_portal.accounts.viewer import System
from tests.support.assessing import TODAY, cast, fresh

RENDERER = System("document renderer")


def at_once(*acts):
    """What becomes of each: "done", or "told" that somebody else was first."""
    start = Barrier(len(acts))

    def one(act):
        try:
            start.wait(10)
            with transaction.atomic():
                act()
        except (AssessmentConflict, RuleBroken):
            return "told"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_report_the_second_is_told():
    case = cast()
    assert at_once(lambda: case.write(by=case.tutor), lambda: case.write(by=case.head)) == ["done", "told"]
    assert (Assessment.objects.count(), AssessmentVersion.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_it_the_second_is_told():
    case = cast()
    returned = case.returned()
    acts = [lambda text=text: case.again(returned, strengths=text) for text in ("Explains well", "Plans well")]
    assert at_once(*acts) == ["done", "told"]
    assert fresh(returned).latest == 2


@pytest.mark.django_db(transaction=True)
def test_a_signature_and_a_correction_never_pass_each_other():
    """Whichever comes first: no signature stands under a version that its signatory did not see."""
    case = cast()
    row = case.comment(case.write())
    case.read(row, case.tutor)
    told = {"on": TODAY, "assessment": row, "version": 1}
    results = at_once(
        lambda: actions.sign(by=case.tutor, role="induction_tutor", **told),
        lambda: actions.withdraw_assessment(by=case.head, **told),
    )
    assert fresh(row).status == "draft"
    assert Signature.objects.count() == results.count("done") - 1


@pytest.mark.django_db
def test_a_document_is_issued_of_what_everybody_has_signed():
    case = cast()
    row = case.comment(case.write())
    with pytest.raises(RuleBroken, match="once it is signed by all"):
        actions.issue_assessment(by=RENDERER, on=TODAY, assessment_id=row.pk)
    assert not without_document()
    case.sign(row, "induction_tutor", "headteacher", "ect")
    assert list(without_document()) == [row.pk]
    assert issued(row.versions.get()) is None
    teacher = case.placement.induction.teacher
    assert filename(row) == f"first-assessment-{'-'.join(teacher.sort_name.split())}.pdf"
