"""Bringing the national register of schools in."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import INSTALLATION, record

from ..models import RegisterImport, School
from ..register import Entry, Register
from ..rules.establishments import is_relevant

BATCH = 2000
Known = dict[str, tuple[UUID, dict[str, str]]]


@action
def import_register(*, by: Viewer | System, on: date, register: Register) -> RegisterImport:
    """Add the schools of the register that are new here, and bring the others' names and register facts up to date.

    What was entered here (the trust, special measures, whether induction is required) stays, and so does a school that
    the file does not name. One event on the installation's chain tells of the whole import: the file by its SHA-256,
    which schools were created, and what changed in the others.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_register'))")
    known = _known(register.columns)
    new = [entry for entry in register.entries if entry.urn not in known]
    changed = [entry for entry in register.entries if entry.urn in known and known[entry.urn][1] != _told(entry)]
    _create(new)
    _update(changed, known, register.columns)
    done = RegisterImport.objects.create(
        digest=register.digest,
        created=len(new),
        updated=len(changed),
        unchanged=len(register.entries) - len(new) - len(changed),
        rejected=len(register.rejections),
        imported_on=on,
    )
    before = {entry.urn: known[entry.urn][1] for entry in changed}
    after = {
        "file": register.digest,
        "created": [entry.urn for entry in new],
        "updated": {entry.urn: _told(entry) for entry in changed},
    }
    record(by, Event.REGISTER_IMPORTED, done, chain=INSTALLATION, on=on, before=before, after=after)
    return done


def _told(entry: Entry) -> dict[str, str]:
    return {"name": entry.name, **entry.facts}


def _known(columns: Iterable[str]) -> Known:
    """The schools already here by URN: their id, and the register's facts as they stand."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL).select_for_update(of=["self"])
    facts = {fact: f"school__{fact}" for fact in columns}
    return {
        row["identifier"]: (row["id"], {"name": row["name"], **{fact: row[path] for fact, path in facts.items()}})
        for row in rows.order_by().values("id", "identifier", "name", *facts.values())
    }


def _create(entries: list[Entry]) -> None:
    organisations = [
        Organisation(kind=Organisation.Kind.SCHOOL, identifier=entry.urn, name=entry.name) for entry in entries
    ]
    Organisation.objects.bulk_create(organisations, batch_size=BATCH)
    pairs = zip(organisations, entries, strict=True)
    School.objects.bulk_create([_school(made.pk, entry) for made, entry in pairs], batch_size=BATCH)


def _update(entries: list[Entry], known: Known, columns: frozenset[str]) -> None:
    """Insert over what is there: many times faster than updating rows one by one."""
    organisations = [
        Organisation(pk=known[entry.urn][0], kind=Organisation.Kind.SCHOOL, identifier=entry.urn, name=entry.name)
        for entry in entries
    ]
    Organisation.objects.bulk_create(
        organisations, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    )
    School.objects.bulk_create(
        [_school(known[entry.urn][0], entry) for entry in entries] if columns else [],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["organisation"],
        update_fields=sorted(columns),
    )


def _school(organisation_id: UUID, entry: Entry) -> School:
    kind = entry.facts.get("establishment_type", "")
    return School(organisation_id=organisation_id, is_relevant_school=is_relevant(kind), **entry.facts)
