"""The mail server and the web server over one store of mails: on loopback, unless told otherwise."""

from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from . import pages
from .store import MailStore

HOST = "127.0.0.1"
_OURS = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'"
_MAILS = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
_LOCAL_NAMES = {"127.0.0.1", "localhost"}


class Catcher:
    """aiosmtpd's handler: keeps what arrives."""

    def __init__(self, store: MailStore) -> None:
        self.store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Accepts the mail once it is on disk."""
        self.store.keep(envelope.original_content or b"", envelope.rcpt_tos)
        return "250 Kept"


class MailPages(BaseHTTPRequestHandler):
    """GET only: the list, a mail, a mail's HTML part."""

    def __init__(self, store: MailStore, *args: object) -> None:
        self.store = store
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answers with the page of the path."""
        # Another site must not read the mail by pointing a name of its own at this machine.
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in _LOCAL_NAMES:
            return self._answer("This page answers to 127.0.0.1 only.", HTTPStatus.MISDIRECTED_REQUEST)
        address = urlsplit(self.path)
        if address.path == "/":
            to = parse_qs(address.query).get("to", [""])[0]
            return self._answer(pages.listing(self.store.newest(to=to), to))
        key, _, part = address.path.strip("/").partition("/")
        mail = self.store.get(key)
        if mail is None or part not in {"", "html"}:
            return self._answer(pages.not_found(), HTTPStatus.NOT_FOUND)
        if part == "html":
            return self._answer(pages.html_part(mail), policy=_MAILS)
        return self._answer(pages.single(mail))

    def log_message(self, *_: object) -> None:
        """Silent: a request's path tells who looked for whom."""

    def _answer(self, content: str, status: HTTPStatus = HTTPStatus.OK, policy: str = _OURS) -> None:
        body = content.encode(errors="replace")
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)


def serve(folder: Path, smtp_port: int, http_port: int, host: str = HOST) -> None:
    """Runs both servers at `host` until the process is told to stop."""
    store = MailStore(folder)
    mail = Controller(Catcher(store), hostname=host, port=smtp_port)
    mail.start()
    try:
        with ThreadingHTTPServer((host, http_port), partial(MailPages, store)) as web:
            web.serve_forever()
    finally:
        mail.stop()
