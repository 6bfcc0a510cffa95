"""Several messages in one mail: when it is made, what it tells, and that there is one a person and day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.db.models.functions import Now
from django.utils import timezone

from cases.rules.mailing import Pace, Topic
from cases.rules.statuses import MessageStatus as Status
from induction_portal import clock
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.viewer import Viewer
from notifications import delivery, digests, kinds
from notifications.actions import set_email_choices, settle_undelivered
from notifications.bounces import Report, take
from notifications.models import DIGEST, EmailChoice, Message, Undelivered
from notifications.tasks import deliver_messages
from notifications.undelivered import undelivered_of
from tests.support.outbox import HIDDEN
from tests.support.stubborn import stubborn_server

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = datetime(2026, 11, 20, 16, tzinfo=UTC), datetime(2026, 11, 21, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch, settings):
    """Sets the portal's clock, in an installation with quiet days."""
    settings.MAIL_QUIET_DAYS = True

    def at(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: timezone.localtime(moment))

    at(FRIDAY)
    return at


@pytest.fixture
def prefers(tutor):
    """Has the tutor want mail of reviews at a pace."""

    def prefers(pace: Pace, weekday: int = 0) -> None:
        EmailChoice.objects.update_or_create(
            user=tutor, topic=Topic.REVIEWS.value, defaults={"pace": pace.value, "weekday": weekday}
        )

    return prefers


def statuses() -> list[str]:
    return list(Message.objects.exclude(kind=DIGEST).order_by("pk").values_list("status", flat=True))


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_at_once_is_at_once_but_for_quiet_days(tell, at, mailbox):
    at(SATURDAY)
    tell(kind="chat")
    tell(kind="told")
    deliver_messages()
    assert [mail["Subject"] for mail in mailbox.messages] == ["News from St Mary's & Co"]
    at(MONDAY - timedelta(hours=1))
    deliver_messages()
    assert len(mailbox.messages) == 1
    at(MONDAY)
    deliver_messages()
    assert len(mailbox.messages) == 2


def test_a_last_day_waits_for_no_working_day(tell, at, prefers, mailbox):
    prefers(Pace.WEEKLY)
    at(SATURDAY)
    tell(kind="chat", urgent=True)
    deliver_messages()
    assert len(mailbox.messages) == 1


@pytest.mark.usefixtures("at")
def test_what_is_not_wanted_is_in_the_portal_alone(tell, tutor, prefers, mailbox):
    prefers(Pace.NEVER)
    tell(kind="chat")
    tell(kind="chat", urgent=True)
    tell(kind="told")
    deliver_messages()
    assert statuses() == [Status.KEPT, Status.KEPT, Status.SENT]
    assert Message.objects.filter(recipient=tutor).shown().count() == 3


def test_the_messages_of_a_day_are_one_mail_in_the_next_morning(tell, tutor, at, prefers, mailbox, settings):
    settings.PORTAL_URL = "https://portal.example"
    prefers(Pace.DAILY)
    for number in range(3):
        tell(kind="chat", url=f"/reviews/{number}/")
    deliver_messages()
    at(SATURDAY)
    deliver_messages()
    assert mailbox.messages == []
    assert statuses() == [Status.HELD] * 3
    at(MONDAY)
    for _ in range(3):
        deliver_messages()
    [mail] = mailbox.messages
    html = mail.get_body(("html",)).get_content()
    assert mail["Subject"] == "Your messages from the Induction Portal"
    assert "There are 3 messages for you.\n\nProgress reviews, observations" in text_of(mail)
    for number in range(3):
        assert f"https://portal.example/reviews/{number}/" in text_of(mail)
        assert f'href="https://portal.example/reviews/{number}/"' in html
    assert "\n- Something new from St Mary's & Co, " in text_of(mail)
    assert "Something new from St Mary&#x27;s &amp; Co" in html
    assert statuses() == [Status.SENT] * 3
    assert Message.objects.filter(sent_at=None).count() == 0
    assert Message.objects.filter(recipient=tutor).shown().count() == 3


