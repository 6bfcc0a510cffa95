"""The world kept in a database of its own: built once in a run, copied in a tenth of a second wherever it is wanted."""

import pickle
from pathlib import Path

from django.db import connection, transaction
from psycopg import Connection, sql

from induction_portal import clock
from tests.support.services import MIGRATED, Services, copy_database
from tests.support.world import World

BUILT = "portal_world"


def world_of(services: Services) -> World:
    """The run's world, built by the first test process that asks. Leaves Django's connection where it was."""
    file = services.postgres.home.parent / "world.pickle"
    with services.postgres.superuser("postgres") as superuser:
        superuser.execute("SELECT pg_advisory_lock(2027)")
        if not file.exists():
            _build(services, superuser, file)
    return pickle.loads(file.read_bytes())


def copy_world(services: Services, name: str) -> None:
    """Makes database `name` afresh with the world in it."""
    with services.postgres.superuser("postgres") as superuser:
        drop(superuser, name)
        copy_database(superuser, BUILT, name)


def drop(superuser: Connection, name: str) -> None:
    superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _build(services: Services, superuser: Connection, file: Path) -> None:
    from tests.support.world_build import Builder

    home = connection.settings_dict["NAME"]
    drop(superuser, BUILT)
    copy_database(superuser, MIGRATED, BUILT)
    services.use_database(BUILT)
    try:
        with transaction.atomic():
            world = Builder(clock.today()).build()
            connection.run_on_commit = []  # nobody is woken: messages and documents wait, as in a real transaction
    finally:
        services.use_database(home)
    file.write_bytes(pickle.dumps(world))
