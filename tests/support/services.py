"""One PostgreSQL and one broker for the whole run; one database for each test process, cloned from a migrated one."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from psycopg import Connection, sql

from induction_portal.embedded.broker import Broker
from induction_portal.embedded.errors import EmbeddedError
from induction_portal.embedded.folders import forget, lock, passable, services_folder, state_folder
from induction_portal.embedded.postgres import Postgres

MIGRATED = "portal_migrated"
_HOLDS_TRUNCATE_BACK = (
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 <> 0"
)


@dataclass(frozen=True)
class Services:
    """The run's services; a test process other than the first attaches to them by their sockets."""

    postgres: Postgres
    broker: Broker

    @classmethod
    def start(cls) -> "Services":
        """Starts both afresh in a folder of this run alone; folders of runs that died are removed."""
        runs = services_folder(state_folder()) / "tests"
        passable(runs)
        _remove_dead(runs)
        home = runs / str(os.getpid())
        passable(home)
        _held.append(lock(home / "lock"))
        services = cls(Postgres(home / "postgres", durable=False), Broker(home / "broker", durable=False))
        services.postgres.start()
        services.broker.start()
        return services

    @classmethod
    def attach(cls, addresses: dict[str, str]) -> "Services":
        """The services that another process of this run started: see `addresses`."""
        home = Path(addresses["home"])
        services = cls(Postgres(home / "postgres", durable=False), Broker(home / "broker", durable=False))
        services.postgres.socket = Path(addresses["postgres"])
        services.broker.socket = Path(addresses["broker"])
        return services

    @property
    def addresses(self) -> dict[str, str]:
        """Plain values from which another process can attach."""
        home = self.postgres.home.parent
        return {"home": str(home), "postgres": str(self.postgres.socket), "broker": str(self.broker.socket)}

    def stop(self) -> None:
        """Stops both and leaves nothing behind. Only for the process that started them."""
        self.broker.stop()
        self.postgres.stop()
        shutil.rmtree(self.postgres.home.parent, ignore_errors=True)
        for file in _held:
            file.close()

    def give_database(self, name: str) -> None:
        """Makes database `name`, migrated, and points Django's connection at it as portal_app."""
        with self.postgres.superuser("postgres") as superuser:
            # One test process migrates; the others wait here and copy the result.
            superuser.execute("SELECT pg_advisory_lock(2026)")
            if not superuser.execute("SELECT FROM pg_database WHERE datname = %s", [MIGRATED]).rowcount:
                self._migrate(superuser)
            copy_database(superuser, MIGRATED, name)
        self.use_database(name)

    def use_database(self, name: str) -> None:
        """Points Django at a database that exists, as portal_app."""
        self._point_django_at(name, "portal_app")

    def database_url(self) -> str:
        """DATABASE_URL of the database that this test process uses, for processes that it starts."""
        return self.postgres.url(connection.settings_dict["NAME"])

    def _migrate(self, superuser: Connection) -> None:
        unfinished = MIGRATED + "_unfinished"
        superuser.execute(sql.SQL("CREATE DATABASE {} OWNER portal_owner").format(sql.Identifier(unfinished)))
        self._point_django_at(unfinished, "portal_owner")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        connection.close()
        with self.postgres.superuser(unfinished) as inside:
            _let_tests_empty_tables(inside)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        superuser.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(MIGRATED)))

    def _point_django_at(self, name: str, role: str) -> None:
        connection.close()
        password = self.postgres.password
        options = connection.settings_dict["OPTIONS"] | {"assume_role": role}
        place = {"NAME": name, "HOST": str(self.postgres.socket), "PORT": "", "USER": "portal", "PASSWORD": password}
        connection.settings_dict.update(place, OPTIONS=options)


_held = []


def copy_database(superuser: Connection, source: str, target: str) -> None:
    """Makes database `target` with all that is in `source`, to which nobody may be connected."""
    names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
    superuser.execute(sql.SQL("CREATE DATABASE {target} TEMPLATE {source} OWNER portal_owner").format(**names))


def _let_tests_empty_tables(inside: Connection) -> None:
    """Django empties tables between tests that commit. Here alone may the application's role do that."""
    inside.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO portal_app")
    for table, trigger in inside.execute(_HOLDS_TRUNCATE_BACK).fetchall():
        inside.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(sql.SQL(table), sql.Identifier(trigger)))


def _remove_dead(runs: Path) -> None:
    for home in runs.iterdir():
        with suppress(EmbeddedError, FileNotFoundError):
            lock(home / "lock").close()
            forget(home / "postgres")
            forget(home / "broker")
            shutil.rmtree(home, ignore_errors=True)