def test_a_mail_of_one_message_counts_one(tell, at, prefers, mailbox):
    prefers(Pace.WEEKLY, weekday=0)
    tell(kind="chat")
    at(MONDAY)
    deliver_messages()
    assert "There is 1 message for you." in text_of(mailbox.messages[0])


def test_mails_missed_in_an_outage_are_one(tell, at, prefers, mailbox):
    prefers(Pace.DAILY)
    for day in range(3):
        at(FRIDAY - timedelta(days=day))
        tell(kind="chat")
    at(MONDAY + timedelta(days=2))
    deliver_messages()
    assert len(mailbox.messages) == 1
    assert statuses() == [Status.SENT] * 3


def test_one_mail_a_day_whatever_happens(tell, tutor, at, prefers, mailbox):
    """What comes to be due after the morning's mail was made goes with the next day's."""
    prefers(Pace.DAILY)
    tell(kind="chat")
    at(MONDAY)
    deliver_messages()
    at(FRIDAY)
    tell(kind="chat")
    at(MONDAY)
    deliver_messages()
    assert len(mailbox.messages) == 1
    at(MONDAY + timedelta(days=1))
    deliver_messages()
    assert len(mailbox.messages) == 2
    assert Message.objects.filter(kind=DIGEST).values("once").distinct().count() == 2


def test_each_line_is_asked_about_when_the_mail_is_sent(tell, tutor, at, prefers, mailbox, monkeypatch):
    prefers(Pace.DAILY)
    gone = uuid4()
    for subject in (UUID(int=7), gone, HIDDEN):
        tell(kind="chat", subject_id=subject)
    at(MONDAY)
    digests.gather()
    kind = kinds.get("chat")
    monkeypatch.setitem(kinds._kinds, "chat", replace(kind, may_see=lambda user, about: about == UUID(int=7)))
    deliver_messages()
    assert "There is 1 message for you." in text_of(mailbox.messages[0])
    assert statuses() == [Status.SENT, Status.WITHDRAWN, Status.WITHDRAWN]


def test_a_mail_of_which_nothing_is_left_is_not_sent(tell, at, prefers, mailbox):
    prefers(Pace.DAILY)
    tell(kind="chat", subject_id=HIDDEN)
    at(MONDAY)
    deliver_messages()
    assert mailbox.messages == []
    assert set(Message.objects.values_list("status", flat=True)) == {Status.WITHDRAWN}


def test_a_line_that_cannot_be_told_holds_up_none_of_the_others(tell, at, prefers, mailbox, caplog):
    prefers(Pace.DAILY)
    for _ in range(2):
        tell(kind="chat")
    Message.objects.filter(pk=Message.objects.earliest("pk").pk).update(kind="forgotten")
    at(MONDAY)
    deliver_messages()
    assert len(mailbox.messages) == 1
    assert "could not be prepared" in caplog.text
    assert statuses() == [Status.ABANDONED, Status.SENT]


def test_a_mail_that_is_refused_ends_its_lines_and_is_somebodys_task(tell, tutor, at, prefers, settings):
    prefers(Pace.DAILY)
    for _ in range(2):
        tell(kind="chat")
    at(MONDAY)
    with stubborn_server(settings, to_address="550 No such mailbox"):
        deliver_messages()
    assert set(Message.objects.values_list("status", flat=True)) == {Status.ABANDONED}
    problem = Undelivered.objects.get()
    assert (problem.recipient, problem.to_address, problem.statutory) == (tutor, True, False)


def test_a_worker_killed_between_claim_and_send_is_made_good_with_the_same_identity(tell, at, prefers, mailbox):
    prefers(Pace.DAILY)
    for _ in range(2):
        tell(kind="chat")
    at(MONDAY)
    digests.gather()
    claimed = delivery.claim()
    deliver_messages()
    assert mailbox.messages == []
    Message.objects.update(next_attempt_at=Now() - timedelta(seconds=1))
    deliver_messages()
    assert [mail["Message-ID"] for mail in mailbox.messages] == [claimed.message_id]
    assert statuses() == [Status.SENT] * 2


