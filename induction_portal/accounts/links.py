"""Sending links by mail: claimed under lock, given a new secret, sent, marked. A row that waits survives any outage.

The secret is made here and leaves by the mail alone: neither the database nor the broker ever holds it.
"""

import logging
import secrets
from datetime import timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from kombu.exceptions import OperationalError

from .. import clock
from .models import Invitation, PersonalEmail
from .models.invitations import MailedLink, digest
from .tasks import send_links

logger = logging.getLogger(__name__)

BATCH = 20
# A worker that has held a row for this long is taken for dead; also the first wait after a failed try.
HELD_FOR = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)
MAILS: dict[type[MailedLink], tuple[str, str]] = {
    Invitation: ("accounts/email/invitation", "accounts:open_invitation"),
    PersonalEmail: ("accounts/email/personal_email", "accounts:open_personal_email"),
}


def register(model: type[MailedLink], mail: str, page: str) -> None:
    """Send another app's links as well: `mail` is the path of its templates without `_message.txt`, `page` the name of
    the address that takes the secret. Called once, when the app starts.
    """
    MAILS[model] = (mail, page)


def wake_after_commit() -> None:
    """Ask a worker to send what waits, once the caller has committed. With the broker down, the sweep finds the row."""
    transaction.on_commit(_wake)


def _wake() -> None:
    try:
        send_links.apply_async(retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("The broker is away; links wait for the next sweep")


def send_waiting(limit: int = BATCH) -> int:
    """Send up to `limit` links of each kind; returns how many the mail server took."""
    return sum(_send_of(model, limit) for model in MAILS)


def _send_of(model: type[MailedLink], limit: int) -> int:
    """One query where nothing waits, as in nearly every minute."""
    sent = 0
    for _ in range(limit):
        if (claimed := _claim(model)) is None:
            break
        sent += _send(*claimed)
    return sent


def _claim(model: type[MailedLink]) -> tuple[MailedLink, str] | None:
    """The row that has waited longest and a new secret for it, of which the row keeps the digest."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        waiting = model.objects.waiting(on=clock.today()).order_by("next_attempt_at")
        row = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return None
        wait = min(HELD_FOR * 2**row.attempts, LONGEST_WAIT)
        row.link_digest, row.attempts = digest(token), row.attempts + 1
        model.objects.filter(pk=row.pk).update(
            link_digest=row.link_digest, attempts=row.attempts, next_attempt_at=Now() + wait
        )
    return row, token


def _send(row: MailedLink, token: str) -> bool:
    """Send one mail and write down how it ended, unless the row was changed meanwhile and has another secret."""
    held = type(row).objects.filter(pk=row.pk, link_digest=row.link_digest)
    try:
        compose(row, token).send()
    except (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError) as refusal:
        if _for_good(refusal):
            held.update(failure="The mail server refused the address")
        return False
    except OSError as fault:  # every other smtplib exception is one too
        logger.warning("The mail server could not be used (%s); links wait", type(fault).__name__)
        return False
    return bool(held.update(sent_at=clock.now()))


def _for_good(refusal: Exception) -> bool:
    """SMTP reply codes from 500 are for good, the rest for now (RFC 5321, 4.2.1)."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return min(code for code, _ in refusal.recipients.values()) >= 500
    return not isinstance(refusal, SMTPDataError) or refusal.smtp_code >= 500


def compose(row: MailedLink, token: str) -> EmailMessage:
    """The mail with the link: who invites, and nothing of any induction."""
    name, page = MAILS[type(row)]
    link = settings.PORTAL_URL.rstrip("/") + reverse(page, args=[token])
    text = render_to_string(f"{name}_message.txt", {"row": row, "link": link})
    subject = render_to_string(f"{name}_subject.txt").strip()
    return EmailMessage(subject, text, to=[row.email], headers={"Auto-Submitted": "auto-generated"})
