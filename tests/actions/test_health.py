"""/healthz and /readyz, for whoever watches the installation."""

import pytest
from django.db import connection

from induction_portal.celery import app


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_when_all_is_well(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "broker": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_readyz_says_that_the_database_is_down(client, broker_url, monkeypatch, django_db_blocker):
    def refuse(*_):
        raise OSError("connection to 10.0.0.1 refused for user portal")

    monkeypatch.setattr(type(connection._connections["default"]), "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "down", "migrations": "unknown", "broker": "ok"}


@pytest.mark.django_db
def test_readyz_says_that_the_broker_is_down(client, monkeypatch):
    monkeypatch.setattr(app, "connection_for_write", lambda: app.connection("redis+socket:///nowhere/broker"))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "ok", "broker": "down"}


@pytest.mark.django_db
def test_readyz_says_that_migrations_are_pending(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "pending"
