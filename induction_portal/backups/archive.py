"""The backup's file: a zip with the dump as PostgreSQL wrote it, and a manifest that says what it must contain."""

import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .errors import BackupError

FORMAT = 1
DUMP, MANIFEST = "database.dump", "manifest.json"
_CHUNK = 1024 * 1024
# What Python's zipfile raises for files that were cut or changed.
_DAMAGES = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, KeyError, struct.error)


@dataclass(frozen=True)
class Archive:
    """A file whose every byte has been checked, and its manifest."""

    path: Path
    manifest: dict[str, Any]

    def pour_into(self, sink: IO[bytes]) -> None:
        """Writes the dump to `sink`."""
        with zipfile.ZipFile(self.path) as file, file.open(DUMP) as dump:
            for chunk in _chunks(dump):
                sink.write(chunk)


def opened(path: Path) -> Archive:
    """The archive at `path`. BackupError if it is missing, cut, changed, or of a format that is not known here."""
    try:
        with zipfile.ZipFile(path) as file:
            manifest = json.loads(file.read(MANIFEST))
            with file.open(DUMP) as dump:
                digest = hashlib.file_digest(dump, "sha256").hexdigest()
        form, promised = manifest["format"], manifest["sha256"]
    except OSError as problem:
        raise BackupError(f"{path} cannot be read: {problem.strerror}.") from problem
    except _DAMAGES as problem:
        raise BackupError(f"{path} is damaged or not a backup. Use another copy; nothing was changed.") from problem
    if form != FORMAT:
        raise BackupError(f"{path} was made by another version of the portal (format {form}). Restore it with that.")
    if digest != promised:
        raise BackupError(f"{path} is damaged: its checksum is wrong. Use another copy; nothing was changed.")
    return Archive(path, manifest)


@contextmanager
def written_whole(path: Path) -> Iterator[zipfile.ZipFile]:
    """A new zip file that appears under its name once all of it is on disk, readable by its owner alone."""
    unfinished = path.with_name(path.name + ".unfinished")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw:
            with zipfile.ZipFile(raw, "w") as file:
                yield file
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def add_dump(file: zipfile.ZipFile, dump: IO[bytes]) -> str:
    """Copies the dump into the zip as it comes, and returns its SHA-256."""
    digest = hashlib.sha256()
    with file.open(DUMP, "w", force_zip64=True) as entry:
        for chunk in _chunks(dump):
            digest.update(chunk)
            entry.write(chunk)
    return digest.hexdigest()


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
