"""The page of the headteacher's letter, what the page of the assessment says of it, and the tasks it makes."""

import pytest
from django.urls import reverse

from assessments import actions
from assessments.assessment_part import AssessmentsPart
from assessments.models import HeadLetter, LetterAcknowledgement
from cases.own_record import OwnRecord
from induction_portal.accounts.permissions import GRANTS, Role
from induction_portal.accounts.viewer import System
from tests.support.assessing import TODAY, UNSATISFACTORY, cast
from tests.support.visitors import Visitor, text_of

RENDERER = System("document renderer")


def page(world, key="oak"):
    return reverse("assessments:letter", args=[world.letters[key].id])


def visitor(world, who):
    return Visitor(world.people[who])


def words(world, who, key="oak"):
    return text_of(visitor(world, who).get(page(world, key)))


def test_the_ect_reads_it_and_acknowledges_it(world):
    ect = visitor(world, "ect@oak")
    shown = ect.get(page(world))
    assert "Acknowledging says that you have the letter, not that you agree with it." in text_of(shown)
    address = reverse("assessments:letter_acknowledgement", args=[world.letters["oak"].id])
    answer = ect.post(address)
    assert (answer.status_code, answer["Location"]) == (302, page(world))
    assert LetterAcknowledgement.objects.filter(letter=world.letters["oak"].id).count() == 1
    after = ect.get(page(world))
    assert "Acknowledge the letter" not in text_of(after)
    assert "acknowledged the letter on" in text_of(after)


@pytest.mark.parametrize("who", ["induction_tutor@oak", "headteacher@oak", "body_officer@north"])
def test_others_read_whether_it_was_acknowledged(world, who):
    told = words(world, who)
    assert "The ECT has not acknowledged the letter yet. Nothing waits for that." in told
    assert "Acknowledge the letter" not in told
    assert "What the law says" in told


def test_the_ect_sees_who_has_opened_it(world):
    words(world, "headteacher@oak")
    told = text_of(visitor(world, "ect@oak").get(reverse("cases:access", args=[world.cases["oak"].id])))
    assert "A headteacher’s letter" in told


def test_who_was_handed_the_report_reads_its_letter(world):
    assert "acknowledged the letter on" in words(world, "induction_tutor@harbour", "moved")


@pytest.mark.parametrize("who", ["ect@oak", "induction_tutor@oak", "body_officer@north"])
def test_the_page_of_the_assessment_tells_of_it(world, who):
    shown = visitor(world, who).get(reverse("assessments:assessment", args=[world.assessments["oak"].id]))
    assert "Read the headteacher’s letter" in text_of(shown)
    assert "The ECT has not acknowledged it yet." in text_of(shown)


def test_an_assessment_without_one_says_nothing_of_it(world):
    shown = visitor(world, "ect@elm").get(reverse("assessments:assessment", args=[world.assessments["elm"].id]))
    assert "headteacher’s letter" not in text_of(shown).lower()


def test_the_document_is_made_while_one_waits_and_then_served(world):
    ect, address = visitor(world, "ect@oak"), reverse("assessments:letter_document", args=[world.letters["oak"].id])
    waiting = ect.get(address)
    assert (waiting.status_code, "This takes a few seconds." in text_of(waiting)) == (202, True)
    actions.issue_letter(by=RENDERER, on=world.today, letter_id=world.letters["oak"].id)
    served = ect.get(address)
    assert (served.status_code, served["Content-Type"]) == (200, "application/pdf")
    assert served.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_it_is_a_task_of_the_ect_which_the_school_waits_for_and_no_more():
    case, part = cast(), AssessmentsPart()
    case.sign(case.comment(case.write(**UNSATISFACTORY)), "induction_tutor", "headteacher")
    says = "cknowledge the headteacher’s letter about the first formal assessment"
    (task,) = [each for each in part.work(case.ect).tasks if says in each.says]
    assert (task.on, task.is_due, task.case_id) == (TODAY, False, case.placement.induction_id)
    waited = "The ECT acknowledges the headteacher’s letter about the first formal assessment"
    assert waited in [each.says for each in part.work(case.tutor).waits]
    assert waited in [each.says for each in part.work(case.head).waits]
    actions.acknowledge_letter(by=case.ect, on=TODAY, letter=HeadLetter.objects.with_report().get())
    assert not [each for each in part.work(case.ect).tasks if says in each.says]
    assert waited not in [each.says for each in part.work(case.tutor).waits]


@pytest.mark.django_db
def test_the_ect_takes_it_along():
    case = cast()
    case.sign(case.comment(case.write(**UNSATISFACTORY)), "induction_tutor", "headteacher")
    letter = HeadLetter.objects.with_report().get()
    actions.acknowledge_letter(by=case.ect, on=TODAY, letter=letter)
    actions.issue_letter(by=RENDERER, on=TODAY, letter_id=letter.pk)
    record = OwnRecord(case.ect, GRANTS[Role.ECT], case.placement.induction)
    (filed,) = [each for each in record.filed if each.paper.kind == "head_letter"]
    assert filed.is_ready
    assert filed.paper.title == "Headteacher’s letter: First formal assessment"
    (said,) = [each for each in record.sections() if each.heading == "What you said of assessments"]
    assert said.rows[-1][-1] == "You acknowledged the headteacher’s letter"
