"""Which database is meant, and the programs of PostgreSQL that fit it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ..embedded.binaries import client_programs
from ..embedded.errors import EmbeddedError
from ..embedded.folders import lock, services_folder, state_folder
from ..embedded.postgres import Postgres
from .errors import BackupError

OWNER = "portal_owner"
_NO_OWNER = (
    "The login in DATABASE_URL cannot act as portal_owner, which owns the tables. Use the login that migrates; a new"
    " server needs the roles first: see docs/deploying.md."
)


@dataclass(frozen=True)
class Database:
    """One PostgreSQL database, reached at `url`."""

    url: str

    def connect(self) -> psycopg.Connection:
        """A connection as portal_owner. BackupError if the database does not answer or the login may not."""
        try:
            connection = psycopg.connect(self.url, connect_timeout=10)
        except psycopg.OperationalError as problem:
            raise BackupError(f"The database does not answer: {problem}".strip()) from problem
        try:
            connection.execute(f"SET ROLE {OWNER}")
        except psycopg.Error as problem:
            connection.close()
            raise BackupError(_NO_OWNER) from problem
        connection.commit()
        return connection

    def program(self, name: str, connection: psycopg.Connection) -> Path:
        """The program of the server's own major version: others write what it cannot read."""
        return client_programs(connection.info.server_version // 10000) / name

    @property
    def environment(self) -> dict[str, str]:
        """Variables that tell PostgreSQL's programs where to connect: a command line would show the password."""
        parts = psycopg.pq.Conninfo.parse(self.url.encode())
        named = {part.envvar.decode(): part.val.decode() for part in parts if part.val and part.envvar}
        return {**os.environ, **named}


@contextmanager
def the_database(*, may_be_running: bool) -> Iterator[Database]:
    """DATABASE_URL's, else this clone's own: started for as long as it is needed when the demo is not running.

    BackupError if the demo is running and `may_be_running` is False.
    """
    if url := os.environ.get("DATABASE_URL", ""):
        yield Database(url)
        return
    state = state_folder()
    try:
        held = lock(state / "lock")
    except EmbeddedError as problem:
        if not may_be_running:
            raise BackupError("The demo is running. Stop it first, with Ctrl-C.") from problem
        yield Database(_url_of_running(state))
        return
    with held:
        postgres = Postgres(services_folder(state) / "postgres")
        try:
            yield Database(postgres.start())
        finally:
            postgres.stop()


def _url_of_running(state: Path) -> str:
    note = state / "env"
    lines = note.read_text().splitlines() if note.exists() else []
    for line in lines:
        name, _, value = line.partition("=")
        if name == "DATABASE_URL":
            return value
    raise BackupError("The demo is still starting. Try again when it has shown its address.")
