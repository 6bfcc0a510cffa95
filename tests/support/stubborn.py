"""A mail server that refuses, puts off or hangs up, as it is told."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from induction_portal.embedded.wire import free_port


class _Answers:
    def __init__(self, to_address: str, to_message: str) -> None:
        self.to_address, self.to_message = to_address, to_message
        self.connections: set[asyncio.Transport] = set()

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802 - aiosmtpd's name
        self.connections.add(server.transport)
        envelope.rcpt_tos.append(address)
        return self.to_address

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return self.to_message


@contextmanager
def stubborn_server(settings, *, to_address: str = "250 OK", to_message: str = "250 OK") -> Iterator[None]:
    """Django's mail goes to a server that gives these answers."""
    answers = _Answers(to_address, to_message)
    server = Controller(answers, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    yield
    asyncio.run_coroutine_threadsafe(_hang_up(answers.connections), server.loop).result()
    server.stop()


async def _hang_up(connections: set[asyncio.Transport]) -> None:
    """Close what a client may have left half open, and let the loop notice: a later test finds nothing."""
    for connection in connections:
        connection.abort()
    await asyncio.sleep(0.05)
