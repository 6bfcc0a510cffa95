"""Makes the past of the story look past: what it told people then is not sent to them now."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.rules.statuses import MessageStatus
from induction_portal.accounts.models import Invitation, User
from induction_portal.audit.acting import action
from notifications.models import DIGEST, HELD, UNSENT, Message
from notifications.undelivered import note

READ_AFTER = timedelta(days=21)
REFUSED = "The mail server refused the address (code 550)."


def at(day: date) -> datetime:
    """The afternoon of a day."""
    return datetime.combine(day, time(15, 30), ZoneInfo("Europe/London"))


@action
def past_messages(*, on: date, today: date) -> None:
    """Count what waits as sent on its day, and as read when that is weeks ago."""
    read_at = at(on) if on + READ_AFTER < today else None
    # What somebody wants in one mail, and was told today, still waits for that mail.
    over = [*UNSENT, HELD] if on < today else UNSENT
    Message.objects.filter(status__in=over).update(
        status=MessageStatus.SENT, created_at=at(on), sent_at=at(on), read_at=read_at, owner_told=True
    )


def came_back(user: User) -> None:
    """Count the last mail to somebody as refused: their administrators see it, and have the task."""
    message = Message.objects.filter(recipient=user).exclude(kind=DIGEST).latest("pk")
    Message.objects.filter(pk=message.pk).update(status=MessageStatus.ABANDONED, sent_at=None, failure=REFUSED)
    note(message, REFUSED, to_address=True)


def past_invitations() -> None:
    """Count the story's invitations as sent on their days: their links are not mailed now.

    In the transaction of the replay; a mail that went out is no event.
    """
    for row in Invitation.objects.filter(sent_at=None):
        Invitation.objects.filter(pk=row.pk).update(sent_at=at(row.invited_on))
