"""bin/backup and bin/restore: nothing is lost, nothing half done, and what is not whole is refused."""

import json
import os
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.test import Client
from psycopg import sql

from induction_portal.accounts.viewer import System
from induction_portal.backups.backup import back_up
from induction_portal.backups.database import Database
from induction_portal.backups.errors import BackupError
from induction_portal.backups.facts import TABLES, facts
from induction_portal.backups.restore import restore
from induction_portal.documents import store
from tests.support.services import copy_database
from tests.support.visitors import Visitor
from tests.support.world import World
from tests.support.world_database import BUILT, copy_world, drop

ROOT = Path(__file__).resolve().parents[2]
PDF = b"%PDF-1.7\n\x00\xff\\x41\n" + bytes(range(256)) * 40
DOCUMENT = UUID(int=56)


@pytest.fixture(scope="module")
def source(_world: World, services, django_db_blocker, worker_id: str) -> Iterator[Database]:
    """A database with one of everything, committed, and a file that was issued."""
    name = f"portal_source_{worker_id}"
    copy_world(services, name)
    with django_db_blocker.unblock():
        home = connection.settings_dict["NAME"]
        services.use_database(name)
        try:
            facts = {"subject_id": DOCUMENT, "kind": "review", "filename": "review.pdf", "by": System("backup test")}
            store.issue(content=PDF, organisation_id=_world.places["oak"], **facts)
        finally:
            services.use_database(home)
    yield Database(services.postgres.url(name))
    with services.postgres.superuser("postgres") as superuser:
        drop(superuser, name)


@pytest.fixture(scope="module")
def backup(source: Database, tmp_path_factory) -> Path:
    """A backup of it, made by the command."""
    folder = tmp_path_factory.mktemp("backups")
    done = command("bin/backup", source, str(folder))
    assert done.returncode == 0, done.stderr
    (file,) = folder.iterdir()
    assert done.stdout.splitlines()[0] == str(file)
    return file


@pytest.fixture(scope="module")
def restored(source, backup, services, worker_id) -> Iterator[Database]:
    """The backup restored into an empty database by the command."""
    name = f"portal_restored_{worker_id}"
    with services.postgres.superuser("postgres") as superuser:
        drop(superuser, name)
        copy_database(superuser, "template1", name)
    database = Database(services.postgres.url(name))
    done = command("bin/restore", database, str(backup))
    assert done.returncode == 0, done.stderr
    assert "equal to the backup of" in done.stdout
    assert "The audit trail is whole" in done.stdout
    yield database
    with services.postgres.superuser("postgres") as superuser:
        drop(superuser, name)


@pytest.fixture
def make_database(services, worker_id: str) -> Iterator[Callable[..., Database]]:
    """Makes a database: empty, or with the world in it."""
    made = []

    def make(template: str = "template1") -> Database:
        name = f"portal_target_{worker_id}_{len(made)}"
        with services.postgres.superuser("postgres") as superuser:
            drop(superuser, name)
            copy_database(superuser, template, name)
        made.append(name)
        return Database(services.postgres.url(name))

    yield make
    with services.postgres.superuser("postgres") as superuser:
        for name in made:
            drop(superuser, name)


@pytest.fixture
def target(make_database) -> Database:
    return make_database()


def command(program: str, database: Database, *arguments: str) -> subprocess.CompletedProcess[str]:
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = plain | {"DATABASE_URL": database.url}
    return subprocess.run(
        [ROOT / program, *arguments], env=environment, cwd="/", capture_output=True, text=True, check=False
    )


def name_of(database: Database) -> str:
    return database.url.partition("@/")[2].partition("?")[0]


def rows(database: Database) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with database.connect() as opened:
        tables = [name for (name,) in opened.execute(TABLES)]
        query = sql.SQL("SELECT whole::text FROM {} AS whole ORDER BY 1")
        return {name: [row for (row,) in opened.execute(query.format(sql.Identifier(name)))] for name in tables}


def changed(backup: Path, folder: Path, **changes) -> Path:
    """A copy of the backup whose manifest says something else."""
    copy = folder / "changed.zip"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(copy, "w") as new:
        manifest = json.loads(old.read("manifest.json")) | changes
        new.writestr("database.dump", old.read("database.dump"))
        new.writestr("manifest.json", json.dumps(manifest))
    return copy


def manifest_of(backup: Path) -> dict:
    with zipfile.ZipFile(backup) as file:
        return json.loads(file.read("manifest.json"))


