"""A notice through the mail server: the letter in its stored bytes, to both addresses, and one that is refused."""

import pytest

from assessments.models import Notice
from assessments.outcome.notice_document import issued
from cases.models import Deadline
from cases.rules.deadlines import due_on
from cases.rules.notices import Told
from induction_portal import clock
from induction_portal.accounts.models import PersonalEmail
from induction_portal.documents.store import bytes_of
from notifications.bounces import Report, take
from notifications.models import Message, Undelivered
from notifications.tasks import deliver_messages
from tests.factories import PersonalEmailFactory
from tests.support.noticing import decided, email
from tests.support.stubborn import stubborn_server

pytestmark = pytest.mark.django_db


def only_notices():
    Message.objects.exclude(kind__startswith="decision_notice").delete()


def test_it_carries_the_letter_as_it_is_kept(mailbox):
    case, decision = decided()
    user = case.cast.ect.user
    PersonalEmailFactory(user=user, email="me@home.example", verified_at=clock.now())
    assert PersonalEmail.objects.filter(user=user).exists()
    ect, agency = email(case, decision, Told.ECT, Told.AGENCY)
    only_notices()
    deliver_messages()
    [mail] = mailbox.to("me@home.example")
    assert mailbox.to(user.email) == [mail]
    [letter] = list(mail.iter_attachments())
    assert letter.get_content() == bytes_of(issued(ect))
    assert letter.get_content_type() == "application/pdf"
    text = mail.get_body(("plain",)).get_content()
    for secret in (decision.reasons, "fail", decision.induction.teacher.trn):
        assert secret not in text
    ect.refresh_from_db()
    assert (ect.status, ect.sent_on) == ("sent", clock.today())
    assert Deadline.objects.get(kind="appeal").due_on == due_on("D14", clock.today())
    [other] = mailbox.to("appeals@agency.example")
    assert "Dear Teaching Regulation Agency" in other.get_body(("plain",)).get_content()
    assert "sign in" not in other.get_body(("plain",)).get_content()
    agency.refresh_from_db()
    assert agency.status == "sent"


def test_a_refused_address_is_told_to_the_body(settings):
    case, decision = decided()
    [notice] = email(case, decision, Told.EMPLOYER)
    only_notices()
    with stubborn_server(settings, to_address="550 No such mailbox"):
        deliver_messages()
    notice = Notice.objects.get(pk=notice.pk)
    assert (notice.status, notice.failure) == ("bounced", "The mail server refused the address (code 550).")
    assert Message.objects.filter(kind="notice_bounced", recipient=case.officer.user).exists()
    assert Deadline.objects.get(kind="decision_notice").is_open
    assert not Message.objects.filter(status="abandoned", owner_told=False).exists()


def test_a_headteacher_who_has_left_is_told_to_the_body(mailbox):
    case, decision = decided()
    [notice] = email(case, decision, Told.HEADTEACHER)
    only_notices()
    head = case.cast.head.user
    head.is_active = False
    head.save()
    deliver_messages()
    notice.refresh_from_db()
    assert notice.status == "bounced"
    assert "has left" in notice.failure
    assert mailbox.messages == []


def went_and_came_back(*, home: str = ""):
    """The notice to an ECT, accepted by the mail server, and the report that it did not reach their first address."""
    case, decision = decided()
    user = case.cast.ect.user
    if home:
        PersonalEmailFactory(user=user, email=home, verified_at=clock.now())
    [notice] = email(case, decision, Told.ECT)
    only_notices()
    deliver_messages()
    assert Deadline.objects.filter(kind="appeal").exists()
    message = Message.objects.get(kind="decision_notice")
    assert take(Report(message.message_id, user.email, "5.1.1"))
    deliver_messages()
    assert Undelivered.objects.get(recipient=user).organisation_id == decision.body_id
    return case, Notice.objects.get(pk=notice.pk)


def test_one_that_came_back_has_to_be_sent_again_and_no_time_to_appeal_runs(mailbox):
    case, notice = went_and_came_back()
    assert (notice.status, notice.sent_on, notice.failure) == ("bounced", None, "The mail came back (code 5.1.1).")
    assert not Deadline.objects.filter(kind="appeal").exists()
    assert Message.objects.filter(kind="notice_bounced", recipient=case.officer.user).exists()


def test_one_that_went_to_a_personal_address_as_well_has_gone_out(mailbox):
    _, notice = went_and_came_back(home="me@home.example")
    assert notice.status == "sent"
    assert Deadline.objects.filter(kind="appeal").exists()
