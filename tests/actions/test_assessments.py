"""Formal assessments: written, commented on, signed, sent, returned and corrected; recorded; told to the right people."""

import pytest

from tests.support.assessing import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return cast()


def test_the_whole_way(case):
    assessment = case.write()
    assert assessment.status == "commenting"
    assert case.comment(assessment).status == "signing"
    assert case.sign(assessment, "induction_tutor", "headteacher").status == "signing"
    assert case.sign(assessment, "ect").status == "signed"
    returned = case.returned(assessment)
    assert returned.status == "returned"
    again = case.again(returned, others_present="A governor")
    assert again.status == "signing"
    assert case.sign(again, "induction_tutor").status == "signed"