class TestNothingIsLost:
    def test_every_row_of_every_table_is_there_again(self, source, restored):
        before, after = rows(source), rows(restored)
        assert before.keys() == after.keys()
        assert len(before) > 30
        for table in before:
            assert after[table] == before[table], table
        assert len(after["audit_auditevent"]) > 50

    def test_issued_bytes_are_the_same(self, restored):
        with restored.connect() as opened:
            query = (
                "SELECT content FROM documents_storedbytes JOIN documents_issueddocument ON stored_id = sha256"
                " WHERE subject_id = %s"
            )
            assert bytes(opened.execute(query, [DOCUMENT]).fetchone()[0]) == PDF

    @pytest.mark.parametrize("role", ["portal_app", "portal_owner"])
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_auditevent SET acted_as = 'x'",
            "DELETE FROM audit_auditpayload",
            "DELETE FROM documents_storedbytes",
            "UPDATE assessments_version SET number = number + 1",
        ],
    )
    def test_the_triggers_still_refuse(self, restored, role, statement):
        with restored.connect() as opened:
            opened.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
            with pytest.raises(psycopg.errors.RestrictViolation):
                opened.execute(statement)

    def test_the_application_owns_nothing_and_may_work(self, restored):
        with restored.connect() as opened:
            owners = opened.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
            assert owners == [("portal_owner",)]
            opened.execute("SET ROLE portal_app")
            with pytest.raises(psycopg.errors.InsufficientPrivilege), opened.transaction():
                opened.execute("DROP TABLE audit_auditevent")
            with pytest.raises(psycopg.errors.InsufficientPrivilege), opened.transaction():
                opened.execute("CREATE TABLE mine (id int)")

    def test_the_sequences_go_on(self, restored):
        with restored.connect() as opened:
            opened.execute("SET ROLE portal_app")
            (last,) = opened.execute("SELECT max(id) FROM audit_auditevent").fetchone()
            (following,) = opened.execute("SELECT nextval(pg_get_serial_sequence('audit_auditevent', 'id'))").fetchone()
            assert following > last

    def test_what_a_later_migration_makes_is_open_to_the_application(self, restored):
        with restored.connect() as opened:
            opened.execute("CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY)")
            opened.execute("SET ROLE portal_app")
            opened.execute("INSERT INTO later DEFAULT VALUES")
            opened.rollback()

    def test_people_sign_in_and_open_a_case(self, restored, make_database, _world, services, django_db_blocker):  # noqa: PT019 - the world unopened
        person = _world.people["induction_tutor@oak"]
        case = next(case for case in _world.cases.values() if person.key in case.tutors)
        copy = make_database(name_of(restored))
        with django_db_blocker.unblock():
            home = connection.settings_dict["NAME"]
            services.use_database(name_of(copy))
            try:
                page = Visitor(person, Client()).get(f"/cases/{case.id}/")
            finally:
                services.use_database(home)
        assert page.status_code == 200
        assert "<h1" in page.content.decode()


class TestWhileTheDatabaseIsUsed:
    def test_a_backup_is_one_moment_of_a_database_that_is_written_to(self, make_database, target, tmp_path):
        busy, stop, written = make_database(BUILT), threading.Event(), threading.Event()
        insert = (
            "WITH one AS (INSERT INTO portal_cache VALUES (gen_random_uuid(), 'x', now()))"
            " INSERT INTO audit_accesslog (user_id, acted_as, subject_kind, subject_id, refused, hour)"
            " VALUES (gen_random_uuid(), 'backup test', 'x', gen_random_uuid(), false, now())"
        )

        def write() -> None:
            with psycopg.connect(busy.url) as writing:
                while not stop.is_set():
                    writing.execute("SET ROLE portal_app")
                    writing.execute(insert)
                    writing.commit()
                    written.set()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            assert written.wait(10)
            file = back_up(busy, tmp_path)
        finally:
            stop.set()
            writer.join()
        restore(target, file, replace=False)
        query = (
            "SELECT (SELECT count(*) FROM portal_cache WHERE value = 'x'),"
            " (SELECT count(*) FROM audit_accesslog WHERE acted_as = 'backup test')"
        )
        with busy.connect() as source, target.connect() as copy:
            total, _ = source.execute(query).fetchone()
            kept, also_kept = copy.execute(query).fetchone()
        assert 0 < kept == also_kept < total

    def test_a_database_with_others_in_it_is_left_alone(self, target, backup):
        with target.connect(), pytest.raises(BackupError, match="Stop web, worker and scheduler"):
            restore(target, backup, replace=True)

    def test_a_full_database_is_replaced_only_when_told(self, make_database, source, backup):
        full = make_database(BUILT)
        with full.connect() as opened:
            opened.execute("CREATE TABLE left_over (id int)")
        with pytest.raises(BackupError, match="Say --replace"):
            restore(full, backup, replace=False)
        assert "left_over" in rows(full)
        restore(full, backup, replace=True)
        assert rows(full) == rows(source)


