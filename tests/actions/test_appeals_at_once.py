"""Two people at one appeal: in transactions of their own, one wins or both stand, and nothing is lost."""

from datetime import timedelta

import pytest

from assessments import actions
from assessments.actions import AppealConflict
from assessments.models import Appeal, AppealTime
from assessments.outcome.appeal_standing import standing_of
from cases.models import Clock, Deadline
from cases.rules.notices import Told
from cases.rules.outcomes import AppealOutcome
from tests.actions.test_deciding_at_once import at_once
from tests.support.appealing import DAY, WORKER, Appealing, appealable
from tests.support.noticing import decided

pytestmark = pytest.mark.django_db(transaction=True)


def told(act):
    """The conflict of appeals, as `at_once` counts it."""

    def one():
        try:
            act()
        except AppealConflict as conflict:
            raise actions.DecisionConflict(conflict.message) from conflict

    return one


def test_of_two_officers_who_record_an_appeal_one_does():
    case = appealable()
    assert at_once(told(case.lodge), told(lambda: case.lodge(grounds="Another"))) == ["done", "told"]
    assert Appeal.objects.count() == 1


def test_of_two_outcomes_one_stands():
    case = appealable()
    appeal = case.reply(case.lodge())
    allowed = told(lambda: case.decide(appeal, AppealOutcome.ALLOWED))
    dismissed = told(lambda: case.decide(appeal, AppealOutcome.DISMISSED))
    assert at_once(allowed, dismissed) == ["done", "told"]
    found, clock = Appeal.objects.get(), Clock.objects.get()
    assert clock.over_as == {"allowed": "Passed", "dismissed": "Failed"}[found.status]


def test_a_late_appeal_and_the_workers_night_never_leave_both():
    """Whichever comes first: while an appeal is pending nobody has failed."""
    case = appealable()
    on = case.until + DAY
    assert at_once(lambda: case.lodge(on=on, permitted_on=on), case.end_time) == ["done", "done"]
    assert (Clock.objects.get().over_as, Deadline.objects.filter(kind="dismissal").count()) == ("", 0)
    assert AppealTime.objects.count() <= 1


def test_two_workers_note_the_end_once():
    case = appealable()
    assert at_once(case.end_time, case.end_time) == ["done", "done"]
    assert AppealTime.objects.get().closed_on == case.until + DAY


def test_the_day_of_receipt_may_be_recorded_while_an_appeal_is():
    """A letter that was posted: the ECT appeals before the officer has entered when it came."""
    bench, decision = decided()
    on = decision.made_on + timedelta(days=5)
    given = {"by": bench.officer, "on": decision.made_on}
    letter = actions.prepare_letter(decision=decision, to=Told.ECT, address="1 High Street", **given)
    actions.record_posting(notice=letter, posted_on=decision.made_on, **given)
    case = Appealing(bench, decision, on)
    receipt = {"by": bench.officer, "on": on, "notice": letter, "received_on": on - timedelta(days=3)}
    assert at_once(lambda: actions.record_receipt(**receipt), case.lodge) == ["done", "done"]
    assert standing_of(decision).appeal.made_on == on
    due = Deadline.objects.get(kind="appeal")
    assert (due.closed_on, due.opened_on) == (on, decision.made_on)
    assert not actions.end_time_to_appeal(by=WORKER, on=on + timedelta(days=90), decision_id=decision.pk)
