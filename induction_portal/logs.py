"""Logs: one line for each event, JSON in production, with the request's id and without personal data.

What is never written: e-mail addresses, names, query strings, form values, task arguments, the values inside an
exception's message, the variables of a traceback. A request is named by its route, not by its path: a path may hold a
secret, such as a password reset's key.
"""

import logging
import logging.config
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from celery.signals import setup_logging, task_postrun, task_prerun
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars
from structlog.typing import EventDict, Processor

REQUEST_ID_HEADER = "X-Request-ID"
_SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_EMAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+\.[^\s@<>\"'(),;:]+")
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"']+")

LOGGERS: dict[str, dict[str, Any]] = {
    "django": {"handlers": [], "propagate": True, "level": "INFO"},
    # Our own line for each request tells these; only errors of the server add to it.
    "django.request": {"level": "ERROR"},
    "django.server": {"handlers": [], "propagate": True, "level": "ERROR"},
    "fontTools": {"level": "ERROR"},
    "weasyprint": {"level": "ERROR"},
}

requests = structlog.get_logger("portal.requests")


def logging_settings(*, json: bool, level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING; also configures structlog. `json` is for machines, otherwise lines for people."""
    common = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_values,
    ]
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    console = {"class": "logging.StreamHandler", "formatter": "structured", "filters": ["impersonal"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"impersonal": {"()": Impersonal}},
        "formatters": {"structured": _formatter(common, json=json)},
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": level},
        "loggers": LOGGERS,
    }


def _formatter(common: list[Processor], *, json: bool) -> dict[str, Any]:
    renderers = [bare_traceback, structlog.processors.JSONRenderer()] if json else [_for_people()]
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": common,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
    }


def _for_people() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


class Impersonal(logging.Filter):
    """Takes out of other libraries' messages what may name a person: paths, task arguments, exceptions' words."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, dict):
            return True
        if record.name.startswith(("django.request", "django.security")):
            record.msg, record.args = record.getMessage().partition(":")[0], ()
        elif record.name == "celery.app.trace" and isinstance(record.args, dict):
            outcome = record.args.get("description") or "ended well"
            record.msg, record.args = f"Task {record.args.get('name')}[{record.args.get('id')}] {outcome}", ()
        return True


def drop_values(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replaces e-mail addresses and query strings in every text of the event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _QUERY.sub("?…", _EMAIL.sub("(e-mail)", value))
    return event


def bare_traceback(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Tells an exception by its types and places: its message may quote the row that broke a constraint."""
    raised = event.pop("exc_info", None)
    if raised:
        error = raised if isinstance(raised, BaseException) else _current(raised)
        event["exception"] = [_told(link) for link in _chain(error)]
    return event


def _current(raised: Any) -> BaseException | None:
    return raised[1] if isinstance(raised, tuple) else sys.exc_info()[1]


def _chain(error: BaseException | None) -> list[BaseException]:
    links: list[BaseException] = []
    while error is not None and error not in links:
        links.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return links


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"type": f"{type(error).__module__}.{type(error).__qualname__}", "places": places}


class RequestLogMiddleware:
    """Gives each request an id, kept on all its lines and sent back, and writes one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        clear_contextvars()
        request_id = sane_request_id(request.headers.get(REQUEST_ID_HEADER, ""))
        bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response[REQUEST_ID_HEADER] = request_id
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        route = request.resolver_match.route if request.resolver_match else ""
        requests.info(
            "request", method=request.method, route=route, status=response.status_code, milliseconds=milliseconds
        )
        return response


def sane_request_id(offered: str) -> str:
    """The id that the proxy offers if it is one, else a new one: a log line must not be forged through a header."""
    return offered if _SANE_ID.fullmatch(offered) else uuid.uuid4().hex


@setup_logging.connect
def _keep_our_logging(**_: Any) -> None:
    """With a receiver here Celery leaves the logging alone; Django has set it up."""


@task_prerun.connect
def _name_the_task(task_id: str, task: Any, **_: Any) -> None:
    clear_contextvars()
    bind_contextvars(task_id=task_id, task=task.name)


@task_postrun.connect
def _forget_the_task(**_: Any) -> None:
    clear_contextvars()
