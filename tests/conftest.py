"""The harness: real services for every test that asks for them, and nothing left running when a test fails."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from induction_portal.embedded.folders import passable
from induction_portal.embedded.process import Process
from tests.support.mailbox import Mailbox
from tests.support.network import allow_only_loopback
from tests.support.services import Services
from tests.support.worker import start_worker
from tests.support.world import World

# Playwright runs an event loop in the main thread, where Django would otherwise refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
allow_only_loopback()
hypothesis.settings.register_profile("portal", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("portal")

_running = pytest.StashKey[Services]()


def pytest_configure(config: pytest.Config) -> None:
    if not _is_helper(config) and config.getoption("dist", "no") != "no":
        _services_of(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_helper(config) and _running in config.stash:
        config.stash[_running].stop()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tells each test process of pytest-xdist where the services are."""
    node.workerinput["services"] = _services_of(node.config).addresses


def _is_helper(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _services_of(config: pytest.Config) -> Services:
    """The run's services: started by the first process that needs them, attached to by its helpers."""
    if _running not in config.stash:
        known = config.workerinput["services"] if _is_helper(config) else None
        config.stash[_running] = Services.attach(known) if known else Services.start()
    return config.stash[_running]


@pytest.fixture(scope="session")
def services(request: pytest.FixtureRequest) -> Services:
    """The run's PostgreSQL and broker (tests.support.services.Services)."""
    return _services_of(request.config)


@pytest.fixture(scope="module")
def open_folder(services: Services) -> Iterator[Path]:
    """An empty folder that the database's account can pass through: pytest's own are closed to it under root."""
    folder = Path(tempfile.mkdtemp(dir=services.postgres.home.parent))
    yield passable(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def broker_url(services, worker_id: str) -> str:
    """This test process's own broker database; the Celery app of this process sends there."""
    number = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    os.environ["CELERY_BROKER_URL"] = services.broker.url(number)
    return services.broker.url(number)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, services, broker_url, worker_id: str) -> Iterator[None]:
    """pytest-django's hook: our database in place of the one it would create."""
    from django.db import connections

    with django_db_blocker.unblock():
        services.give_database(f"portal_{worker_id}")
        yield
        connections.close_all()


@pytest.fixture(autouse=True)
def _empty_cache_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """The cache is a table that Django's flush does not know; throttles would outlive a test that commits."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(scope="session")
def _mail_server() -> Iterator[Mailbox]:
    server = Mailbox()
    yield server
    server.close()


@pytest.fixture
def mailbox(_mail_server: Mailbox, settings) -> Mailbox:
    """A real mail server (tests.support.mailbox.Mailbox), empty; Django sends its mail there."""
    _mail_server.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = _mail_server.host, _mail_server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return _mail_server


# One for each module: the tests of delivery start workers of their own, which must find nobody else at their broker.
@pytest.fixture(scope="module")
def _worker(services, _mail_server, broker_url, live_server, django_db_setup, tmp_path_factory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("worker")
    worker = start_worker(services, _mail_server, broker_url, folder, portal_url=live_server.url)
    yield worker
    worker.stop()


@pytest.fixture
def celery_worker_process(live_server, mailbox, _worker: Process) -> Iterator[Process]:
    """A running Celery worker on this process's database; tasks left by earlier tests are dropped first, and it has
    nothing in hand when the database is emptied.
    """
    from induction_portal.celery import app
    from tests.support.idle import until_the_worker_is_done

    app.control.purge()
    yield _worker
    until_the_worker_is_done()


@pytest.fixture
def live_portal(live_server, settings) -> str:
    """The address of the portal, served by this process on its test database."""
    settings.PORTAL_URL = live_server.url
    return live_server.url


@pytest.fixture(scope="session")
def _browser():
    from tests.support.browser import running_browser

    with running_browser() as browser:
        yield browser


@pytest.fixture
def open_page(_browser, live_portal) -> Iterator[Callable]:
    """Opens browser pages at the live portal; whatever the browser complains of fails the test."""
    from tests.support.browser import Visits

    visits = Visits(_browser, live_portal)
    yield visits
    visits.close()
    assert not visits.complaints, visits.complaints


@pytest.fixture
def browser_page(open_page):
    """One browser page (Playwright) whose base address is the live portal."""
    return open_page()


@pytest.fixture(autouse=True)
def _every_change_is_recorded(monkeypatch) -> Iterator[None]:
    """Fails the test in which an action or a page changes a tenant's rows and the trail does not tell of it."""
    from tests.support.watch import watch

    unrecorded = watch(monkeypatch)
    yield
    assert not unrecorded, unrecorded


@pytest.fixture(scope="session")
def _world(services, django_db_setup, django_db_blocker, worker_id: str) -> World:
    from tests.support.world_database import copy_world, world_of

    with django_db_blocker.unblock():
        world = world_of(services)
    copy_world(services, f"portal_world_{worker_id}")
    return world


@pytest.fixture
def _in_the_world(_world: World, services, django_db_blocker, worker_id: str) -> Iterator[None]:
    yield from _using(services, django_db_blocker, f"portal_world_{worker_id}")


@pytest.fixture
def world(_world: World, _in_the_world, db) -> World:
    """One of everything (tests.support.world.World), in a transaction that is rolled back. Not with the django_db mark,
    which opens its transaction elsewhere."""
    return _world


@pytest.fixture
def committed_world(_world: World, transactional_db, services, django_db_blocker, worker_id: str) -> Iterator[World]:
    """The same in a database of this test alone, for what needs several connections: threads, live portal, browser."""
    from tests.support.world_database import copy_world

    copy_world(services, f"portal_copy_{worker_id}")
    for _ in _using(services, django_db_blocker, f"portal_copy_{worker_id}"):
        yield _world


def _using(services, django_db_blocker, name: str) -> Iterator[None]:
    from django.db import connection

    with django_db_blocker.unblock():
        home = connection.settings_dict["NAME"]
        services.use_database(name)
    yield
    with django_db_blocker.unblock():
        services.use_database(home)
