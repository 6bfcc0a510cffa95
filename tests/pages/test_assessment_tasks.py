"""Who is asked for what at each step of an assessment, and who waits for whom."""

from dataclasses import replace

import pytest
from django.urls import reverse

from assessments import actions
from assessments.assessment_access import seen_versions, visible_assessments
from assessments.assessment_part import AssessmentsPart
from assessments.models import Assessment
from cases.access import visible_cases
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Permission, Role
from tests.factories import BodyPeriodFactory, viewer
from tests.support.assessing import LETTER, REPORT, SOUND, TODAY, cast, fresh

pytestmark = pytest.mark.django_db
PART = AssessmentsPart()
LOW = replace(SOUND, satisfactory=False, development="Plan for the whole class", surprise_reason="A new class")
UNSATISFACTORY = {"judged": REPORT.judged | {Standard.TS7: LOW}, "unsatisfactory": LETTER}
READS = frozenset({Permission.READ_ASSESSMENT})


@pytest.fixture
def case():
    return cast()


def tasks(viewer):
    return [task.says for task in PART.work(viewer).tasks]


def waits(viewer):
    return [task.says for task in PART.work(viewer).waits]


def everybody(case):
    return {"tutor": case.tutor, "head": case.head, "ect": case.ect, "officer": case.officer}


def asked(case):
    """By who, what each is asked; only who is asked something."""
    return {name: told for name, person in everybody(case).items() if (told := tasks(person))}


def test_each_step_asks_one_of_them(case):
    assessment = case.write()
    assert asked(case) == {"ect": ["Comment on the first formal assessment"]}
    case.comment(assessment)
    assert asked(case) == {"tutor": ["Sign the first formal assessment"]}
    case.sign(assessment, "induction_tutor")
    assert asked(case) == {"head": ["Sign the first formal assessment"]}
    case.sign(assessment, "headteacher")
    assert asked(case) == {"ect": ["Sign the first formal assessment"]}
    case.sign(assessment, "ect")
    assert asked(case) == {"tutor": ["Send the first formal assessment to the appropriate body"]}
    case.send(fresh(assessment))
    assert asked(case) == {"officer": ["Read the first formal assessment"]}


def test_the_rest_wait(case):
    case.write()
    waited = ["The ECT comments on the first formal assessment"]
    assert waits(case.tutor) == waits(case.head) == waited
    assert waits(case.ect) == waits(case.officer) == []


def test_the_school_and_the_ect_wait_for_the_body(case):
    sent = case.send(case.signed())
    waited = [f"{sent.body.name} answers the first formal assessment"]
    assert waits(case.tutor) == waits(case.head) == waits(case.ect) == waited
    (task,) = PART.board(case.officer)
    assert (task.says, task.case_id) == ("Read the first formal assessment", sent.induction_id)
    assert task.url == reverse("assessments:assessment", args=[sent.pk])
    assert not list(PART.board(case.tutor))


def test_what_comes_back_is_corrected_by_the_tutor(case):
    case.returned()
    assert asked(case) == {"tutor": ["Correct the first formal assessment"]}
    assert [task.state for task in PART.work(case.tutor).tasks] == ["Returned"]


def test_its_author_goes_on_with_it_too(case):
    case.returned(case.signed(by=case.head))
    assert tasks(case.head) == ["Correct the first formal assessment"]


def test_a_lead_acts_as_tutor_and_a_tutor_of_others_does_not(case):
    case.comment(case.write())
    lead = viewer(case.placement.school, Role.INDUCTION_LEAD, on=TODAY)
    other = viewer(case.placement.school, Role.INDUCTION_TUTOR, on=TODAY)
    assert tasks(lead) == ["Sign the first formal assessment"]
    assert tasks(other) == waits(other) == []


@pytest.mark.parametrize("role", [Role.MENTOR, Role.SCHOOL_ADMIN, Role.GOVERNOR])
def test_others_of_the_school_know_of_none(case, role):
    case.send(case.signed())
    person = viewer(case.placement.school, role, on=TODAY)
    assert tasks(person) == waits(person) == list(PART.board(person)) == []


def test_a_body_knows_of_none_before_it_was_sent_one(case):
    assessment = case.signed()
    assert not visible_assessments(case.officer).exists()
    case.send(assessment)
    assert visible_assessments(case.officer).get() == assessment


def test_a_body_reads_the_versions_that_it_was_sent(case):
    again = case.again(case.returned(), others_present="A governor")
    for person, numbers in ((case.officer, [1]), (case.tutor, [1, 2]), (case.ect, [1, 2])):
        assert [version.number for version in seen_versions(person, again)] == numbers
    case.send(case.sign(again, "induction_tutor"))
    assert [version.number for version in seen_versions(case.officer, fresh(again))] == [1, 2]


def test_another_body_knows_nothing(case):
    case.send(case.signed())
    period = BodyPeriodFactory()
    assert not visible_assessments(viewer(period.body, Role.BODY_OFFICER, user=period.officer, on=TODAY)).exists()


def test_the_case_tells_when_it_was_held_and_sent(case):
    sent = case.send(case.signed())
    induction = visible_cases(case.tutor).get()
    (entry,) = PART.timeline(induction, case.tutor, READS)
    (done,) = PART.happenings(induction, case.tutor, READS)
    assert (entry.on, entry.says) == (sent.held_on, "First formal assessment was held")
    assert (done.on, done.says) == (TODAY, "First formal assessment sent: 14 July 2026")
    assert list(PART.timeline(induction, case.tutor, frozenset())) == []
    assert list(PART.happenings(induction, case.tutor, frozenset())) == []


def test_a_general_report_says_what_the_last_one_found(case):
    assessment = case.signed(satisfactory=False, **UNSATISFACTORY)
    induction = visible_cases(case.tutor).get()
    assert PART.on_track(induction, case.tutor) is None
    case.send(assessment)
    assert PART.on_track(induction, case.tutor) == (False, assessment.held_on)


def test_one_that_was_not_sent_has_not_happened(case):
    case.write()
    induction = visible_cases(case.tutor).get()
    assert list(PART.happenings(induction, case.tutor, READS)) == []


def test_an_ect_who_was_asked_and_a_report_taken_back(case):
    assessment = case.write()
    actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=assessment, version=1)
    assert asked(case) == {"tutor": ["Correct the first formal assessment"]}
    assert Assessment.objects.get().turn == ""
