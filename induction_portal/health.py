"""For whoever watches the installation: is the process alive, and can it do its work?"""

from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from .celery import app
from .pages import public


@public
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nothing of anybody."""
    return HttpResponse("ok", content_type="text/plain")


@public
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and schema are there; otherwise 503, naming which is not and nothing else."""
    database = _works(_ask_database)
    parts = {
        "database": "ok" if database else "down",
        "migrations": _migrations() if database else "unknown",
        "broker": "ok" if _works(_ask_broker) else "down",
    }
    ready = set(parts.values()) == {"ok"}
    return JsonResponse(parts, status=200 if ready else 503)


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever is wrong, the answer is "down": its details are nobody's business here
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2, interval_start=0)


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    return "pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"