class TestWhatIsRefused:
    """Nothing of it touches the database."""

    @pytest.fixture(autouse=True)
    def _nothing_arrives(self, target) -> Iterator[None]:
        yield
        assert rows(target) == {}

    @pytest.mark.parametrize("part", [0.0, 0.001, 0.5, 0.99, 0.99999])
    def test_a_file_that_was_cut(self, backup, target, tmp_path, part):
        whole = backup.read_bytes()
        cut = tmp_path / "cut.zip"
        cut.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(BackupError, match="damaged or not a backup"):
            restore(target, cut, replace=False)

    @pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.9, 0.97])
    def test_a_file_with_one_bit_turned(self, backup, target, tmp_path, part):
        content = bytearray(backup.read_bytes())
        content[int(len(content) * part)] ^= 4
        bad = tmp_path / "bad.zip"
        bad.write_bytes(content)
        with pytest.raises(BackupError, match="damaged"):
            restore(target, bad, replace=False)

    def test_a_dump_that_is_not_the_manifests(self, backup, target, tmp_path):
        with pytest.raises(BackupError, match="its checksum is wrong"):
            restore(target, changed(backup, tmp_path, sha256="0" * 64), replace=False)

    def test_a_file_that_is_not_there(self, target, tmp_path):
        with pytest.raises(BackupError, match="No such file"):
            restore(target, tmp_path / "none.zip", replace=False)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"format": 2}, r"another version of the portal \(format 2\)"),
            ({"postgresql": 99}, "comes from PostgreSQL 99, and this server is"),
            ({"migrations": ["cases.0001_initial", "cases.9999_later"]}, r"later version of the portal \(cases.9999"),
        ],
    )
    def test_a_version_that_does_not_fit(self, backup, target, tmp_path, changes, says):
        with pytest.raises(BackupError, match=says):
            restore(target, changed(backup, tmp_path, **changes), replace=False)

    def test_a_table_with_other_rows_than_were_backed_up(self, backup, target, tmp_path):
        lines = manifest_of(backup)["facts"]
        more = [line.replace("table accounts_user: ", "table accounts_user: 1") for line in lines]
        assert more != lines
        with pytest.raises(BackupError, match=r"(?s)Nothing was changed.*missing: table accounts_user: 1"):
            restore(target, changed(backup, tmp_path, facts=more), replace=False)

    def test_a_trigger_that_did_not_come_back(self, backup, target, tmp_path):
        more = [*manifest_of(backup)["facts"], "trigger audit_event_kept on another_table: O"]
        with pytest.raises(BackupError, match="missing: trigger audit_event_kept on another_table"):
            restore(target, changed(backup, tmp_path, facts=more), replace=False)

    def test_a_sequence_that_would_repeat_itself(self, backup, target, tmp_path):
        numbers = manifest_of(backup)["sequences"] | {"audit_auditevent_id_seq": 10**9}
        with pytest.raises(BackupError, match="audit_auditevent_id_seq would give numbers again"):
            restore(target, changed(backup, tmp_path, sequences=numbers), replace=False)


class TestReplacingFails:
    def test_what_was_there_stays(self, make_database, backup, tmp_path):
        full = make_database(BUILT)
        before = rows(full)
        other = changed(backup, tmp_path, facts=["table accounts_user: 1 rows, 1"])
        with pytest.raises(BackupError, match="Nothing was changed"):
            restore(full, other, replace=True)
        assert rows(full) == before


class TestBackingUp:
    def test_the_file_is_private_and_alone(self, backup):
        assert backup.stat().st_mode & 0o777 == 0o600
        assert [each.name for each in backup.parent.iterdir()] == [backup.name]

    def test_the_manifest_tells_what_a_person_needs(self, backup, source):
        manifest = manifest_of(backup)
        assert set(manifest["roles"]) == {"portal_owner", "portal_app"}
        assert "SECRET_KEY" in manifest["kept elsewhere"]
        with source.connect() as opened:
            assert manifest["facts"] == facts(opened)

    def test_the_password_is_on_no_command_line(self, source):
        password = source.environment["PGPASSWORD"]
        assert password in source.url
        assert source.environment["PGHOST"].startswith("/")

    def test_a_dump_that_fails_leaves_no_file(self, source, tmp_path, monkeypatch):
        monkeypatch.setattr("induction_portal.backups.backup._OPTIONS", ["--no-such-option"])
        with pytest.raises(BackupError, match=r"pg_dump failed: .*no-such-option"):
            back_up(source, tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_a_missing_folder_an_empty_database_and_a_dead_server_are_told(self, source, target, tmp_path):
        with pytest.raises(BackupError, match="There is no folder"):
            back_up(source, tmp_path / "none")
        with pytest.raises(BackupError, match="holds no portal yet"):
            back_up(target, tmp_path)
        with pytest.raises(BackupError, match="The database does not answer"):
            back_up(Database("postgresql://portal@127.0.0.1:1/portal"), tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_a_login_that_may_not_is_told_which_one_may(self, source, services, tmp_path):
        with services.postgres.superuser("postgres") as superuser:
            superuser.execute("DROP ROLE IF EXISTS portal_stranger")
            superuser.execute("CREATE ROLE portal_stranger LOGIN PASSWORD 'x'")
        stranger = Database(f"{source.url}&user=portal_stranger&password=x")
        with pytest.raises(BackupError, match="Use the login that migrates"):
            back_up(stranger, tmp_path)
