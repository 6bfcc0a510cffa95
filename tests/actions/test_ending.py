"""What a decision ends: the induction (R62), the clock, and the row for the national service (R25, R88)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessments.outcome.decision_papers import filings_of
from cases.frame import header
from cases.models import BodyPeriod, Clock, Deadline
from cases.national.outcomes import Decided, outcomes
from cases.parts import Chapter
from induction_portal.accounts.permissions import GRANTS, Role
from tests.support.deciding import EXTENDS, FAILS, PASSES, bench


@pytest.fixture
def case(db):
    return bench()


def periods(case):
    return BodyPeriod.objects.filter(induction=case.report.induction_id)


def test_a_pass_ends_the_induction_and_what_tells_of_it_still_falls_due(case):
    made = case.decide()
    known = Clock.objects.get(induction=made.induction_id)
    assert (known.over_on, known.over_as) == (made.made_on, "Passed")
    still_open = Deadline.objects.filter(induction=made.induction_id, is_open=True)
    assert set(still_open.values_list("kind", flat=True)) == {"decision_notice", "agency_told"}
    made.induction.refresh_from_db()
    assert header(case.cast.tutor, made.induction)["status"] == "Passed"


@pytest.mark.parametrize("ruling", [FAILS, EXTENDS], ids=["fail", "extend"])
def test_no_other_decision_ends_it_outwardly(case, ruling):
    case.waive()
    made = case.decide(ruling)
    assert not Clock.objects.get(induction=made.induction_id).over_as
    assert header(case.cast.tutor, made.induction)["status"] == "In progress"


def test_the_national_service_is_told_of_a_pass_at_the_end_of_the_full_period(case):
    assert outcomes(periods(case)) == {}
    case.decide()
    assert outcomes(periods(case)) == {periods(case).get().pk: Decided(passed=True, ended_on=case.completed_on)}


def test_a_fail_is_known_as_one_so_that_no_file_takes_it_for_a_release(case):
    case.waive()
    case.decide(FAILS)
    (told,) = outcomes(periods(case)).values()
    assert not told.passed


def test_an_extension_is_no_end_and_another_bodys_period_is_not_told_of(case):
    case.waive()
    case.decide(EXTENDS)
    assert outcomes(periods(case)) == {}


def test_of_two_periods_of_the_body_the_one_in_which_it_decided_is_told_of(case):
    period = periods(case).get()
    last = case.completed_on - timedelta(days=100)
    periods(case).update(ends_on=last)
    again = BodyPeriod.objects.get(pk=period.pk)
    again.pk, again.starts_on, again.ends_on = None, last + timedelta(days=1), None
    again._state.adding = True
    again.save()
    case.decide(PASSES)
    assert list(outcomes(periods(case))) == [again.pk]


def test_letters_and_decisions_are_filed_for_the_body_and_letters_not_for_the_school(case):
    case.write()
    made = case.decide(replace(PASSES, regard=True))
    for who, role, headings in (
        (case.officer, Role.BODY_OFFICER, ["Representations of the ECT", "Decisions"]),
        (case.cast.tutor, Role.INDUCTION_TUTOR, ["Decisions"]),
    ):
        (filing,) = filings_of(made.induction, who, GRANTS[role])
        assert filing.chapter is Chapter.DECISION
        assert [section.heading for section in filing.sections] == headings
        assert [paper.subject_id for paper in filing.papers] == [made.pk]
    assert filings_of(made.induction, case.officer, frozenset()) == []
