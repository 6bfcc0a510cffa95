"""The harness itself: what every other test relies on."""

import socket

import pytest
from django.core.mail import send_mail
from django.db import ProgrammingError, connection, transaction

from tests.support.network import OutsideWorldError


@pytest.mark.django_db
def test_tests_run_as_the_application_and_not_as_the_owner():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("portal_app", False, False)


@pytest.mark.django_db
def test_the_application_cannot_change_the_tables():
    with (
        pytest.raises(ProgrammingError, match="must be owner of table"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DROP TABLE django_session")


@pytest.mark.django_db
@pytest.mark.parametrize("right", ["SELECT", "INSERT", "UPDATE", "DELETE"])
def test_every_table_belongs_to_the_owner_and_is_open_to_the_application(right):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableowner, has_table_privilege('portal_app', tablename, %s) FROM pg_tables"
            " WHERE schemaname = 'public'",
            [right],
        )
        tables = cursor.fetchall()
    assert len(tables) > 5
    assert set(tables) == {("portal_owner", True)}


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["btree_gist", "pg_trgm", "unaccent"])
def test_the_extensions_are_there(extension):
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_extension WHERE extname = %s", [extension])
        assert cursor.rowcount == 1


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_another_machine_cannot_be_reached(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as client, pytest.raises(OutsideWorldError, match="this machine only"):
        client.connect(address)
    with pytest.raises(OutsideWorldError, match=r"portal\.example"):
        socket.getaddrinfo("portal.example", 443)


def test_mail_goes_through_a_real_server(mailbox):
    send_mail("Signed", "Nothing secret.", None, ["tutor@oakfield.example"])
    mailbox.wait_for(lambda box: box.to("tutor@oakfield.example"))
    assert mailbox.to("tutor@oakfield.example")[0]["Subject"] == "Signed"
    assert mailbox.to("head@oakfield.example") == []
