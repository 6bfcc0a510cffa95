"""The embedded database and broker: real ones, started and stopped."""

import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest
from kombu import Connection

from induction_portal.embedded import external, system
from induction_portal.embedded.account import OURSELVES, Account, database_account
from induction_portal.embedded.binaries import postgres_bin
from induction_portal.embedded.broker import Broker
from induction_portal.embedded.errors import EmbeddedError
from induction_portal.embedded.folders import lock, services_folder, socket_folder, state_folder
from induction_portal.embedded.postgres import Postgres

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as another user")


@pytest.fixture(scope="module")
def postgres(open_folder):
    server = Postgres(open_folder / "postgres", durable=False)
    server.start()
    yield server
    server.stop()


def test_what_was_committed_survives_a_crash_that_leaves_a_stale_pid_file(open_folder):
    postgres = Postgres(open_folder / "crashing")
    postgres.start()
    with psycopg.connect(postgres.url(), autocommit=True) as owner:
        owner.execute("SET ROLE portal_owner")
        owner.execute("CREATE TABLE kept AS SELECT 1 AS one")
    postgres.process.kill()
    assert (postgres.data / "postmaster.pid").exists()
    postgres.start()
    with psycopg.connect(postgres.url(), autocommit=True) as application:
        application.execute("SET ROLE portal_app")
        assert application.execute("SELECT one FROM kept").fetchone() == (1,)
    postgres.stop()


def test_the_login_can_do_nothing_before_it_takes_a_role(postgres):
    with psycopg.connect(postgres.url(), autocommit=True) as login:
        with pytest.raises(psycopg.ProgrammingError, match="no schema has been selected to create in"):
            login.execute("CREATE TABLE mine (one int)")
        login.execute("SET ROLE portal_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute("CREATE TABLE mine (one int)")


def test_a_wrong_password_is_refused_even_on_this_machine(postgres):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url().replace(postgres.password, "guess"))


def test_the_password_is_private_and_the_data_is_too(postgres):
    assert stat.S_IMODE((postgres.home / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(postgres.data.stat().st_mode) == 0o700


def test_the_database_speaks_utf8_whatever_the_terminal(postgres):
    with postgres.superuser("portal") as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


@only_root
def test_root_runs_the_database_as_somebody_else(postgres):
    assert Path(f"/proc/{postgres.process.pid}").stat().st_uid != 0
    assert database_account(postgres.data).uid == postgres.data.stat().st_uid


def test_another_version_of_postgresql_is_not_let_near_the_data(tmp_path):
    with pytest.raises(EmbeddedError, match="No PostgreSQL 9 found, which made this clone's data"):
        postgres_bin(OURSELVES, "9", tmp_path)


@only_root
def test_programs_out_of_reach_are_copied(tmp_path, open_folder, monkeypatch):
    account = database_account(Path("/nowhere"))
    monkeypatch.setattr(Account, "can_reach", lambda self, path: False)
    folder = postgres_bin(account, None, open_folder / "programs")
    monkeypatch.undo()
    assert folder.is_relative_to(open_folder / "programs")
    assert account.can_reach(folder / "postgres")


@only_root
def test_a_clone_out_of_reach_keeps_its_data_elsewhere(tmp_path):
    tmp_path.chmod(0o700)
    state = state_folder(tmp_path)
    folder = services_folder(state)
    try:
        assert folder.parent == Path("/var/lib/induction-portal")
        assert services_folder(state) == folder
    finally:
        folder.rmdir()


def test_tasks_survive_a_restart_of_the_broker(tmp_path):
    broker = Broker(tmp_path / "broker")
    with Connection(broker.start()) as connection:
        connection.SimpleQueue("kept").put({"case": 1})
    broker.stop()
    with Connection(broker.start()) as connection:
        assert connection.SimpleQueue("kept").get(timeout=5).payload == {"case": 1}
    broker.process.kill()
    broker.stop()


def test_a_socket_path_is_short_and_the_earlier_one_is_gone(tmp_path):
    first = socket_folder(tmp_path, OURSELVES)
    second = socket_folder(tmp_path, OURSELVES)
    assert not first.exists()
    assert len(str(second / ".s.PGSQL.5432")) < 107
    second.rmdir()


def test_a_folder_can_be_locked_once(tmp_path):
    with lock(tmp_path / "lock"), pytest.raises(EmbeddedError, match=f"as process {os.getpid()}"):
        lock(tmp_path / "lock")
    lock(tmp_path / "lock").close()


def test_a_database_of_somebody_else_must_answer(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal:secret-word@127.0.0.1:1/portal")
    with pytest.raises(EmbeddedError, match="its database does not answer") as problem:
        external.checked_database()
    assert "secret-word" not in str(problem.value)


def test_a_database_of_somebody_else_must_know_our_roles(postgres, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres.url())
    assert external.checked_database() == postgres.url()
    with postgres.superuser("postgres") as connection:
        connection.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
    monkeypatch.setenv("DATABASE_URL", postgres.url(login="stranger").replace(postgres.password, "x"))
    with pytest.raises(EmbeddedError, match="not a member of portal_owner and portal_app"):
        external.checked_database()


def test_what_is_missing_is_named_for_every_system():
    lines = "\n".join(system.explain([*system.RUNTIME, *system.TESTS]))
    assert "The text layout library Pango (for PDFs) is missing." in lines
    assert "Debian/Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 chromium" in lines
    assert "Fedora:        dnf install pango harfbuzz chromium" in lines
    assert "macOS:         brew install pango harfbuzz" in lines


def test_nothing_missing_says_nothing():
    assert system.explain([]) == []
    assert [need.what for need in system.RUNTIME if not need.is_there()] == []


def test_stopping_waits_for_the_data(open_folder):
    server = Postgres(open_folder / "second", durable=False)
    server.start()
    process = server.process
    server.stop()
    assert process.exit_code == 0
    assert process.program.on_stop is signal.SIGINT
    assert not (server.data / "postmaster.pid").exists()
