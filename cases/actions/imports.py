"""A body brings along the claims that it made before: checked, confirmed, carried out in batches (R2, ADR 82)."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F

from induction_portal import clock
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record

from ..models import BodyPeriod, Confirmation, EarlierClaim, ImportBatch, ImportRow
from ..national.checking import known
from ..rules.csv_files import Row
from ..rules.errors import RuleBroken
from ..rules.importing import claim_in, read_claims
from .by_hand import record_done

State, RowState = ImportBatch.State, ImportRow.State
KEPT = timedelta(hours=24)
AT_A_TIME = 100
LONGEST = 2000
SYSTEM = System("import of earlier claims")


@action
def check_import(*, by: Viewer, on: date, content: bytes) -> ImportBatch:
    """Check a file row by row, and keep its rows until somebody confirms them, for 24 hours; the file is not kept.

    Raises RuleBroken for a file that as a whole is not what it should be.
    """
    rows = read_claims(content)
    if by.organisation is None:
        raise RuleBroken("Only an appropriate body can do this")
    batch = ImportBatch.objects.create(
        body=by.organisation,
        row_count=len(rows),
        checked_by=by.user,
        checked_on=on,
        kept_until=clock.now() + KEPT,
    )
    ImportRow.objects.bulk_create(_checked(batch, rows, on))
    after = {"rows": len(rows)}
    record(by, Event.IMPORT_CHECKED, batch, chain=organisation_chain(batch.body_id), on=on, after=after)
    return batch


def _checked(batch: ImportBatch, rows: Sequence[Row], on: date) -> list[ImportRow]:
    here = known(batch.body, [row.cells for row in rows])
    made = []
    for row in rows:
        says = _said(here.faults(row.cells, on=on))
        state = RowState.BAD if says else RowState.READY
        made.append(ImportRow(batch=batch, number=row.number, cells=row.cells, state=state, says=says))
    return made


def _said(faults: Sequence[str]) -> str:
    return ". ".join(faults)[:LONGEST]


@action
def confirm_import(*, by: Viewer, on: date, batch: ImportBatch) -> ImportBatch:
    """Have the good rows of a file brought in by the worker. Raises RuleBroken when it was confirmed or deleted before,
    or has none.
    """
    found = _locked(batch)
    if found.state != State.CHECKED:
        raise RuleBroken("This import was confirmed already: this page shows how far it is")
    if not found.rows.filter(state=RowState.READY).exists():
        raise RuleBroken("No row of this file can be imported: mend them and upload the file again")
    found.state, found.confirmed_by, found.confirmed_on = State.RUNNING, by.user, on
    found.save(update_fields=["state", "confirmed_by", "confirmed_on"])
    record(by, Event.IMPORT_CONFIRMED, found, chain=organisation_chain(found.body_id), on=on)
    return found


@action
def cancel_import(*, by: Viewer, on: date, batch: ImportBatch) -> None:
    """Delete a file's rows before they were confirmed. Raises RuleBroken once they were, or were deleted."""
    found = _locked(batch)
    if found.state != State.CHECKED:
        raise RuleBroken("This import was confirmed already, so it cannot be cancelled")
    _delete(by, on, found)


def _locked(batch: ImportBatch) -> ImportBatch:
    found = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if found.state == State.CANCELLED:
        raise RuleBroken("This import was cancelled, or nobody confirmed it in 24 hours: upload the file again")
    return found


@action
def carry_on(*, on: date, batch_id: UUID) -> int:
    """Bring in the next rows of a confirmed import, each checked afresh; how many were looked at.

    Any number of workers may call it: a batch is one's at a time, and a row is brought in once. A worker that is killed
    leaves its rows as they were.
    """
    found = ImportBatch.objects.select_for_update(skip_locked=True).filter(pk=batch_id, state=State.RUNNING).first()
    if found is None:
        return 0
    Organisation.objects.select_for_update().get(pk=found.body_id)
    rows = list(found.rows.filter(state=RowState.READY)[:AT_A_TIME])
    _bring_in(found, rows, on)
    if len(rows) < AT_A_TIME:
        found.state, found.kept_until = State.DONE, clock.now() + KEPT
    found.imported = F("imported") + sum(row.state == RowState.IMPORTED for row in rows)
    found.save(update_fields=["state", "kept_until", "imported"])
    return len(rows)


