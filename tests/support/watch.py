"""Watches every test: what an action or a request writes about a tenant is told by the trail, in the same transaction.

A span is one action or one page's transaction. When the outermost span ends well and has written a tenant's table, it
must have written an audit event too. Rows that a test makes itself, outside both, are its own affair.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db import transaction as real_transaction
from django.db.backends.signals import connection_created

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
# That the dates of a case follow from its facts again is part of the projection: reckoning says so on the case's row.
RECKONED = re.compile(r'UPDATE "cases_induction" SET "stale" = (?:false|%s) WHERE', re.IGNORECASE)
TRAIL = "audit_auditevent"
TENANTS = ("accounts_", "cases_", "support_plans_", "assessments_", "documents_")
# Private, unaudited, or rebuilt from what is audited: house rules, "Audit".
EXEMPT = {
    "accounts_draft": "private to its author, and swept",
    "accounts_submission": "a form that was answered: no fact of anybody's",
    "cases_feedread": "what a calendar programme was given last: a read, and no fact of anybody's",
    "cases_clock": "a projection",
    "cases_deadline": "a projection",
    "cases_reminder": "that a message was made, as the messages themselves",
}

_state = threading.local()


class Span:
    """The tables written between the outermost beginning and end, and at which depth we are."""

    def __init__(self) -> None:
        self.depth, self.tables = 0, set[str]()


def _span() -> Span:
    if not hasattr(_state, "span"):
        _state.span = Span()
    return _state.span


class Watched:
    """Stands in for `django.db.transaction` in the two modules that open spans."""

    def __init__(self, unrecorded: list[str]) -> None:
        self._unrecorded = unrecorded

    def __getattr__(self, name: str) -> Any:
        return getattr(real_transaction, name)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        span = _span()
        if span.depth == 0:
            span.tables = set()
        span.depth += 1
        try:
            with real_transaction.atomic():
                yield
        finally:
            span.depth -= 1
        if span.depth == 0:
            self._judge(span)

    def _judge(self, span: Span) -> None:
        told = {table for table in span.tables if table.startswith(TENANTS) and table not in EXEMPT}
        if told and TRAIL not in span.tables:
            self._unrecorded.append(f"written without an audit event: {', '.join(sorted(told))}")


def note(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Every statement that this process sends to the database passes here."""
    span = _span()
    if span.depth and (written := WRITES.match(str(sql))) and not RECKONED.match(str(sql)):
        span.tables.add(written[1])
    return execute(sql, params, many, context)


def _listen(connection: Any, **_: Any) -> None:
    if note not in connection.execute_wrappers:
        connection.execute_wrappers.append(note)


def watch(monkeypatch: Any) -> list[str]:
    """Begin to watch, until monkeypatch undoes it; what was written without an event is added to the list returned."""
    from induction_portal import pages
    from induction_portal.audit import acting

    unrecorded: list[str] = []
    watched = Watched(unrecorded)
    monkeypatch.setattr(acting, "transaction", watched)
    monkeypatch.setattr(pages, "transaction", watched)
    connection_created.connect(_listen, dispatch_uid="watch")
    for connection in connections.all(initialized_only=True):
        _listen(connection)
    return unrecorded
