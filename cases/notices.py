"""What follows from a message having gone out."""

from typing import Any
from uuid import UUID

from induction_portal import clock

from .actions import notice_sent


def absence_notice_sent(message: Any) -> None:
    """The notice of 30 days reached the mail server of the body's officer (D19)."""
    notice_sent(on=clock.today(), notice_id=UUID(message.once))
