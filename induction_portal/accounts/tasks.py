"""Mail about signing in, and the nightly clearing of old drafts.

Such mail carries a secret link, so it never becomes a row: the broker holds it for a moment.
"""

import logging

from celery import shared_task
from django.core.mail import send_mail
from kombu.exceptions import OperationalError

from .. import clock
from ..sweeps.recording import recorded

logger = logging.getLogger(__name__)


def post(subject: str, text: str, to: str) -> None:
    """Hand a mail to the worker; when the broker cannot be reached, send it from here."""
    try:
        deliver.apply_async((subject, text, to), retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("broker unreachable: mail sent by the web process")
        send_mail(subject, text, None, [to])


@shared_task(max_retries=5, default_retry_delay=20, bind=True)
def deliver(self, subject: str, text: str, to: str) -> None:  # type: ignore[no-untyped-def]
    """Send one mail; tried again while the mail server does not answer."""
    try:
        send_mail(subject, text, None, [to])
    except OSError as error:
        raise self.retry(exc=error) from error


@shared_task
@recorded("sweep drafts")
def sweep_drafts() -> int:
    """Delete drafts and submissions that nobody has touched for 90 days."""
    from .work import sweep

    return sweep(now=clock.now())


@shared_task
@recorded("send links")
def send_links() -> int:
    """Send the invitations and confirmations that wait; returns how many went out."""
    from .links import send_waiting

    return send_waiting()
