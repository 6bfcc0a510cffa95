"""An unsatisfactory first assessment asks the headteacher for an observation from outside; its record meets that."""

from datetime import timedelta

import pytest
from django.db import transaction

from assessments import actions
from assessments.evidence_part import EvidencePart
from assessments.models import Observation
from assessments.observed import Plan, Written
from assessments.third_parties import ARRANGE, PLANNED, wanted_of
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import GRANTS, Permission, Role
from tests.factories import AppointmentFactory, UserFactory, viewer
from tests.support.assessing import START, TODAY, UNSATISFACTORY, cast

pytestmark = pytest.mark.django_db
RECORD = Written((Standard.TS7,), "A calm start", "Use the script")
READS = GRANTS[Role.HEADTEACHER]


@pytest.fixture
def case():
    return cast()


@pytest.fixture
def at_risk(case):
    case.sign(case.comment(case.write(**UNSATISFACTORY)), "induction_tutor", "headteacher")
    return case


def plan(days=3, **other):
    day = TODAY + timedelta(days=days)
    told = {"observer_name": "Amy Lowe", "observer_from": "A hub", "third_party": True} | other
    return Plan(day, day, "Year 9 mathematics", told.pop("observer", None), True, **told)


def tasks(person, kind="observations"):
    return [task for task in EvidencePart().tasks(person) if task.says in (ARRANGE, PLANNED)]


def share(case, days=0, **other):
    given = {"placement": case.placement, "plan": plan(days, **other), "written": RECORD}
    return actions.record_observation(by=case.tutor, on=TODAY, **given)


def wanted(case, may=READS):
    return wanted_of(case.head, case.placement.induction, may)


def test_it_is_the_headteachers_task_with_its_reason(at_risk):
    (task,) = tasks(at_risk.head)
    assert task.says == ARRANGE
    assert task.url == f"/cases/{at_risk.placement.induction_id}/observations/plan/?third-party"
    assert "signed on 14 July 2026 that progress was not satisfactory" in task.why
    assert task.why.endswith("(SG 5.4)")
    assert not tasks(at_risk.tutor)
    assert not tasks(at_risk.ect)


def test_nobody_is_asked_of_a_satisfactory_one(case):
    case.signed()
    assert not tasks(case.head)
    assert wanted(case) is None


def test_a_plan_does_not_meet_it_its_record_does(at_risk):
    given = {"by": at_risk.head, "on": TODAY, "placement": at_risk.placement}
    planned = actions.plan_observation(plan=plan(), **given)
    (task,) = tasks(at_risk.head)
    assert (task.says, task.url) == (PLANNED, f"/observations/{planned.pk}/")
    held = {"plan": plan(0), "written": RECORD, "version": None}
    actions.share_record(by=at_risk.tutor, on=planned.observed_on, observation=planned, **held)
    assert not tasks(at_risk.head)
    assert wanted(at_risk).met_on == TODAY


def test_another_observation_does_not_meet_it(at_risk):
    share(at_risk, third_party=False)
    assert len(tasks(at_risk.head)) == 1


def test_one_from_before_the_assessment_does_not_meet_it(at_risk):
    share(at_risk, days=-20)
    assert len(tasks(at_risk.head)) == 1


def test_it_falls_away_when_the_report_is_corrected(case):
    returned = case.returned(case.signed(**UNSATISFACTORY))
    case.comment(case.again(returned))
    assert not tasks(case.head)


def test_only_who_reads_the_assessment_is_told_why(at_risk):
    assert wanted(at_risk).asked.since == TODAY
    assert wanted(at_risk, READS - {Permission.READ_ASSESSMENT}) is None
    assert wanted_of(at_risk.officer, at_risk.placement.induction, GRANTS[Role.BODY_OFFICER]) is None, "not sent yet"


def test_a_school_that_has_let_the_ect_go_is_not_asked(at_risk):
    at_risk.placement.ends_on = TODAY - timedelta(days=1)
    at_risk.placement.save()
    assert not tasks(at_risk.head)


@pytest.mark.parametrize("kind", ["mentor", "induction_tutor"])
def test_who_supports_the_ect_is_no_third_party(case, kind):
    told = {"induction": case.placement.induction, "placement": case.placement, "school": case.placement.school}
    case.placement.appointments.all().delete()
    AppointmentFactory(kind=kind, user=UserFactory(name="Amy Lowe"), starts_on=START, **told)
    head = viewer(case.placement.school, Role.HEADTEACHER, on=TODAY)
    given = {"by": head, "on": TODAY, "placement": case.placement}
    for name in ("amy lowe", "Amy  Lowe"):
        with pytest.raises(RuleBroken, match="not the mentor or the induction tutor") as broken, transaction.atomic():
            actions.plan_observation(plan=plan(observer_name=name), **given)
        assert broken.value.field == "observer_name"


def test_a_third_party_says_where_they_work(case):
    given = {"by": case.head, "on": TODAY, "placement": case.placement}
    with pytest.raises(RuleBroken, match="from outside the ECT’s support team") as broken:
        actions.plan_observation(plan=plan(observer_from=" "), **given)
    assert broken.value.field == "observer_from"
    assert not Observation.objects.exists()
