"""Telling people: what is written, what is refused, and what is said once."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.rules.statuses import MessageStatus as Status
from induction_portal.accounts.models import User
from induction_portal.celery import app
from notifications import kinds, outbox
from notifications.models import Message
from tests.support.outbox import TOLD

pytestmark = pytest.mark.django_db

SUBJECT = UUID(int=7)
ORGANISATION = UUID(int=8)


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setitem(kinds._kinds, TOLD.name, TOLD)


@pytest.fixture
def tutor():
    return User.objects.create(email="tutor@oakfield.example", name="Ruth Adeyemi")


def tell(to, **facts):
    given = {
        "subject_id": SUBJECT,
        "organisation_id": ORGANISATION,
        "url": "/reviews/7/",
        "context": {"school": "Oakfield"},
    }
    outbox.queue("told", to=to, **given | facts)


def test_a_message_is_a_row_that_waits(tutor):
    tell(tutor)
    message = Message.objects.get()
    assert (message.recipient, message.subject_id, message.organisation_id) == (tutor, SUBJECT, ORGANISATION)
    assert (message.title, message.url, message.context) == (
        "News from Oakfield",
        "/reviews/7/",
        {"school": "Oakfield"},
    )
    assert (message.status, message.attempts, message.read_at, message.sent_at) == (Status.QUEUED, 0, None, None)
    assert list(Message.objects.waiting()) == [message]


def test_each_of_several_is_told_once_however_often_they_are_listed(tutor):
    head = User.objects.create(email="head@oakfield.example", name="Sam Hill")
    tell([tutor, head, tutor])
    assert {message.recipient for message in Message.objects.all()} == {tutor, head}
    assert Message.objects.count() == 2


def test_nobody_to_tell_is_nothing_to_do():
    tell([])
    assert not Message.objects.exists()


def test_said_once_for_each_value_of_once(tutor):
    for once in ["version 1", "version 1", "version 2"]:
        tell(tutor, once=once)
    tell(tutor, once="version 1", subject_id=uuid4())
    assert sorted(Message.objects.values_list("once", flat=True)) == ["version 1", "version 1", "version 2"]
    assert Message.objects.filter(subject_id=SUBJECT).count() == 2


def test_without_once_it_may_be_said_again(tutor):
    tell(tutor)
    tell(tutor)
    assert Message.objects.count() == 2


def test_a_rolled_back_action_tells_nobody(tutor):
    with transaction.atomic():
        tell(tutor)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_an_unknown_kind_is_refused(tutor):
    with pytest.raises(LookupError, match="called gossip"):
        outbox.queue("gossip", to=tutor, subject_id=SUBJECT, organisation_id=None, url="/")


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"school": "Oakfield", "rating": "Not on track"},
        {"school": "Oakfield\nBcc: everyone@example.com"},
        {"school": "x" * 201},
        {"school": 7},
    ],
)
def test_a_context_the_kind_does_not_allow_is_refused(tutor, context):
    with pytest.raises(ValueError, match="told"):
        tell(tutor, context=context)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "url", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "reviews/"]
)
def test_a_message_leads_nowhere_but_into_the_portal(tutor, url):
    with pytest.raises(IntegrityError, match="message_url_within_the_portal"):
        tell(tutor, url=url)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"status": "lost"}, "message_status_known"),
        ({"status": "sent"}, "message_sent_at_exactly_when_sent"),
        ({"sent_at": "2026-01-09T12:00Z"}, "message_sent_at_exactly_when_sent"),
        ({"status": "abandoned"}, "message_failure_has_a_reason"),
    ],
)
def test_the_database_refuses_a_state_that_makes_no_sense(tutor, facts, constraint):
    tell(tutor)
    with pytest.raises(IntegrityError, match=constraint):
        Message.objects.update(**facts)


def test_a_kind_has_one_owner():
    with pytest.raises(ValueError, match="already a kind"):
        kinds.register(TOLD)


def test_kinds_are_listed_by_name():
    assert TOLD in kinds.registered()
    assert kinds.registered() == sorted(kinds.registered(), key=lambda kind: kind.name)


def test_a_broker_that_is_down_fails_nothing(tutor, monkeypatch, caplog, django_capture_on_commit_callbacks):
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        tell(tutor)
    assert len(callbacks) == 1
    assert "The broker is away" in caplog.text
    assert Message.objects.waiting().count() == 1


def test_the_inbox_has_an_address():
    assert reverse("notifications:inbox") == "/messages/"


def test_the_sweep_is_on_the_timetable():
    assert {"task": "notifications.tasks.deliver_messages", "schedule": 60}.items() <= app.conf.beat_schedule[
        "deliver messages"
    ].items()


def test_many_are_told_in_one_statement_and_each_once(tutor, django_assert_num_queries):
    context = {"school": "Oakfield"}
    tellings = [
        outbox.Telling("told", tutor.pk, UUID(int=number), ORGANISATION, "/reviews/7/", context)
        for number in (1, 2, 3, 1)
    ]
    with django_assert_num_queries(1):
        assert outbox.queue_many(tellings) == 4
    assert Message.objects.count() == 3
    with pytest.raises(ValueError, match="carries"):
        outbox.queue_many([tellings[0]._replace(context={})])


@pytest.mark.parametrize(
    ("status", "withdrawn"), [("queued", 1), ("failed", 1), ("sending", 0), ("sent", 0), ("abandoned", 0)]
)
def test_only_what_no_worker_has_in_hand_is_taken_back(tutor, status, withdrawn):
    tell(tutor)
    tell(tutor, subject_id=uuid4())
    sent_at = Message.objects.earliest("pk").created_at if status == "sent" else None
    Message.objects.update(status=status, failure="Full.", sent_at=sent_at)
    Message.objects.filter(subject_id=SUBJECT).update(subject_id=tutor.pk)
    assert outbox.withdraw(["told"], User.objects.all()) == withdrawn
    assert outbox.withdraw(["another"], User.objects.all()) == 0
    assert Message.objects.filter(status="withdrawn").count() == withdrawn
