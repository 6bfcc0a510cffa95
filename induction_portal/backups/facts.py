"""What a database holds, as lines that can be compared: each table's rows, who owns what, who may do what, triggers.

The lines are the same before a dump and after its restore, on another server and another major version too: names stand
for structure, and a table's rows for a sum of hashes in no particular order.
"""

import json
from collections.abc import Iterable, Mapping

import psycopg
from psycopg import sql

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
SEQUENCES = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"

# How values are written decides what is hashed.
RENDERING = """
SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;
"""
_OURS = """
WITH ours AS (
    SELECT c.* FROM pg_class c WHERE relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
), functions AS (
    SELECT p.* FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
)
"""
# Constraints of kind n (not null) have names of their own only from PostgreSQL 18 on.
_STRUCTURE = """
SELECT 'extension ' || extname FROM pg_extension
UNION ALL SELECT format('owner of %s %s: %s', relkind, relname, relowner::regrole) FROM ours
UNION ALL SELECT format('owner of function %s: %s; text: %s', proname, proowner::regrole, md5(prosrc)) FROM functions
UNION ALL SELECT format('trigger %s on %s: %s', tgname, relname, tgenabled)
    FROM pg_trigger JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal
UNION ALL SELECT format('constraint %s on %s: %s', conname, relname, convalidated)
    FROM pg_constraint JOIN ours ON ours.oid = conrelid WHERE contype <> 'n'
UNION ALL SELECT format('privilege of portal_app on %s: %s', relname, privilege_type)
    FROM ours, aclexplode(relacl) WHERE grantee = 'portal_app'::regrole
UNION ALL SELECT format('privilege of portal_app on schema %s: %s', nspname, privilege_type)
    FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public' AND grantee = 'portal_app'::regrole
UNION ALL SELECT format('privilege of portal_app on what comes, %s: %s', defaclobjtype, privilege_type)
    FROM pg_default_acl, aclexplode(defaclacl) WHERE grantee = 'portal_app'::regrole
"""
# A row's hash is 60 bits of SHA-256. Their sum does not depend on the order, and a repeated row counts again.
_ROWS = """
UNION ALL SELECT format('table %s: %s rows, ', {name}, count(*)) || coalesce(
    sum(('x' || left(encode(sha256(convert_to(whole_row::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint), 0)
    FROM public.{table} AS whole_row
"""
_COMPARISON = """
DO $check$
DECLARE
    expected CONSTANT jsonb := $facts${expected}$facts$;
    found jsonb;
    differing text;
BEGIN
    SELECT jsonb_agg(line) INTO found FROM ({query}) AS facts(line);
    SELECT string_agg(line, '; ') INTO differing FROM (
        SELECT 'missing: ' || x FROM (SELECT jsonb_array_elements_text(expected) EXCEPT
                                      SELECT jsonb_array_elements_text(found)) AS a(x)
        UNION ALL
        SELECT 'unexpected: ' || x FROM (SELECT jsonb_array_elements_text(found) EXCEPT
                                         SELECT jsonb_array_elements_text(expected)) AS b(x)
        LIMIT 10) AS lines(line);
    IF differing IS NOT NULL THEN
        RAISE EXCEPTION 'What was restored is not what was backed up: %', differing;
    END IF;
END $check$;
"""
_SEQUENCE_CHECK = """
DO $check$ BEGIN
    IF (SELECT last_value FROM public.{name}) < {least} THEN
        RAISE EXCEPTION 'The sequence % would give numbers again that were given before', {text};
    END IF;
END $check$;
"""


def facts(connection: psycopg.Connection) -> list[str]:
    """Every line, in order. Reads all rows of all tables, in the connection's transaction."""
    connection.execute(RENDERING)
    tables = [name for (name,) in connection.execute(TABLES)]
    return sorted(line for (line,) in connection.execute(_query(tables)))


def sequences(connection: psycopg.Connection) -> dict[str, int]:
    """The last number that each sequence gave."""
    return dict(connection.execute(SEQUENCES).fetchall())


def tables_of(lines: Iterable[str]) -> list[str]:
    """The names of the tables that the lines tell of."""
    return [line.removeprefix("table ").partition(":")[0] for line in lines if line.startswith("table ")]


def comparison(lines: list[str], least: Mapping[str, int]) -> str:
    """A script that fails, naming up to ten differences, unless the database holds just this.

    `least` is what `sequences` gave: numbers drawn while a dump was made may have taken a sequence further.
    """
    expected, query = json.dumps(lines), _query(tables_of(lines)).as_string()
    checks = [
        sql.SQL(_SEQUENCE_CHECK).format(name=sql.Identifier(name), least=sql.Literal(number), text=sql.Literal(name))
        for name, number in least.items()
    ]
    compared = _COMPARISON.format(expected=expected, query=query)
    return "".join([RENDERING, compared, *(check.as_string() for check in checks)])


def _query(tables: list[str]) -> sql.Composed:
    rows = [sql.SQL(_ROWS).format(name=sql.Literal(name), table=sql.Identifier(name)) for name in tables]
    return sql.SQL(_OURS + _STRUCTURE) + sql.Composed(rows)
