"""What a person does with their messages. Messages are nobody's record: reading one leaves no trail."""

from django.db import transaction

from induction_portal import clock
from induction_portal.accounts.viewer import Viewer

from .inbox import messages_of
from .models import Message


def mark_read(message: Message) -> None:
    """The recipient has opened the message; the first time counts."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clock.now())


@transaction.atomic
def mark_all_read(viewer: Viewer) -> int:
    """Mark the viewer's unread messages as read; returns how many there were."""
    return messages_of(viewer).unread().update(read_at=clock.now())
