"""Logs carry the request's id and nobody's data."""

import json
import logging
import logging.config
import sys

import pytest
import structlog
from django.http import HttpResponse
from django.test import RequestFactory

from induction_portal.logs import Impersonal, RequestLogMiddleware, logging_settings


@pytest.fixture
def log(capsys):
    """Writes through the production formatter and returns the line, parsed."""
    formatter = logging_settings(json=True)["formatters"]["structured"]
    made = structlog.stdlib.ProcessorFormatter(
        processors=formatter["processors"], foreign_pre_chain=formatter["foreign_pre_chain"]
    )

    def write(name, level, message, *args, **kwargs):
        record = logging.getLogger(name).makeRecord(
            name, level, __file__, 1, message, args, kwargs.get("exc_info"), extra=kwargs.get("extra")
        )
        Impersonal().filter(record)
        return json.loads(made.format(record))

    yield write
    logging_settings(json=False)


def test_addresses_and_query_strings_are_taken_out(log):
    line = log("portal", logging.INFO, "Sent to ect@oakfield.example after GET /cases?name=Priya+Shah")
    assert line["event"] == "Sent to (e-mail) after GET /cases?…"


def test_an_exception_is_told_without_its_words(log):
    try:
        try:
            raise ValueError("Key (name)=(Priya Shah) already exists")
        except ValueError as first:
            raise RuntimeError("cannot register Priya Shah") from first
    except RuntimeError:
        line = log("portal", logging.ERROR, "failed", exc_info=sys.exc_info())
    assert [link["type"] for link in line["exception"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "test_logs.py" in line["exception"][0]["places"][0]
    assert "Priya" not in json.dumps(line)


def test_django_names_no_path(log):
    line = log("django.request", logging.ERROR, "%s: %s", "Internal Server Error", "/accounts/reset/2k-c0ffee/")
    assert line["event"] == "Internal Server Error"
    assert "c0ffee" not in json.dumps(line)


def test_celery_tells_a_task_by_name_and_id_alone(log):
    context = {"name": "notifications.deliver", "id": "7", "description": "raised unexpected", "exc": "Priya Shah"}
    line = log("celery.app.trace", logging.ERROR, "Task %(name)s[%(id)s] %(description)s: %(exc)s", context)
    assert line["event"] == "Task notifications.deliver[7] raised unexpected"


@pytest.mark.parametrize("offered", ["", "short", "a b c d e f g h", "x" * 65, "forged-line\nERROR", "<script>alert"])
def test_a_request_id_that_is_none_is_replaced(offered):
    answer = RequestLogMiddleware(lambda _: HttpResponse())(RequestFactory().get("/", HTTP_X_REQUEST_ID=offered))
    assert answer["X-Request-ID"] != offered
    assert len(answer["X-Request-ID"]) == 32


def test_the_proxys_request_id_is_kept_and_on_every_line(client, caplog):
    with caplog.at_level(logging.INFO, "portal.requests"):
        response = client.get("/healthz?name=Priya", headers={"X-Request-ID": "proxy-4711-abc"})
    assert response["X-Request-ID"] == "proxy-4711-abc"
    (record,) = [record for record in caplog.records if record.name == "portal.requests"]
    assert record.msg["request_id"] == "proxy-4711-abc"
    assert (record.msg["route"], record.msg["status"]) == ("healthz", 200)
    assert "Priya" not in str(record.msg)
