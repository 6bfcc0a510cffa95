"""PostgreSQL of this clone alone: reached through a socket, so that no port is taken and two clones never meet."""

import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from .account import database_account
from .binaries import postgres_bin
from .errors import EmbeddedError
from .folders import passable, private_file, replace_private_file, socket_folder
from .process import Process, Program

DATABASE = "portal"
LOGIN = "portal"
_ROLES = Path(__file__).with_name("roles.sql")


class Postgres:
    """A cluster under `home`. `durable=False` trades safety for speed: tests only."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.data = home / "data"
        self.durable = durable
        self.account = database_account(self.data)
        self.socket = Path()
        self._process: Process | None = None

    def start(self) -> str:
        """Starts the cluster, made on first use, and returns DATABASE_URL. EmbeddedError if it cannot."""
        passable(self.home)
        programs = postgres_bin(self.account, self._major(), self.home / "programs")
        if self._major() is None:
            self._initialise(programs, self.password)
        self.socket = socket_folder(self.home, self.account)
        self._process = Process(self._program(programs), log=self.home / "log", mark=self.home / "pid")
        try:
            self._process.wait_until(self._is_ready)
            if not self._has_portal():
                self._prepare()
        except BaseException:
            self.stop()
            raise
        return self.url()

    @property
    def process(self) -> Process:
        """The running server. EmbeddedError before `start`."""
        if self._process is None:
            raise EmbeddedError("The embedded database has not been started.")
        return self._process

    def stop(self) -> None:
        """Stops the server and waits until its data is on disk."""
        if self._process:
            self._process.stop()
            self._process = None
            shutil.rmtree(self.socket, ignore_errors=True)

    def url(self, database: str = DATABASE, *, login: str = LOGIN) -> str:
        """The address of `database` for `login` (`portal`, or the superuser `postgres`)."""
        password = quote(self.password)
        return f"postgresql://{login}:{password}@/{database}?host={quote(str(self.socket), safe='')}"

    def superuser(self, database: str = DATABASE) -> psycopg.Connection:
        """A superuser's connection in autocommit: for making databases, never for the application."""
        return psycopg.connect(self.url(database, login="postgres"), autocommit=True)

    def _major(self) -> str | None:
        version = self.data / "PG_VERSION"
        return version.read_text().strip() if version.exists() else None

    def _initialise(self, programs: Path, password: str) -> None:
        """Makes an empty cluster: scram passwords, UTF-8 whatever the terminal's locale is."""
        unfinished = self.data.with_name("data-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.account.own(unfinished)
        secret = self.home / "initial-password"
        replace_private_file(secret, password, self.account)
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        command = [programs / "initdb", f"--pgdata={unfinished}", "--username=postgres", f"--pwfile={secret}", *options]
        as_account = self.account.as_popen_arguments()
        done = subprocess.run(command, capture_output=True, text=True, check=False, **as_account)
        secret.unlink()
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL could not make its data folder {self.data}:\n{done.stderr.strip()}")
        unfinished.rename(self.data)

    def _program(self, programs: Path) -> Program:
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.socket), "timezone": "UTC"}
        settings["random_page_cost"] = "1.1"  # for solid-state disks
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(programs / "postgres"), "-D", str(self.data), *options]
        # SIGINT is PostgreSQL's fast shutdown: it ends connections and loses nothing.
        return Program("database", command, account=self.account, on_stop=signal.SIGINT, on_orphan=signal.SIGINT)

    def _is_ready(self) -> bool:
        """Whether our own server answers: after a crash the pid file may still name an earlier one."""
        status = self.data / "postmaster.pid"
        try:
            lines = status.read_text().split("\n")
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"

    def _has_portal(self) -> bool:
        with self.superuser("postgres") as connection:
            return bool(connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount)

    def _prepare(self) -> None:
        """Makes the roles and the database. What template1 holds, every later database is born with."""
        with self.superuser("template1") as template:
            template.execute(_ROLES.read_text())
            name, password = sql.Identifier(LOGIN), sql.Literal(self.password)
            template.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))
            # NOINHERIT: the login can do nothing until it has become one of the two roles.
            template.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {}").format(name, password))
            template.execute(sql.SQL("GRANT portal_owner, portal_app TO {}").format(name))
        with self.superuser("postgres") as connection:
            name = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER portal_owner").format(name))

    @property
    def password(self) -> str:
        """The password of both logins, made up on first use."""
        return private_file(self.home / "password")
