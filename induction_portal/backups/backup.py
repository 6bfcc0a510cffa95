"""One consistent picture of the whole database, taken while the portal goes on working."""

import json
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg

from .archive import FORMAT, MANIFEST, add_dump, written_whole
from .database import OWNER, Database
from .errors import BackupError
from .facts import facts, sequences

_MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY id"
_OPTIONS = ["--format=custom", "--no-comments", "--no-publications", "--no-subscriptions", "--no-tablespaces"]


def back_up(database: Database, folder: Path) -> Path:
    """Writes a backup into `folder` and returns its path. BackupError if it cannot; then no file is left behind."""
    if not folder.is_dir():
        raise BackupError(f"There is no folder {folder}. Make it first, readable by nobody else.")
    with database.connect() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        made = _moment(connection)
        file = folder.absolute() / f"portal-{made:%Y-%m-%dT%H%M%SZ}.zip"
        if file.exists():
            raise BackupError(f"{file} is already there. Try again in a second.")
        try:
            with written_whole(file) as archive:
                _fill(archive, database, connection, made)
        except OSError as problem:
            raise BackupError(f"{file} cannot be written: {problem.strerror}.") from problem
    return file


def _moment(connection: psycopg.Connection) -> datetime:
    """The database's own time of the snapshot: what is in the backup was written before."""
    (now,) = connection.execute("SELECT now()").fetchone() or (None,)
    return now.astimezone(UTC)  # type: ignore[union-attr]  # a SELECT of one value has a row


def _fill(archive: ZipFile, database: Database, connection: psycopg.Connection, made: datetime) -> None:
    """The dump and the facts come from one snapshot, so that they agree whatever is written meanwhile."""
    manifest = _manifest(connection, made)
    manifest["sha256"] = _dump(archive, database, connection)
    manifest["facts"] = facts(connection)
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _manifest(connection: psycopg.Connection, made: datetime) -> dict[str, Any]:
    try:
        migrations = [name for (name,) in connection.execute(_MIGRATIONS)]
    except psycopg.errors.UndefinedTable as problem:
        raise BackupError("This database holds no portal yet: there is nothing to back up.") from problem
    return {
        "format": FORMAT,
        "made": made.isoformat(timespec="seconds"),
        "postgresql": connection.info.server_version // 10000,
        "roles": {
            OWNER: "owns everything; NOLOGIN",
            "portal_app": "reads and writes rows; NOLOGIN NOSUPERUSER NOBYPASSRLS",
        },
        "kept elsewhere": "SECRET_KEY and the other environment variables; queued tasks are found again from the rows",
        "migrations": migrations,
        "sequences": sequences(connection),
    }


def _dump(archive: ZipFile, database: Database, connection: psycopg.Connection) -> str:
    (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
    options = [f"--role={OWNER}", f"--snapshot={snapshot}", "--no-password", *_OPTIONS]
    command = [database.program("pg_dump", connection), *options]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, env=database.environment, stdout=subprocess.PIPE, stderr=said) as dumping,
    ):
        digest = add_dump(archive, dumping.stdout)  # type: ignore[arg-type]  # a pipe was asked for
        if dumping.wait():
            said.seek(0)
            raise BackupError(f"pg_dump failed: {said.read().decode(errors='replace').strip()}")
    return digest
