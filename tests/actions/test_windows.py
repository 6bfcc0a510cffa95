"""Setting a submission window moves what is due and has its cases reckoned; D31 is closed by hand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections

from cases.actions import record_given_report, set_window
from cases.actions.windows import windows_version
from cases.deadlines import PROGRESS_REVIEW, next_review
from cases.models import Deadline, GivenReport, Induction, SubmissionWindow
from cases.reckon import reckon, reckon_batch
from cases.rules.errors import RuleBroken
from cases.stored import stored_dates
from induction_portal import clock
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from tests.factories import (
    BodyFactory,
    BodyPeriodFactory,
    InductionFactory,
    PlacementFactory,
    SchoolFactory,
    WorkingPatternFactory,
)

BY, TODAY = System("tests"), date(2026, 11, 18)
TERM = (2026, "autumn")
OPENS, DUE = date(2026, 11, 23), date(2026, 12, 11)
STARTED = date(2026, 9, 1)


def put(body, *, opens_on=OPENS, due_on=DUE, term=TERM, version=None):
    version = windows_version(body) if version is None else version
    return set_window(by=BY, on=TODAY, body=body, term=term, opens_on=opens_on, due_on=due_on, version=version)


def served(body, starts_on=STARTED, **period):
    """An ECT, full time from a day, with a body."""
    case = InductionFactory()
    placement = PlacementFactory(induction=case, starts_on=starts_on)
    WorkingPatternFactory(placement=placement)
    BodyPeriodFactory(induction=case, body=body, starts_on=starts_on, **period)
    reckon(case)
    return case


def first_review(case):
    return case.deadlines.get(kind=PROGRESS_REVIEW, number=1)


@pytest.mark.django_db
def test_a_window_brings_forward_what_is_due_and_says_why(settings):
    body = BodyFactory(name="Northern Hub")
    case = served(body)
    before = first_review(case)
    told = stored_dates(Induction.objects.get(pk=case.pk))["events"]
    assert (before.due_on, before.nominal_on) == (date(2026, 12, 18), None)
    put(body)
    assert Induction.objects.get(pk=case.pk).stale
    reckon_batch()
    after = first_review(case)
    assert (after.due_on, after.nominal_on, after.own_day) == (DUE, before.due_on, before.due_on)
    assert (after.rule, after.source) == ("R52", "SG 2.54")
    assert "Northern Hub" in after.why
    assert "18 December 2026" in after.why
    fresh = Induction.objects.get(pk=case.pk)
    assert stored_dates(fresh)["events"] == told, "the calculator knows no window"
    second = fresh.deadlines.get(kind=PROGRESS_REVIEW, number=2)
    assert second.nominal_on is None


@pytest.mark.django_db
def test_a_window_changes_nothing_about_when_a_review_may_be_logged():
    body = BodyFactory()
    case = served(body)
    opens = next_review(case).opens_on
    put(body)
    reckon_batch()
    first_review(case)
    Deadline.objects.filter(induction=case, number=1).update(closed_on=TODAY)
    waiting = next_review(Induction.objects.get(pk=case.pk))
    assert waiting.number == 2
    assert waiting.opens_on == date(2026, 12, 19), "the day after the first one's own day, not after the window"
    assert opens < waiting.opens_on


@pytest.mark.django_db
def test_a_mid_term_starters_own_day_holds_where_it_comes_first():
    body = BodyFactory()
    case = served(body, starts_on=date(2026, 3, 2))
    own = [d.due_on for d in case.deadlines.filter(kind=PROGRESS_REVIEW)]
    put(body)
    reckon_batch()
    autumn = [day for day in own if STARTED <= day <= date(2026, 12, 31)]
    assert autumn
    assert autumn[0] < DUE
    assert [d.due_on for d in case.deadlines.filter(kind=PROGRESS_REVIEW)] == own


@pytest.mark.django_db
def test_only_the_body_responsible_on_the_day_asks():
    old, new = BodyFactory(), BodyFactory()
    case = served(old, ends_on=date(2026, 11, 30))
    BodyPeriodFactory(induction=case, body=new, starts_on=date(2026, 12, 1))
    put(old)
    reckon_batch()
    assert first_review(case).nominal_on is None
    put(new, due_on=date(2026, 12, 14))
    reckon_batch()
    assert first_review(case).due_on == date(2026, 12, 14)


@pytest.mark.django_db
def test_taking_a_window_back_restores_the_days():
    body = BodyFactory()
    case = served(body)
    put(body)
    reckon_batch()
    assert put(body, opens_on=None, due_on=None) is None
    reckon_batch()
    assert first_review(case).due_on == date(2026, 12, 18)
    assert not SubmissionWindow.objects.exists()
    assert AuditEvent.objects.filter(chain=f"organisation:{body.pk}", event=Event.WINDOW_SET).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "says", "field"),
    [
        ({"due_on": None}, "last day", "due_on"),
        ({"opens_on": None}, "window opens", "opens_on"),
        ({"opens_on": None, "due_on": None}, "Nothing was changed", None),
        ({"due_on": date(2026, 11, 22)}, "on or after", "due_on"),
        ({"version": 7}, "Somebody else", None),
    ],
)
def test_what_cannot_be_set(changes, says, field):
    with pytest.raises(RuleBroken, match=says) as broken:
        put(BodyFactory(), **changes)
    assert broken.value.field == field
    assert not SubmissionWindow.objects.exists()


@pytest.mark.django_db
def test_a_body_that_has_let_a_case_go_leaves_it_alone():
    body = BodyFactory()
    gone, here = served(body, starts_on=date(2025, 9, 1), ends_on=date(2026, 7, 31)), served(body)
    put(body)
    stale = set(Induction.objects.filter(stale=True))
    assert here in stale
    assert gone not in stale


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once():
    """Both looked at no window: one sets theirs, the other is told."""
    body, together = BodyFactory(), Barrier(2)

    def send(due_on):
        try:
            together.wait()
            put(Organisation.objects.get(pk=body.pk), due_on=due_on, version=seen)
            return "set"
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()

    seen = windows_version(body)
    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(send, (DUE, DUE + timedelta(days=1))))
    assert [each.partition(" has")[0] for each in said] == ["Somebody else", "set"]
    assert SubmissionWindow.objects.count() == 1


@pytest.mark.django_db
def test_a_report_is_recorded_once():
    school = SchoolFactory()
    given = record_given_report(by=BY, on=TODAY, school=school, term=TERM, given_on=TODAY)
    assert given.key == TERM
    with pytest.raises(RuleBroken, match="recorded already") as broken:
        record_given_report(by=BY, on=TODAY, school=school, term=TERM, given_on=TODAY)
    assert broken.value.field == "term"
    record_given_report(by=BY, on=TODAY, school=SchoolFactory(), term=TERM, given_on=TODAY)
    assert GivenReport.objects.count() == 2
    assert AuditEvent.objects.filter(event=Event.GENERAL_REPORT_GIVEN).count() == 2


@pytest.mark.django_db
def test_a_report_is_not_given_tomorrow():
    with pytest.raises(RuleBroken, match="today or in the past") as broken:
        record_given_report(
            by=BY, on=TODAY, school=SchoolFactory(), term=TERM, given_on=clock.today() + timedelta(days=4000)
        )
    assert broken.value.field == "given_on"
