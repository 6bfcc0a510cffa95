"""Two at one notice, in transactions of their own: everybody is told once, and the letter that counts is known."""

import pytest

from assessments import actions
from assessments.models import Notice
from assessments.outcome.notice_document import issued
from assessments.outcome.tell_notices import MAILER
from cases.rules.notices import Told
from notifications.models import Message
from tests.actions.test_deciding_at_once import at_once
from tests.support.noticing import decided, email

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_officers_who_tell_the_ect_one_does():
    case, decision = decided()
    given = {"on": decision.made_on, "decision": decision, "to": [Told.ECT], "addresses": {}}
    other = case.colleague()
    told = at_once(
        lambda: actions.email_notices(by=case.officer, **given), lambda: actions.email_notices(by=other, **given)
    )
    assert told == ["done", "told"]
    assert Notice.objects.get().letter == 1


def test_two_workers_make_and_mail_a_letter_once():
    case, decision = decided()
    given = {"by": case.officer, "on": decision.made_on, "decision": decision, "addresses": {}}
    [notice] = actions.email_notices(to=[Told.ECT], **given)

    def make():
        actions.issue_notice(by=MAILER, on=decision.made_on, notice_id=notice.pk)

    assert at_once(make, make) == ["done", "done"]
    assert Message.objects.filter(kind="decision_notice").count() == 1


def test_a_mail_that_two_workers_saw_accepted_counts_once():
    case, decision = decided()
    [notice] = email(case, decision, Told.ECT)
    told = {"by": MAILER, "on": decision.made_on, "notice_id": notice.pk, "attached": issued(notice).stored_id}
    lost = told | {"why": "The mail server refused the address (code 550)."}
    acts = (lambda: actions.notice_went_out(**told), lambda: actions.notice_came_back(**lost))
    assert at_once(*acts) == ["done", "done"]
    row = Notice.objects.get()
    assert (row.status, row.sent_on) in {("sent", decision.made_on), ("bounced", None)}
