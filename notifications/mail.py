"""A message as an e-mail, and what the mail server's answers mean."""

from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from induction_portal.accounts.finding import personal_addresses
from induction_portal.documents.store import stored

from .kinds import Kind
from .models import Message


class DeliveryError(Exception):
    """The mail was not accepted; says why, without any address."""


class RefusedError(DeliveryError):
    """For good: trying again would be refused again."""


class DelayedError(DeliveryError):
    """For now: this message may be accepted later."""


class ServerAwayError(DeliveryError):
    """No mail can be sent now."""


def compose(message: Message, kind: Kind) -> EmailMultiAlternatives:
    """The e-mail in text and HTML, with the file that goes with it, in its stored bytes."""
    # Plain text is composed without escaping; the HTML layout escapes the whole of it.
    body = render_to_string("emails/body.txt", message.context | {"template": kind.template}).strip()
    context = {"message": message, "body": body}
    mail = EmailMultiAlternatives(
        subject=message.title,
        body=render_to_string("emails/base.txt", context),
        to=[message.recipient.email if message.recipient else message.address],
        # Unseen by the school's mail: the address by which an ECT is told when the school's has died (R79).
        bcc=personal_addresses(message.recipient) if message.recipient else [],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("emails/base.html", context), "text/html")
    if message.attachment:
        mail.attach(message.attachment_name, stored(message.attachment), "application/pdf")
    return mail


def send(mail: EmailMultiAlternatives) -> None:
    """Hand the mail to the server. Raises RefusedError, DelayedError or ServerAwayError when it is not accepted."""
    try:
        mail.send()
    except SMTPRecipientsRefused as answer:
        raise _judge(min(code for code, _ in answer.recipients.values()), "the address") from answer
    except SMTPDataError as answer:
        raise _judge(answer.smtp_code, "the message") from answer
    except (SMTPNotSupportedError, ValueError) as fault:
        raise RefusedError("The address cannot be used with our mail server.") from fault
    except OSError as fault:  # every other smtplib exception is one too
        raise ServerAwayError(f"The mail server could not be used ({type(fault).__name__}).") from fault


def _judge(code: int, what: str) -> DeliveryError:
    """SMTP reply codes from 500 are for good, the rest for now (RFC 5321, 4.2.1)."""
    if code >= 500:
        return RefusedError(f"The mail server refused {what} (code {code}).")
    return DelayedError(f"The mail server put {what} off (code {code}).")
