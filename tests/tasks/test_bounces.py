"""Mail that was accepted and came back: reports as mail servers write them."""

import io
import sys
from textwrap import dedent

import pytest
from django.core.management import call_command

from notifications.models import Message, Undelivered
from notifications.tasks import deliver_messages

pytestmark = pytest.mark.django_db
WHOLE = "message/rfc822"
HEAD = "text/rfc822-headers"


def report(message_id: str, *, to="tutor@oakfield.example", action="failed", back=WHOLE) -> bytes:
    """As Postfix writes them."""
    return dedent(f"""\
        From: MAILER-DAEMON@mx.example (Mail Delivery System)
        To: no-reply@portal.example
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Message-ID: <report@mx.example>
        Content-Type: multipart/report; report-type=delivery-status; boundary="X"

        --X
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --X
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example
        Arrival-Date: Mon, 23 Nov 2026 07:00:00 +0000

        Final-Recipient: rfc822; {to}
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 No such mailbox

        --X
        Content-Type: {back}

        Message-ID: {message_id}
        From: Induction Portal <no-reply@portal.example>
        To: {to}
        Subject: News

        --X--
        """).encode()


@pytest.fixture
def take(monkeypatch, capsys):
    """Runs the command as a mail server does, and returns what it says."""

    def take(content: bytes) -> str:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        call_command("take_bounce")
        return capsys.readouterr().out

    return take


@pytest.mark.parametrize("back", [WHOLE, HEAD])
def test_a_mail_that_came_back_is_given_up_and_somebodys_task(tell, tutor, mailbox, take, back):
    tell(kind="chat")
    tell(kind="chat")
    deliver_messages()
    message = Message.objects.latest("pk")
    assert "Recorded" in take(report(message.message_id, back=back))
    message.refresh_from_db()
    assert (message.status, message.sent_at, message.failure) == ("abandoned", None, "The mail came back (code 5.1.1).")
    problem = Undelivered.objects.get()
    assert (problem.recipient, problem.first, problem.to_address) == (tutor, message, True)
    assert "nothing was done" in take(report(message.message_id)), "the same report again"
    assert Undelivered.objects.get().count == 1


def test_what_its_owner_records_stays_as_it_is(tell, mailbox, take):
    tell(kind="told")
    deliver_messages()
    message = Message.objects.get()
    take(report(message.message_id))
    message.refresh_from_db()
    assert message.status == "sent"
    assert Undelivered.objects.get().statutory


@pytest.mark.parametrize(
    "changed",
    [{"message_id": "<another@elsewhere.example>"}, {"to": "somebody@else.example"}, {"action": "delayed"}],
    ids=str,
)
def test_any_other_report_changes_nothing(tell, mailbox, take, changed):
    tell(kind="chat")
    deliver_messages()
    given = {"message_id": Message.objects.get().message_id} | changed
    assert "nothing was done" in take(report(**given))
    assert Message.objects.get().status == "sent"
    assert not Undelivered.objects.exists()


@pytest.mark.parametrize("content", [b"", b"Subject: Out of office\n\nBack on Monday.", b"\xff\xfe\x00"])
def test_what_is_no_report_is_left_alone(take, content):
    assert "This is no report" in take(content)