def _bring_in(batch: ImportBatch, rows: Sequence[ImportRow], on: date) -> None:
    here = known(batch.body, [row.cells for row in rows])
    for row in rows:
        row.says = _said(here.faults(row.cells, on=on))
        row.state = RowState.BAD if row.says else RowState.IMPORTED
    ImportRow.objects.bulk_update(rows, ["state", "says"])
    claims = [_claim(batch, row, here.schools, on) for row in rows if row.state == RowState.IMPORTED]
    EarlierClaim.objects.bulk_create(claims)
    after = {"claims": [{"id": claim.pk, "trn": claim.trn, "starts_on": claim.starts_on} for claim in claims]}
    record(SYSTEM, Event.CLAIMS_IMPORTED, batch, chain=organisation_chain(batch.body_id), on=on, after=after)


def _claim(batch: ImportBatch, row: ImportRow, schools: dict[str, UUID], on: date) -> EarlierClaim:
    told = claim_in(row.cells)
    return EarlierClaim(
        body_id=batch.body_id,
        school_id=schools.get(told.urn),
        trn=told.trn,
        date_of_birth=told.date_of_birth,
        name=told.name,
        route=told.route,
        starts_on=told.starts_on,
        imported_by_id=batch.confirmed_by_id,
        imported_on=on,
    )


@action
def sweep_import(*, on: date, batch_id: UUID) -> None:
    """Delete the rows of an import past its time; it is cancelled where nobody confirmed it."""
    found = ImportBatch.objects.select_for_update(skip_locked=True).filter(pk=batch_id).first()
    if found and found.kept_until < clock.now() and found.state != State.RUNNING:
        _delete(SYSTEM, on, found)


def _delete(by: Viewer | System, on: date, batch: ImportBatch) -> None:
    after = {"rows": batch.row_count, "confirmed": batch.state == State.DONE}
    record(by, Event.IMPORT_DELETED, batch, chain=organisation_chain(batch.body_id), on=on, after=after)
    batch.rows.all().delete()
    if batch.state == State.CHECKED:
        batch.state = State.CANCELLED
        batch.save(update_fields=["state"])


@action
def withdraw_claim(*, by: Viewer, on: date, claim: EarlierClaim) -> None:
    """Take back a claim that was brought in by mistake. Raises RuleBroken once a registration met it, or it is gone."""
    found = EarlierClaim.objects.select_for_update().get(pk=claim.pk)
    if not found.waits:
        raise RuleBroken("This claim does not wait any more, so it cannot be withdrawn")
    found.withdrawn_on = on
    found.save(update_fields=["withdrawn_on"])
    after = {"withdrawn_on": on}
    record(by, Event.EARLIER_CLAIM_WITHDRAWN, found, chain=organisation_chain(found.body_id), on=on, after=after)


@action
def meet_claim(*, by: Viewer, on: date, claim: EarlierClaim, answer: Confirmation) -> None:
    """A claim is met by the confirmation of a registration: where both name one start, it was told already (D3)."""
    claim.confirmation = answer
    claim.save(update_fields=["confirmation"])
    induction = answer.induction
    if induction is None or answer.starts_on != claim.starts_on:
        return
    number = BodyPeriod.objects.filter(induction=induction, starts_on__lte=claim.starts_on).count()
    if induction.deadlines.filter(code="D3", number=number, is_open=True).exists():
        done_on = max(claim.imported_on, claim.starts_on)
        record_done(by=by, on=on, induction=induction, what=("D3", number), done_on=done_on)
