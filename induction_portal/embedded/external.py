"""Services that somebody else runs: the demo uses them when the environment names them."""

import os

import psycopg

from .errors import EmbeddedError


def database_url() -> str:
    """DATABASE_URL from the environment, or an empty string."""
    return os.environ.get("DATABASE_URL", "")


def broker_url() -> str:
    """CELERY_BROKER_URL from the environment, or an empty string."""
    return os.environ.get("CELERY_BROKER_URL", "")


def checked_database() -> str:
    """DATABASE_URL, or an empty string. EmbeddedError unless it answers and its login may act as both our roles."""
    url = database_url()
    if not url:
        return ""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            roles = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname IN ('portal_owner', 'portal_app')"
                " AND pg_has_role(current_user, oid, 'MEMBER')"
            ).fetchall()
    except psycopg.OperationalError as problem:
        raise EmbeddedError(f"DATABASE_URL is set, but its database does not answer: {problem}".strip()) from problem
    if len(roles) < 2:
        raise EmbeddedError(
            "The login in DATABASE_URL is not a member of portal_owner and portal_app. As a superuser, run"
            " induction_portal/embedded/roles.sql in that database, then: GRANT portal_owner, portal_app TO <login>;"
        )
    return url
