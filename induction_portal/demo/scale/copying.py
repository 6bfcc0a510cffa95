"""Rows kept until there are enough of them, then sent to PostgreSQL by COPY."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from induction_portal.audit.models import AuditChain

Row = dict[str, Any]


class Spool:
    """Rows by model. Columns that a row leaves out have the model's default for a new object, or the database's."""

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[Row]] = {}
        self.copied: dict[str, int] = {}

    def add(self, model: type[models.Model], **values: Any) -> None:
        """Keep a row, by the names of its attributes; all rows of a model name the same ones."""
        self._waiting.setdefault(model, []).append(values)

    def send(self) -> None:
        """Copy everything that waits, then check every reference: each batch stands by itself."""
        with connection.cursor() as cursor:
            for model, rows in self._waiting.items():
                _copy(cursor, model, rows)
                name = model._meta.verbose_name_plural
                self.copied[str(name)] = self.copied.get(str(name), 0) + len(rows)
            _check(cursor)
        self._waiting.clear()


def _copy(cursor: Any, model: type[models.Model], rows: list[Row]) -> None:
    given = list(rows[0])
    constant = dict(_defaults(model, set(given)))
    columns = [model._meta.get_field(name).column for name in (*given, *constant)]  # type: ignore[union-attr]
    rest = tuple(constant.values())
    told = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(told) as copy:
        for row in rows:
            copy.write_row((*map(row.__getitem__, given), *rest))


def _defaults(model: type[models.Model], given: set[str]) -> Iterator[tuple[str, Any]]:
    for field in model._meta.concrete_fields:
        made_there = (
            field.generated or field.db_default is not models.NOT_PROVIDED or isinstance(field, models.AutoField)
        )
        if field.attname in given or made_there:
            continue
        value = field.get_default()
        yield field.attname, Jsonb(value) if isinstance(value, dict) else value


def _check(cursor: Any) -> None:
    """Check every reference but those to a chain: the installation's is written last, for a chain never shrinks."""
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND condeferrable AND confrelid <> %s::regclass",
        [AuditChain._meta.db_table],
    )
    named = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
    for when in ("IMMEDIATE", "DEFERRED"):
        cursor.execute(sql.SQL("SET CONSTRAINTS {} {}").format(named, sql.SQL(when)))


def numbers(model: type[models.Model], count: int) -> list[int]:
    """The next `count` numbers of a table that numbers its rows, taken from its own sequence."""
    with connection.cursor() as cursor:
        named = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(named, [model._meta.db_table, count])
        return [number for (number,) in cursor.fetchall()]
