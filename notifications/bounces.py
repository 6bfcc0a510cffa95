"""Mail that was accepted and came back: the report of the mail server is read, and the message it is about found."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple

from django.db import transaction

from cases.rules.statuses import MessageStatus as Status
from cases.rules.transitions import check_move
from induction_portal.accounts.finding import personal_addresses

from . import kinds, undelivered
from .models import Message

# Of one person's messages that went out, the latest: a report comes within days.
LATEST = 500


class Report(NamedTuple):
    """That a mail did not arrive for good (RFC 3464): which, at which address, and the server's code for why."""

    message_id: str
    address: str
    code: str


def read_report(content: bytes) -> Report | None:
    """What a report says; None for anything else, a mail that is only late among it."""
    mail = message_from_bytes(content, policy=policy.default)
    parts = list(mail.walk())
    told = [block for part in parts if part.get_content_type() == "message/delivery-status" for block in _blocks(part)]
    failed = [block for block in told if str(block["Action"] or "").strip().lower() == "failed"]
    known = [_message_id(part) for part in parts]
    message_id = next((each for each in known if each), "")
    if not failed or not message_id:
        return None
    address = str(failed[0]["Final-Recipient"] or "").rpartition(";")[2].strip()
    return Report(message_id, address, str(failed[0]["Status"] or "").strip() or "no code")


def _blocks(part: EmailMessage) -> list[EmailMessage]:
    content = part.get_payload()
    return [block for block in content if isinstance(block, EmailMessage)] if isinstance(content, list) else []


def _message_id(part: EmailMessage) -> str:
    """Of the mail that is sent back along with the report, whole or its head alone."""
    if part.get_content_type() == "message/rfc822":
        [inner] = part.get_payload()  # type: ignore[misc]
        return str(inner["Message-ID"] or "").strip()  # type: ignore[index]
    if part.get_content_type() == "text/rfc822-headers":
        head = message_from_bytes(part.get_content().encode(), policy=policy.default)
        return str(head["Message-ID"] or "").strip()
    return ""


@transaction.atomic
def take(report: Report) -> bool:
    """Count the message as given up, and have somebody see to whom it was for; False when it is none of ours, or known.

    An owner who waits for what is lost is told, as the body that sent a notice is, unless the mail went to another
    address of the same person too. A message whose owner waits only for it to go out stays as it is.
    """
    message = _found(report)
    if message is None:
        return False
    failure = f"The mail came back (code {report.code})."[:200]
    if _is_lost(message):
        check_move(Status.SENT, Status.ABANDONED)
        told = kinds.get(message.kind).on_lost is None
        lost = {"status": Status.ABANDONED, "sent_at": None, "failure": failure}
        Message.objects.filter(pk=message.pk).update(**lost, owner_told=told)
        message.lines.filter(status=Status.SENT).update(**lost)
    undelivered.note(message, failure, to_address=True)
    return True


def _is_lost(message: Message) -> bool:
    kind = kinds.get(message.kind)
    if kind.on_lost:
        return not (message.recipient and personal_addresses(message.recipient))
    return kind.on_sent is None


def _found(report: Report) -> Message | None:
    sent = Message.objects.filter(status=Status.SENT).select_related("recipient").order_by("-pk")
    to_people = sent.filter(recipient__email__iexact=report.address)
    to_addresses = sent.filter(recipient=None, address__iexact=report.address)
    for found in (to_people, to_addresses):
        for message in found[:LATEST]:
            if message.message_id == report.message_id:
                return message
    return None
