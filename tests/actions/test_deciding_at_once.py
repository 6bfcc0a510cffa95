"""Two officers, or an officer and the school, at one case: in transactions of their own, one wins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections, transaction

from assessments import actions
from assessments.actions import DecisionConflict
from assessments.models import Assessment, Decision
from cases.models import BodyPolicy
from cases.rules.errors import RuleBroken
from tests.support.deciding import FAILS, PASSES, bench

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What becomes of each: "done", or "told" that somebody else was first."""
    start = Barrier(len(acts))

    def one(act):
        try:
            start.wait(10)
            with transaction.atomic():
                act()
        except (DecisionConflict, RuleBroken):
            return "told"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_of_two_officers_who_decide_one_does():
    case = bench()
    case.waive()
    other = case.colleague()
    assert at_once(lambda: case.decide(PASSES), lambda: case.decide(FAILS, by=other)) == ["done", "told"]
    assert Decision.objects.count() == 1


def test_of_two_second_officers_one_answers():
    case = bench()
    day = case.completed_on - timedelta(days=1)
    BodyPolicy.objects.create(
        organisation=case.officer.organisation, number=1, starts_on=day, set_on=day, second_officer=True
    )
    proposed, (one, other) = case.decide(), (case.colleague(), case.colleague())
    told = {"on": case.completed_on + timedelta(days=1), "decision": proposed}
    results = at_once(
        lambda: actions.approve_decision(by=one, **told),
        lambda: actions.return_decision(by=other, comments="Name the evidence", **told),
    )
    assert results == ["done", "told"]
    assert Decision.objects.get().status in {"passed", "returned"}


def test_a_decision_and_a_return_never_pass_each_other():
    """Whichever comes first: no report is with the school to be corrected that the body has decided on."""
    case = bench()
    other = case.colleague()
    told = {"on": case.completed_on, "assessment": case.report, "version": 1, "comments": "A line is wrong"}
    assert at_once(case.decide, lambda: actions.return_assessment(by=other, **told)) == ["done", "told"]
    decided = Decision.objects.filter(made_on__isnull=False).exists()
    assert Assessment.objects.get(pk=case.report.pk).status == ("accepted" if decided else "returned")
