"""A mail server that refuses, puts off or hangs up, as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from induction_portal.embedded.wire import free_port


class _Answers:
    def __init__(self, to_address: str, to_message: str) -> None:
        self.to_address, self.to_message = to_address, to_message

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return self.to_message


@contextmanager
def stubborn_server(settings, *, to_address: str = "250 OK", to_message: str = "250 OK") -> Iterator[None]:
    """Django's mail goes to a server that gives these answers."""
    server = Controller(_Answers(to_address, to_message), hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    yield
    server.stop()
