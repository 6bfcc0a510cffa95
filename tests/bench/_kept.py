"""Databases of seeded portals, made once and kept in the state folder until what makes them changes."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from django.core.management import call_command
from django.db import connection
from psycopg import sql

from induction_portal.embedded.folders import CLONE, forget, lock, passable, services_folder, state_folder
from induction_portal.embedded.postgres import Postgres
from tests.support.services import Services

MAKERS = ("induction_portal/demo/scale/*.py", "*/migrations/*.py", "induction_portal/*/migrations/*.py")


@dataclass(frozen=True, slots=True)
class Portal:
    """One seeded portal: the name of its database, and how many of each it holds."""

    name: str
    bodies: int
    schools: int
    ects: int


@contextmanager
def kept_portals(portals: list[Portal], broker: Any) -> Iterator[tuple[Services, dict[str, Any]]]:
    """A cluster of its own with these portals, and what making each cost. Earlier clusters of other portals go."""
    home = passable(services_folder(state_folder()) / "bench")
    held = lock(home / "lock")
    cluster = home / _digest(portals)
    for other in home.iterdir():
        if other.is_dir() and other != cluster:
            forget(other)
    services = Services(Postgres(cluster, durable=False), broker)
    services.postgres.start()
    try:
        yield services, {portal.name: _made(services, portal, cluster) for portal in portals}
    finally:
        connection.close()
        services.postgres.stop()
        held.close()


def _digest(portals: list[Portal]) -> str:
    told = hashlib.sha256(repr(portals).encode())
    for pattern in MAKERS:
        for path in sorted(CLONE.glob(pattern)):
            told.update(path.read_bytes())
    return told.hexdigest()[:16]


def _made(services: Services, portal: Portal, cluster: Path) -> dict[str, Any]:
    """Make a portal unless it is there; what it cost then."""
    cost = cluster / f"{portal.name}.json"
    if not cost.exists():
        cost.write_text(json.dumps(_make(services, portal)))
    return json.loads(cost.read_text())


def _make(services: Services, portal: Portal) -> dict[str, Any]:
    with services.postgres.superuser("postgres") as superuser:
        superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(portal.name)))
    services.give_database(portal.name)
    started, worked = perf_counter(), process_time()
    with open(os.dup(2), "w") as progress:  # standard output holds the figures alone
        size = {"bodies": portal.bodies, "schools": portal.schools, "ects": portal.ects}
        call_command("seed_scale", stdout=progress, **size, seed=1)
    seconds, working = perf_counter() - started, process_time() - worked
    connection.close()
    with services.postgres.superuser(portal.name) as superuser:
        superuser.execute("VACUUM (ANALYZE)")  # as autovacuum does in production; here it is off
    return {"seconds": round(seconds, 1), "seconds_of_python": round(working, 1)}
