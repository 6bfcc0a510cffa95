"""Delivery: what is sent, to whom, how often, and how each refusal ends. The task's own code, a real mail server."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from cases.rules.statuses import MessageStatus as Status
from notifications import delivery, kinds
from notifications.models import Message
from notifications.tasks import deliver_messages
from tests.support.outbox import HIDDEN, TROUBLED
from tests.support.stubborn import stubborn_server

pytestmark = pytest.mark.django_db


def due_now() -> None:
    Message.objects.update(next_attempt_at=Now() - timedelta(seconds=1))


def attempted(status: Status, attempts: int) -> None:
    Message.objects.update(status=status.value, attempts=attempts, failure="Once more.")
    due_now()


def test_the_mail_says_little_and_links_to_the_rest(tell, tutor, mailbox, settings):
    settings.PORTAL_URL = "https://portal.example"
    tell()
    deliver_messages()
    [mail] = mailbox.messages
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    html = mail.get_body(("html",)).get_content()
    assert mail["Subject"] == "News from St Mary's & Co"
    assert (mail["To"], mail["From"]) == ("tutor@oakfield.example", settings.DEFAULT_FROM_EMAIL)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Dear Ruth O'Neill\n" in text
    assert 'It is "important" & short.' in text
    assert "\nhttps://portal.example/reviews/7/\n" in text
    assert "<p>It is &quot;important&quot; &amp; short.</p>" in html
    assert 'href="https://portal.example/reviews/7/"' in html
    assert "Dear Ruth O&#x27;Neill" in html
    assert 'lang="en-GB"' in html
    assert "<table" not in html


def test_sent_means_accepted_by_the_mail_server(tell, mailbox):
    tell()
    deliver_messages()
    message = Message.objects.get()
    assert (message.status, message.attempts, message.failure) == (Status.SENT, 1, "")
    assert message.sent_at is not None


def test_running_twice_sends_nothing_twice(tell, mailbox):
    tell()
    for _ in range(3):
        deliver_messages()
    assert len(mailbox.messages) == 1
    assert Message.objects.get().context["calls"] == "1"


def test_what_the_recipient_may_no_longer_see_is_not_sent(tell, mailbox):
    tell(subject_id=HIDDEN)
    deliver_messages()
    assert mailbox.messages == []
    assert Message.objects.get().status == Status.WITHDRAWN


def test_somebody_who_has_left_is_not_told(tell, tutor, mailbox):
    tell()
    tutor.is_active = False
    tutor.save()
    deliver_messages()
    assert mailbox.messages == []
    assert Message.objects.get().status == Status.WITHDRAWN


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ({"to_address": "550 No such mailbox"}, "The mail server refused the address (code 550)."),
        ({"to_message": "554 Rejected"}, "The mail server refused the message (code 554)."),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(tell, settings, answers, failure):
    tell()
    with stubborn_server(settings, **answers):
        deliver_messages()
        due_now()
        deliver_messages()
    message = Message.objects.get()
    assert (message.status, message.attempts, message.failure) == (Status.ABANDONED, 1, failure)


def test_an_address_that_cannot_be_written_is_not_tried_again(tell, tutor, mailbox):
    tutor.email = "tutor@oakfield..example\nBcc: all@example.com"
    tutor.save()
    tell()
    deliver_messages()
    assert Message.objects.get().status == Status.ABANDONED
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ({"to_address": "450 Greylisted"}, "The mail server put the address off (code 450)."),
        ({"to_message": "452 Full"}, "The mail server put the message off (code 452)."),
    ],
)
def test_a_refusal_for_now_is_tried_again_later(tell, settings, mailbox, answers, failure):
    tell()
    good = settings.EMAIL_HOST, settings.EMAIL_PORT
    with stubborn_server(settings, **answers):
        deliver_messages()
        deliver_messages()
    message = Message.objects.get()
    assert (message.status, message.attempts, message.failure) == (Status.FAILED, 1, failure)
    assert not Message.objects.waiting().exists()
    due_now()
    settings.EMAIL_HOST, settings.EMAIL_PORT = good
    deliver_messages()
    assert Message.objects.get().status == Status.SENT
    assert len(mailbox.messages) == 1


def test_a_mail_server_that_is_away_costs_no_message_an_attempt(tell, settings, mailbox):
    for _ in range(3):
        tell()
    good, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for _ in range(delivery.MOST_TRIES + 2):
        deliver_messages()
        due_now()
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    assert "The mail server could not be used (ConnectionRefusedError)." in Message.objects.values_list(
        "failure", flat=1
    )
    settings.EMAIL_PORT = good
    deliver_messages()
    assert len(mailbox.messages) == 3


def test_each_wait_is_longer_and_the_fifth_try_is_the_last(tell, settings):
    tell()
    waits = []
    with stubborn_server(settings, to_message="451 Try later"):
        for _ in delivery.BACKOFF:
            deliver_messages()
            waits.append(Message.objects.annotate(now=Now()).get())
            due_now()
        deliver_messages()
        due_now()
        deliver_messages()
    lengths = [round((message.next_attempt_at - message.now).total_seconds() / 60) for message in waits]
    assert lengths == [5, 60, 360, 1440]
    message = Message.objects.get()
    assert (message.status, message.attempts) == (Status.ABANDONED, 5)
    assert message.failure == "The mail server put the message off (code 451)."


def test_a_server_that_hangs_up_over_one_message_is_left_alone_for_now_and_the_message_is_counted(tell, settings):
    for _ in range(2):
        tell()
    with stubborn_server(settings, to_message="421 Closing"):
        deliver_messages()
    assert sorted(Message.objects.values_list("attempts", flat=True)) in ([0, 1], [1, 1])


def test_a_message_that_kills_its_worker_each_time_is_given_up(tell, mailbox):
    tell()
    attempted(Status.SENDING, delivery.MOST_TRIES)
    deliver_messages()
    assert mailbox.messages == []
    assert Message.objects.get().status == Status.ABANDONED


def test_a_message_held_by_a_dead_worker_is_taken_over_with_the_same_identity(tell, mailbox):
    tell()
    first = delivery.claim()
    assert delivery.claim() is None
    due_now()
    deliver_messages()
    [mail] = mailbox.messages
    assert mail["Message-ID"] == first.message_id
    delivery._settle(first, Status.ABANDONED, failure="Too late.")
    assert Message.objects.get().status == Status.SENT


def test_a_fault_in_one_message_does_not_hold_up_the_next(tell, mailbox, caplog):
    tell()
    Message.objects.update(kind="forgotten")
    tell()
    deliver_messages()
    assert len(mailbox.messages) == 1
    assert list(Message.objects.order_by("pk").values_list("status", flat=True)) == [Status.FAILED, Status.SENT]
    assert "could not be prepared" in caplog.text


def test_the_owner_is_told_once_and_again_only_if_that_failed(tell, mailbox, caplog):
    tell(subject_id=TROUBLED)
    deliver_messages()
    message = Message.objects.get()
    assert (message.status, message.owner_told, message.context) == (Status.SENT, False, {"school": "St Mary's & Co"})
    assert "could not be told" in caplog.text
    Message.objects.update(subject_id=message.recipient_id)
    for _ in range(2):
        deliver_messages()
    message.refresh_from_db()
    assert (message.owner_told, message.context["calls"]) == (True, "1")
    assert len(mailbox.messages) == 1


def test_a_kind_without_an_owner_needs_no_telling(tell, mailbox, monkeypatch):
    monkeypatch.setitem(kinds._kinds, "told", replace(kinds.get("told"), on_sent=None))
    tell()
    deliver_messages()
    assert Message.objects.get().owner_told


def test_more_than_one_share_is_left_for_the_next_task(tell, mailbox):
    for number in range(3):
        tell(once=str(number))
    assert delivery.deliver_waiting(limit=2)
    assert not delivery.deliver_waiting(limit=2)
    assert len(mailbox.messages) == 3


def test_the_message_id_is_stable_and_each_message_has_its_own(tell):
    tell()
    tell()
    first, second = Message.objects.order_by("pk")
    assert first.message_id == Message.objects.get(pk=first.pk).message_id != second.message_id


def test_an_owner_whom_another_worker_told_meanwhile_is_not_told_again(tell, mailbox):
    tell()
    deliver_messages()
    delivery._tell_owner(Message.objects.get())
    assert Message.objects.get().context["calls"] == "1"
