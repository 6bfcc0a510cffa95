"""The demo's clock, moved ahead of the machine's: for every process, and for what the database dates (ADR 0098)."""

from datetime import UTC, datetime
from math import ceil

from django.conf import settings
from django.db import connection, transaction

from induction_portal import clock
from induction_portal.embedded.folders import replace_private_file

OWNER = "portal_owner"
# The time at which another worker may take something over is no fact of the story: it stays the machine's, or a worker
# that has a message in hand while the clock is moved would be taken for dead, and the message be sent twice.
REAL = "next_attempt_at"
_PREPARE = """
CREATE TABLE IF NOT EXISTS demo_clock (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), ahead interval);
INSERT INTO demo_clock (ahead) VALUES ('0') ON CONFLICT DO NOTHING;
GRANT SELECT ON demo_clock TO portal_app;
CREATE OR REPLACE FUNCTION demo_now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT statement_timestamp() + ahead FROM public.demo_clock';
"""
_DATED = f"""
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND lower(column_default) = 'statement_timestamp()' AND column_name <> '{REAL}'
ORDER BY 1, 2
"""  # noqa: S608 - a constant of this module


def prepare_database() -> None:
    """Have the database date new rows by the demo's clock, where it does so by its own. Running it again is nothing.

    A table at a time, so that a page of the running demo waits a moment at most.
    """
    _as_owner(_PREPARE)
    with connection.cursor() as cursor:
        cursor.execute(_DATED)
        dated = cursor.fetchall()
    for table, column in dated:
        _as_owner(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT demo_now()')
    _tell_database(int(clock.ahead().total_seconds()))


def move_to(moment: datetime) -> None:
    """Have the portal's clock stand at a moment, unless it is there or past it already: it never goes back."""
    if moment <= clock.now():
        return
    ahead = ceil((moment.astimezone(UTC) - clock.machine()).total_seconds())
    _tell_database(ahead)
    replace_private_file(settings.CLOCK_AHEAD, str(ahead))


def _tell_database(ahead: int) -> None:
    _as_owner("UPDATE demo_clock SET ahead = make_interval(secs => %s)", [ahead])


def _as_owner(statements: str, values: list[int] | None = None) -> None:
    """The application owns nothing; its login may become who does, until the transaction ends."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {OWNER}")
        cursor.execute(statements, values)
