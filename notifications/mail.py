"""A message as an e-mail, and what the mail server's answers mean."""

from collections.abc import Sequence
from contextlib import suppress
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from induction_portal.accounts.finding import personal_addresses
from induction_portal.documents.store import stored

from .kinds import Kind
from .models import Message
from .unsubscribing import GATHERED, unsubscribe_path

UNPREPARED = "The message could not be prepared."


class DeliveryError(Exception):
    """The mail was not accepted; says why, without any address."""


class RefusedError(DeliveryError):
    """For good: trying again would be refused again. `to_address` says that it is the address that does not work."""

    def __init__(self, says: str, *, to_address: bool = False) -> None:
        super().__init__(says)
        self.to_address = to_address


class DelayedError(DeliveryError):
    """For now: this message may be accepted later."""


class HungUpError(DeliveryError):
    """The server broke off over this message: no mail can be sent now, and it may be this one's fault."""


class ServerAwayError(DeliveryError):
    """No mail can be sent now, and this message has nothing to do with it."""


def compose(message: Message, kind: Kind) -> EmailMultiAlternatives:
    """The e-mail in text and HTML, with the file that goes with it, in its stored bytes."""
    # Plain text is composed without escaping; the HTML layout escapes the whole of it.
    body = render_to_string("emails/body.txt", message.context | {"template": kind.template}).strip()
    choosing = {} if kind.statutory or not message.recipient else _choosing(message, kind.topic.value)
    mail = _written("emails/base", message, {"body": body, "statutory": kind.statutory}, choosing)
    if message.attachment:
        mail.attach(message.attachment_name, stored(message.attachment), "application/pdf")
    return mail


def digest(message: Message, topics: Sequence[tuple[str, Sequence[Message]]]) -> EmailMultiAlternatives:
    """The one e-mail that tells of several messages, under what they are about."""
    count = sum(len(lines) for _, lines in topics)
    return _written("emails/digest", message, {"topics": topics, "count": count}, _choosing(message, GATHERED))


def _written(
    template: str, message: Message, context: dict[str, Any], choosing: dict[str, str]
) -> EmailMultiAlternatives:
    context = context | choosing | {"message": message}
    mail = EmailMultiAlternatives(
        subject=message.title,
        body=render_to_string(f"{template}.txt", context),
        to=[message.recipient.email if message.recipient else message.address],
        # Unseen by the school's mail: the address by which an ECT is told when the school's has died (R79).
        bcc=personal_addresses(message.recipient) if message.recipient else [],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if choosing:
        # RFC 8058: the reader's own mail program shows a button, which sends the form of that page.
        mail.extra_headers["List-Unsubscribe"] = f"<{choosing['unsubscribe']}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def _choosing(message: Message, what: str) -> dict[str, str]:
    """Where its reader turns off what this mail is about, without signing in, and where they choose otherwise."""
    paths = {"unsubscribe": unsubscribe_path(message.recipient_id, what), "choices": reverse("notifications:settings")}
    return {name: settings.PORTAL_URL.rstrip("/") + path for name, path in paths.items()}


def send(mail: EmailMultiAlternatives) -> None:
    """Hand the mail to the server. Raises RefusedError, DelayedError or ServerAwayError when it is not accepted."""
    connection = mail.get_connection()
    try:
        connection.open()
    except OSError as fault:  # every smtplib exception is one too
        raise ServerAwayError(f"The mail server could not be used ({type(fault).__name__}).") from fault
    try:
        connection.send_messages([mail])
    except SMTPRecipientsRefused as answer:
        raise _judge(min(code for code, _ in answer.recipients.values()), "the address") from answer
    except SMTPDataError as answer:
        raise _judge(answer.smtp_code, "the message") from answer
    except (SMTPNotSupportedError, ValueError) as fault:
        raise RefusedError("The address cannot be used with our mail server.", to_address=True) from fault
    except OSError as fault:
        raise HungUpError(f"The mail server broke off ({type(fault).__name__}).") from fault
    finally:
        _close(connection)


def _close(connection: BaseEmailBackend) -> None:
    """What the server answered stands, however the parting goes."""
    with suppress(OSError):
        connection.close()


def _judge(code: int, what: str) -> DeliveryError:
    """SMTP reply codes from 500 are for good, the rest for now (RFC 5321, 4.2.1)."""
    if code >= 500:
        return RefusedError(f"The mail server refused {what} (code {code}).", to_address=what == "the address")
    return DelayedError(f"The mail server put {what} off (code {code}).")
