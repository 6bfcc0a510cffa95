"""Two people at one visit or action of quality assurance: in transactions of their own, one wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from cases import actions
from cases.actions.versions import ChangedMeanwhile
from cases.models import FindingStep, QualityPick, QualityVisit
from cases.rules.errors import RuleBroken
from tests.support.quality import ON, assured

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What becomes of each: "done", or "told" that somebody else was first."""
    start = Barrier(len(acts))

    def one(act):
        try:
            start.wait(10)
            with transaction.atomic():
                act()
        except (ChangedMeanwhile, RuleBroken):
            return "told"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_two_people_at_one_thing():
    """Officers who draw, plan, share and close; a school that answers while the body closes. One database for all."""
    case = assured()
    _draw_twice(case)
    _plan_twice(case)
    _share_twice(case)
    _answer_and_close(case)


def _draw_twice(case):
    """Both draw, and nobody is drawn twice."""
    case.draw(1)
    assert at_once(lambda: case.draw(1, seed="one"), lambda: case.draw(1, seed="two")) == ["done", "done"]
    assert QualityPick.objects.values("induction").distinct().count() == 3


def _plan_twice(case):
    assert at_once(case.plan, case.plan) == ["done", "told"]
    assert QualityVisit.objects.count() == 1


def _share_twice(case):
    visit = case.record(QualityVisit.objects.get())

    def share():
        actions.share_quality_visit(by=case.officer, on=ON, visit=visit, version=visit.version)

    assert at_once(share, share) == ["done", "told"]


def _answer_and_close(case):
    """Whichever comes first: no action is closed on an answer that nobody has read."""
    told = {"on": ON, "finding": QualityVisit.objects.get().findings.get(), "version": 0}
    results = at_once(
        lambda: actions.answer_finding(by=case.head, text="It is done", **told),
        lambda: actions.rule_on_finding(by=case.officer, ruling="closed", text="", due_on=None, **told),
    )
    assert results == ["done", "told"]
    assert FindingStep.objects.count() == 1
