"""Puts a backup back: all of it, compared with what was backed up, or nothing at all."""

import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from ..embedded.folders import CLONE
from .archive import Archive, opened
from .database import OWNER, Database
from .errors import BackupError
from .facts import TABLES, comparison, tables_of

# Sessions of the server itself have no user. What kind a session is, another login is not shown.
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"
)
_APP_ROLE = "SELECT FROM pg_roles WHERE rolname = 'portal_app'"
_EMPTY = """
DO $empty$
DECLARE drop_it text;
BEGIN
    FOR drop_it IN
        SELECT format('DROP TABLE public.%I CASCADE', tablename) FROM pg_tables WHERE schemaname = 'public'
        UNION ALL
        SELECT format('DROP FUNCTION %s CASCADE', p.oid::regprocedure) FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND deptype = 'e')
    LOOP
        EXECUTE drop_it;
    END LOOP;
END $empty$;
"""


def restore(database: Database, path: Path, *, replace: bool) -> str:
    """Restores the backup at `path` and returns what to tell. BackupError if refused; then nothing was changed.

    Tables in the way are removed with `replace` alone, in the transaction that restores. The last step, the check of
    the audit trail, comes after it: if that fails, the error says that the data are in place.
    """
    archive = opened(path)
    ahead = _unknown_migrations(archive.manifest["migrations"])
    if ahead:
        raise BackupError(f"The backup was made by a later version of the portal ({ahead[0]}). Install that version.")
    with database.connect() as connection:
        _refuse_unless_ready(connection, archive, replace=replace)
        programs = database.program("psql", connection).parent
    _load(database, programs, archive, replace=replace)
    with database.connect() as connection:
        connection.autocommit = True
        connection.execute("ANALYZE")
    tables = len(tables_of(archive.manifest["facts"]))
    return f"Restored: {tables} tables, equal to the backup of {archive.manifest['made']}.\n{_after(database, archive)}"


def _refuse_unless_ready(connection: psycopg.Connection, archive: Archive, *, replace: bool) -> None:
    ours, theirs = connection.info.server_version // 10000, archive.manifest["postgresql"]
    if ours < theirs:
        raise BackupError(
            f"The backup comes from PostgreSQL {theirs}, and this server is {ours}. Use {theirs} or later."
        )
    if not connection.execute(_APP_ROLE).rowcount:
        raise BackupError("This server has no role portal_app. Create the roles first: see docs/deploying.md.")
    if not replace and connection.execute(TABLES).rowcount:
        raise BackupError("The database is not empty. Say --replace to remove all that it holds, or name another one.")
    (others,) = connection.execute(_OTHERS).fetchone() or (0,)
    if others:
        raise BackupError(f"{others} other connections are open. Stop web, worker and scheduler, then try again.")


def _load(database: Database, programs: Path, archive: Archive, *, replace: bool) -> None:
    before = f"SET ROLE {OWNER};\nSET client_min_messages = warning;\n{_EMPTY if replace else ''}"
    after = comparison(archive.manifest["facts"], archive.manifest["sequences"])
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        first, last = Path(folder, "before.sql"), Path(folder, "after.sql")
        first.write_text(before)
        last.write_text(after)
        script = [programs / "pg_restore", f"--role={OWNER}", "--file=-"]
        options = ["--no-psqlrc", "--no-password", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        load = [programs / "psql", *options, f"--file={first}", "--file=-", f"--file={last}"]
        loaded = _pour(archive, script, load, database.environment, said)
        said.seek(0)
        complaint = said.read().decode(errors="replace").strip()
    if not loaded:
        raise BackupError(f"Nothing was changed. PostgreSQL said:\n{complaint}")


def _pour(archive: Archive, script: list, load: list, environment: dict[str, str], said) -> bool:
    """Archive to pg_restore to psql; returns whether all went well."""
    reading = subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
    with reading:
        loading = subprocess.Popen(load, env=environment, stdin=reading.stdout, stdout=subprocess.DEVNULL, stderr=said)
        reading.stdout.close()  # ours: when psql ends early, pg_restore must notice
        try:
            archive.pour_into(reading.stdin)
            reading.stdin.close()
        except BrokenPipeError:
            pass  # psql has said why
        # Both have to end well; a script that is cut short fails the comparison at its end.
        return loading.wait() == 0 and reading.wait() == 0


def _after(database: Database, archive: Archive) -> str:
    behind = _known_migrations() - set(archive.manifest["migrations"])
    if behind:
        return "The backup is of an earlier version: now run manage.py migrate, then manage.py verify_audit."
    command = [sys.executable, str(CLONE / "manage.py"), "verify_audit"]
    environment = database.environment | {"DATABASE_URL": database.url, "DATABASE_ROLE": OWNER}
    done = subprocess.run(command, cwd=CLONE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"The data are restored, but do not open the portal yet. {done.stderr.strip()}")
    return done.stdout.strip()


def _known_migrations() -> set[str]:
    """`app.name` of each migration of this version's own apps."""
    files = [*CLONE.glob("*/migrations/0*.py"), *CLONE.glob("induction_portal/*/migrations/0*.py")]
    return {f"{file.parent.parent.name}.{file.stem}" for file in files}


def _unknown_migrations(applied: list[str]) -> list[str]:
    known = _known_migrations()
    ours = {name.partition(".")[0] for name in known}
    return [name for name in applied if name.partition(".")[0] in ours and name not in known]
