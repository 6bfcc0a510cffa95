"""The ECT's copy of their record as one file: an index, the documents, and everything else in words (R83).

The index is HTML: it opens on any computer without a program of its own, a screen reader reads it, and a browser prints
it. The same list as a spreadsheet goes with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import with_bytes
from induction_portal.govuk.words import moment

from .own_record import OwnRecord, title_of
from .rules.csv_files import as_csv

IN_MEMORY = 1024 * 1024
LATEST, EARLIER = "documents", "earlier-versions"
COLUMNS = ("Document", "Version", "Issued on", "File", "SHA-256")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in the archive: what it is, under which name, and whether another has taken its place."""

    title: str
    name: str
    version: int
    issued_at: datetime
    sha256: str
    is_latest: bool


@dataclass(slots=True)
class Names:
    """Names of files that every system takes, each given once. They hold no number of a person."""

    given: set[str] = field(default_factory=set)

    def give(self, folder: str, document: IssuedDocument) -> str:
        stem = slugify(Path(document.filename).stem)[:80].strip("-") or "document"
        stem, number = f"{folder}/{stem}-version-{document.version}", 1
        name = f"{stem}.pdf"
        while name in self.given:
            number += 1
            name = f"{stem}-{number}.pdf"
        self.given.add(name)
        return name


def archive_name(record: OwnRecord) -> str:
    """The file's name: it tells nothing of whose it is, for it may lie on a shared computer."""
    return f"my-induction-record-{record.viewer.on.isoformat()}.zip"


def archive_of(record: OwnRecord, *, at: datetime) -> IO[bytes]:
    """The archive, open at its start. What is larger than a megabyte is on disk, in a file without a name.

    `at` is the time at which it is made, which the index tells.
    """
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by the response that sends it
    with ZipFile(file, "w") as archive:
        entries = list(_documents(archive, record))
        context = {"induction": record.induction, "made": moment(at)}
        index = context | {
            "documents": [entry for entry in entries if entry.is_latest],
            "earlier": [entry for entry in entries if not entry.is_latest],
            "waiting": record.waiting,
            "check_address": settings.PORTAL_URL.rstrip("/") + reverse("documents:check"),
        }
        _text(archive, "index.html", render_to_string("cases/archive/index.html", index), at)
        rows = context | {"sections": list(record.sections())}
        _text(archive, "record.html", render_to_string("cases/archive/record.html", rows), at)
        _text(archive, "documents.csv", "\ufeff" + as_csv(COLUMNS, map(_line, entries)), at)
        _text(archive, "record.css", Path(finders.find("record.css")).read_text(), at)
    file.seek(0)
    return file


def _documents(archive: ZipFile, record: OwnRecord) -> Iterable[Entry]:
    """Writes each document and tells of it; PDFs are packed in themselves."""
    names, titles = Names(), record.titles()
    latest = {each.latest.pk for each in record.filed if each.latest}
    for document, content in with_bytes(record.issued):
        is_latest = document.pk in latest
        name = names.give(LATEST if is_latest else EARLIER, document)
        archive.writestr(_info(name, document.issued_at), content, ZIP_STORED)
        told: dict[str, Any] = {"version": document.version, "issued_at": document.issued_at}
        yield Entry(title_of(document, titles), name, sha256=document.stored_id, is_latest=is_latest, **told)


def _text(archive: ZipFile, name: str, text: str, at: datetime) -> None:
    archive.writestr(_info(name, at), text.encode(), ZIP_DEFLATED)


def _info(name: str, at: datetime) -> ZipInfo:
    info = ZipInfo(name, timezone.localtime(at).timetuple()[:6])
    info.external_attr = 0o600 << 16
    return info


def _line(entry: Entry) -> list[str]:
    return [entry.title, str(entry.version), moment(entry.issued_at), entry.name, entry.sha256]