def test_other_wishes_hold_for_what_waits(tell, tutor, at, prefers, mailbox):
    prefers(Pace.DAILY)
    tell(kind="chat")
    others = {topic.value: Pace.AT_ONCE for topic in Topic}
    by = Viewer(tutor, None, frozenset(), FRIDAY.date())
    set_email_choices(by=by, on=by.on, weekday=0, **others)
    deliver_messages()
    assert len(mailbox.messages) == 1
    at(SATURDAY)
    tell(kind="chat")
    set_email_choices(by=by, on=by.on, weekday=0, **others | {"reviews": Pace.NEVER})
    at(MONDAY)
    deliver_messages()
    assert statuses() == [Status.SENT, Status.KEPT]


def test_what_is_in_a_mail_already_goes_with_it_whatever_is_wished_then(tell, tutor, at, prefers, mailbox):
    prefers(Pace.DAILY)
    tell(kind="chat")
    at(MONDAY)
    digests.gather()
    by = Viewer(tutor, None, frozenset(), FRIDAY.date())
    set_email_choices(by=by, on=by.on, weekday=0, **{topic.value: Pace.NEVER for topic in Topic})
    deliver_messages()
    assert len(mailbox.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_gather_at_once_make_one_mail_each(tell, at, mailbox):
    people = [User.objects.create(email=f"t{number}@oakfield.example", name=f"T {number}") for number in range(6)]
    for person in people:
        EmailChoice.objects.create(user=person, topic="reviews", pace="daily")
        for _ in range(3):
            tell(to=person, kind="chat")
    at(MONDAY)

    def work() -> None:
        try:
            digests.gather()
            delivery.deliver_waiting(limit=100)
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    delivery.deliver_waiting(limit=100)
    assert sorted(mail["To"] for mail in mailbox.messages) == sorted(person.email for person in people)
    assert set(statuses()) == {Status.SENT}


def test_what_a_refused_mail_told_is_sent_again_when_the_address_works(tell, tutor, at, prefers, settings, mailbox):
    """Its lines are older than the mail, which is the first that was given up."""
    school = Organisation.objects.create(kind="school", name="Oakfield School", identifier="100001")
    prefers(Pace.DAILY)
    for _ in range(2):
        tell(kind="chat", organisation_id=school.pk)
    at(MONDAY)
    good = settings.EMAIL_HOST, settings.EMAIL_PORT
    with stubborn_server(settings, to_address="550 No such mailbox"):
        deliver_messages()
    settings.EMAIL_HOST, settings.EMAIL_PORT = good
    sent_again(school)
    assert statuses() == [Status.SENT] * 2
    assert len(mailbox.messages) == 2


def test_what_a_mail_told_that_came_back_is_sent_again_when_the_address_works(tell, tutor, at, prefers, mailbox):
    school = Organisation.objects.create(kind="school", name="Oakfield School", identifier="100001")
    prefers(Pace.DAILY)
    for _ in range(2):
        tell(kind="chat", organisation_id=school.pk)
    at(MONDAY)
    deliver_messages()
    assert take(Report(Message.objects.get(kind=DIGEST).message_id, tutor.email, "5.1.1"))
    assert statuses() == [Status.ABANDONED] * 2
    sent_again(school)
    assert statuses() == [Status.SENT] * 2
    assert len(mailbox.messages) == 3


def sent_again(school: Organisation) -> None:
    """An administrator of the organisation that the messages were about sees to it."""
    by = Viewer(User.objects.create(email="head@oakfield.example", name="Head"), school, frozenset(), MONDAY.date())
    [problem] = undelivered_of(by)
    settle_undelivered(by=by, on=by.on, undelivered_id=problem.pk, done="again")
    deliver_messages()
