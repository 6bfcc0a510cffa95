"""A local mail server that keeps what it is given."""

import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from induction_portal.embedded.wire import free_port


class Mailbox:
    """Every mail accepted since the last `clear()`, parsed, oldest first, in `messages`."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.host = "127.0.0.1"
        self._controller = _listening(self)
        self.port = self._controller.port

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Called by the server's own thread for each mail."""
        message = message_from_bytes(envelope.original_content, policy=policy.default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails delivered to `address`."""
        return [message for message in self.messages if address in str(message["X-Envelope-To"]).split(", ")]

    def wait_for(self, wanted: Callable[["Mailbox"], bool], seconds: float = 15.0) -> None:
        """Returns once `wanted(mailbox)` is true; AssertionError listing what came when `seconds` pass."""
        limit = time.monotonic() + seconds
        while not wanted(self):
            subjects = [f"{message['To']}: {message['Subject']}" for message in self.messages]
            assert time.monotonic() < limit, f"The mail expected did not come. These came: {subjects}"
            time.sleep(0.05)

    def clear(self) -> None:
        """Forgets every mail."""
        self.messages.clear()

    def close(self) -> None:
        """Stops listening."""
        self._controller.stop()


def _listening(mailbox: Mailbox, attempts: int = 5) -> Controller:
    """A server on a free port: another process may take the port between our look and our use, so try again."""
    for _ in range(attempts - 1):
        try:
            return _started(mailbox)
        except OSError:
            continue
    return _started(mailbox)


def _started(mailbox: Mailbox) -> Controller:
    controller = Controller(mailbox, hostname=mailbox.host, port=free_port())
    controller.start()
    return controller
