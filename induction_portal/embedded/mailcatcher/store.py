"""The mails caught, one file each, so that they outlive a restart."""

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

ENVELOPE_TO = "X-Envelope-To"
_KEY = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Caught:
    """One mail: its key, when it came (UTC), and its headers or all of it."""

    key: str
    at: datetime
    message: EmailMessage

    def header(self, name: str) -> str:
        """The header's text; empty when absent or past reading."""
        try:
            return str(self.message[name] or "")
        except (ValueError, IndexError, AttributeError):  # the parser's own faults with malformed headers
            return ""

    @property
    def recipients(self) -> str:
        """Whom the mail server was told to deliver to, blind copies included."""
        return self.header(ENVELOPE_TO)

    def body(self, kind: str) -> str:
        """The text of its `plain` or `html` part; empty when there is none."""
        part = self.message.get_body(preferencelist=(kind,))
        if part is None:
            return ""
        charset = part.get_content_charset("utf-8")
        try:
            return part.get_payload(decode=True).decode(charset, errors="replace")
        except LookupError:
            return part.get_payload(decode=True).decode("utf-8", errors="replace")


class MailStore:
    """The folder of mails. Newest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, content: bytes, recipients: Iterable[str]) -> str:
        """Keeps a mail as it came, with the envelope's recipients, and returns its key."""
        key = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        envelope = f"{ENVELOPE_TO}: {', '.join(recipients)}\r\n".encode("utf-8", errors="replace")
        unfinished = self.folder / f"{key}.unfinished"
        unfinished.write_bytes(envelope + content)
        unfinished.rename(self.folder / f"{key}.eml")
        return key

    def newest(self, *, to: str = "", limit: int = 200) -> list[Caught]:
        """The headers of the newest mails; with `to`, of those whose recipients contain it."""
        found: list[Caught] = []
        for key in self._keys():
            caught = Caught(key, _moment(key), self._parse(key, BytesHeaderParser(policy=policy.default)))
            if to.strip().lower() in caught.recipients.lower():
                found.append(caught)
            if len(found) == limit:
                break
        return found

    def get(self, key: str) -> Caught | None:
        """The whole mail, or None if there is none of that key."""
        if not _KEY.fullmatch(key) or not self._path(key).exists():
            return None
        return Caught(key, _moment(key), self._parse(key, BytesParser(policy=policy.default)))

    def _keys(self) -> Iterator[str]:
        return iter(sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True))

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.eml"

    def _parse(self, key: str, parser: BytesHeaderParser | BytesParser) -> EmailMessage:
        with self._path(key).open("rb") as file:
            return parser.parse(file)


def _moment(key: str) -> datetime:
    return datetime.strptime(key.partition("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
