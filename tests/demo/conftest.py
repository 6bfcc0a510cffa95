"""What the tests of the demo's clock share: a machine's clock that is set, and databases in which time may pass."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from django.db import connection, transaction
from django.utils import timezone

from induction_portal import clock
from induction_portal.demo.replay import replay
from induction_portal.demo.world import World
from tests.support.services import MIGRATED, copy_database
from tests.support.world_database import drop


@pytest.fixture
def machine(monkeypatch) -> Callable[[datetime], None]:
    """Sets the machine's clock, which runs on from there."""

    def stands_at(moment: datetime) -> None:
        begun = monotonic()
        monkeypatch.setattr(timezone, "now", lambda: moment.astimezone(UTC) + timedelta(seconds=monotonic() - begun))

    return stands_at


@pytest.fixture
def movable(settings, tmp_path):
    """The settings of a demo whose clock was not moved yet."""
    settings.CLOCK_AHEAD = tmp_path / "clock-ahead"
    settings.MAIL_QUIET_DAYS = True
    return settings


@pytest.fixture
def own_database(transactional_db, services, django_db_blocker, worker_id: str) -> Iterator[None]:
    """An empty portal of this test alone: what the command does to its database stays there."""
    name = f"portal_demo_{worker_id}"
    with services.postgres.superuser("postgres") as superuser:
        drop(superuser, name)
        copy_database(superuser, MIGRATED, name)
        home = connection.settings_dict["NAME"]
        services.use_database(name)
        yield
        services.use_database(home)
        drop(superuser, name)


@pytest.fixture
def story(movable, own_database) -> Callable[[], World]:
    """Loads the story as of the clock's day."""

    def load() -> World:
        with transaction.atomic():
            world = replay(clock.today())
            connection.run_on_commit = []  # nobody is woken
        return world

    return load
