"""A whole term goes by: every mail that the deadlines ask for, to the right people, once."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.models import Reminder
from cases.reminding import sweep
from induction_portal.demo.forward import forward
from notifications.models import DIGEST, Message
from tests.support.by_hand import ByHand, Mail, Waiting, mailed
from tests.support.term import Term

# Late in the evening: of that day nothing is left to do. The term has Christmas before it and Easter in it, and the
# clocks change.
BEGINS = datetime(2026, 12, 25, 23, 40, tzinfo=ZoneInfo("Europe/London"))
ENDS = date(2027, 4, 9)


@pytest.fixture
def term(movable, own_database, machine) -> Term:
    machine(BEGINS)
    return Term()


@pytest.fixture
def by_hand(monkeypatch) -> ByHand:
    """Looks at the deadlines whenever a sweep has reckoned and is about to speak; to be set once all is in place."""
    by_hand, say_all = ByHand(), sweep._say_all

    def look_first(facts, *, on, scope):
        by_hand.look(on, since=scope.opened_since)
        say_all(facts, on=on, scope=scope)

    monkeypatch.setattr(sweep, "_say_all", look_first)
    return by_hand


def test_what_the_deadlines_ask_for_is_mailed_to_the_right_people_once(term, by_hand, mailbox):
    said = _through_the_term(by_hand, term.happens)
    expected = by_hand.expected
    assert mailed(_accepted(mailbox)) == expected
    # It was a term worth the name: each step, each way of putting it, and everybody's kind of mail.
    assert {mail.step for mail in expected} == {-5, -2, -1, 0, 1, 3}
    assert {mail.put for mail in expected} == {"coming", "last_day", "late", "up", "stand_in"}
    assert len({mail.key[1] for mail in expected}) >= 16
    assert len({mail.to for mail in expected}) >= 20
    assert {mail.key[0] for mail in expected} >= {term.reckoned.induction.pk}
    assert len(expected) > 250
    assert Message.objects.filter(kind=DIGEST, status="sent").count() > 10
    assert Message.objects.filter(kind__startswith="reminder_", status="withdrawn").exists()
    assert said == Reminder.objects.count()
    _nothing_more_comes(mailbox)


@pytest.mark.soak
def test_the_same_holds_of_the_demos_story(story, by_hand_of_story, mailbox):
    """Minutes, for it makes all the documents of the story too."""
    _through_the_term(by_hand_of_story, lambda on: None)
    assert mailed(_accepted(mailbox)) == by_hand_of_story.expected
    _nothing_more_comes(mailbox)


@pytest.fixture
def by_hand_of_story(story, machine, mailbox, request) -> ByHand:
    machine(BEGINS)
    story()
    by_hand = request.getfixturevalue("by_hand")
    by_hand.waiting += _waiting()
    return by_hand


def _waiting() -> list[Waiting]:
    """What the story said on its last day, and goes out on a day that comes."""
    found = []
    for message in Message.objects.filter(kind__startswith="reminder_", status__in=["queued", "held"]):
        row = Reminder.objects.get(pk=message.subject_id)
        put = message.kind.removeprefix("reminder_").removesuffix("_statutory")
        goes = message.digest_on or (BEGINS.date() if message.any_day else date(2026, 12, 29))
        mail = Mail((row.induction_id, row.kind, row.number, row.due_on), row.step, message.recipient.email, put, goes)
        found.append(Waiting(mail, message.recipient, {message.organisation_id}))
    return found


def _through_the_term(by_hand, happens) -> int:
    """How many steps were said on the way."""
    said = 0
    for day in forward(ENDS):
        by_hand.night(day.on)
        assert (day.not_taken, day.failed) == (0, frozenset())
        said += day.reminders
        happens(day.on)
    return said


def _accepted(mailbox) -> list[Message]:
    """Everything that the mail server took, each once, a mail of several as what it tells."""
    taken = Counter(mail["Message-ID"] for mail in mailbox.messages)
    assert set(taken.values()) == {1}
    messages = {each.message_id: each for each in Message.objects.select_related("recipient")}
    lines = {each.pk: [] for each in messages.values()}
    for each in messages.values():
        if each.digest_id and each.status == "sent":
            lines[each.digest_id].append(each)
    found = []
    for mail in mailbox.messages:
        message = messages[mail["Message-ID"]]
        assert message.recipient is None or message.recipient.email in mail["X-Envelope-To"]
        text = " ".join(mail.get_body("plain").get_content().split())
        assert all(line.title in text for line in lines[message.pk])
        found += lines[message.pk] if message.kind == DIGEST else [message]
    return found


def _nothing_more_comes(mailbox) -> None:
    """The last day again, and its sweeps again."""
    count = len(mailbox.messages)
    list(forward(ENDS))
    sweep.send_reminders(on=ENDS)
    sweep.remind_at_once(on=ENDS)
    assert len(mailbox.messages) == count
    assert set(Message.objects.values_list("status", flat=True)) <= {"sent", "withdrawn", "held", "kept"}
