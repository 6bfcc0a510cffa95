"""The files of the national service: made, answered, or never uploaded (R25, R88, D3, D13)."""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256
from uuid import UUID

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, organisation_chain, record

from ..agreeing import main_placement
from ..models import BodyPeriod, Deadline, FileKind, HandRecord, Induction, NationalFile, NationalRow
from ..national.sources import Line, numbered, to_tell
from ..reckon import mark_stale
from ..rules import national
from ..rules.dates import say
from ..rules.errors import RuleBroken
from ..tasks import reckon_soon

State, RowState = NationalFile.State, NationalRow.State
STEPS = {FileKind.CLAIMS: "D3", FileKind.ACTIONS: "D13"}
LONGEST = 2000


@action
def make_files(*, by: Viewer, on: date, kind: str, again: Collection[UUID] = ()) -> list[NationalFile]:
    """Make the files of a kind that tell everything that is not told yet: as many as the service's limits ask for.

    `again` are periods whose row was refused and is to go out as it was. Raises RuleBroken where nothing is to be told.
    """
    body = _locked_body(by)
    told = to_tell(body, kind, on=on)
    lines = [*told.ready, *(line for line in told.unchanged if line.period_id in set(again))]
    if not lines:
        raise RuleBroken(
            "There is nothing to put in a file: a colleague may have made it meanwhile. Files made before are listed "
            "on the page of the national service"
        )
    lines.sort(key=lambda line: line.name.casefold())
    files, done = [], 0
    for rows in national.split(kind, [line.cells for line in lines]):
        files.append(_make(by, on, body, kind, lines[done : done + len(rows)]))
        done += len(rows)
    return files


def _make(by: Viewer, on: date, body: Organisation, kind: str, lines: Sequence[Line]) -> NationalFile:
    content = national.write(kind, [line.cells for line in lines])
    made = NationalFile.objects.create(
        body=body,
        kind=kind,
        content=content,
        digest=sha256(content.encode()).hexdigest(),
        row_count=len(lines),
        made_by=by.user,
        made_on=on,
    )
    NationalRow.objects.bulk_create(
        NationalRow(file=made, kind=kind, position=position, period_id=line.period_id)
        for position, line in enumerate(lines, 1)
    )
    after = {"kind": kind, "rows": len(lines), "digest": made.digest}
    record(by, Event.NATIONAL_FILE_MADE, made, chain=organisation_chain(body.pk), on=on, after=after)
    return made


@action
def answer_file(
    *, by: Viewer, on: date, file: NationalFile, uploaded_on: date, returned: bytes | None, others_accepted: bool = True
) -> NationalFile:
    """Record what the service made of a file: each row is refused with its reason, or accepted.

    `returned` is its error file, None where there was none. A row without an error was accepted if the body says so;
    else it was never taken and goes into the next file. What was accepted closes its step (D3, D13). Raises RuleBroken
    for a file that was settled before, a day before it was made or to come, or an error file that is not its own.
    """
    file = _locked(by, file)
    if not file.made_on <= uploaded_on <= on:
        raise RuleBroken(f"The day must be from {say(file.made_on)}, when the file was made, to today", "uploaded_on")
    refusals = _refusals(file, returned)
    if not others_accepted and not refusals:
        raise RuleBroken(
            "If the service took none of the rows and returned no errors, say on the page of the file that it was not "
            "uploaded",
            "others_accepted",
        )
    rows = list(file.rows.select_related("period"))
    for place, row in enumerate(rows):
        row.says = refusals.get(place, "")[:LONGEST]
        row.state = RowState.REFUSED if row.says else RowState.ACCEPTED if others_accepted else RowState.SET_ASIDE
    NationalRow.objects.bulk_update(rows, ["state", "says"])
    _settle(file, by, on, State.ANSWERED, uploaded_on)
    accepted = [row.period_id for row in rows if row.state == RowState.ACCEPTED]
    after = {"accepted": len(accepted), "refused": len(refusals), "uploaded_on": uploaded_on}
    record(by, Event.NATIONAL_FILE_ANSWERED, file, chain=organisation_chain(file.body_id), on=on, after=after)
    _close_steps(by, on, file, accepted)
    return file


def _refusals(file: NationalFile, returned: bytes | None) -> dict[int, str]:
    """Why the service refused rows of the file, by their place from 0."""
    if returned is None:
        return {}
    sent = national.rows_of(file.kind, file.content)
    said = national.match(file.kind, national.read_answer(file.kind, returned), sent)
    return {place: says for place, says in said.items() if says}


@action
def set_file_aside(*, by: Viewer, on: date, file: NationalFile) -> NationalFile:
    """Record that a file was never given to the service: its rows go into the next. Raises RuleBroken once settled."""
    file = _locked(by, file)
    file.rows.update(state=RowState.SET_ASIDE)
    _settle(file, by, on, State.SET_ASIDE, None)
    after = {"rows": file.row_count}
    record(by, Event.NATIONAL_FILE_SET_ASIDE, file, chain=organisation_chain(file.body_id), on=on, after=after)
    return file


def _locked_body(by: Viewer) -> Organisation:
    """The viewer's body, locked: two people of it make or settle one file after the other."""
    if by.organisation is None:
        raise RuleBroken("Only an appropriate body can do this")
    return Organisation.objects.select_for_update().get(pk=by.organisation.pk)


def _locked(by: Viewer, file: NationalFile) -> NationalFile:
    _locked_body(by)
    found = NationalFile.objects.select_for_update().get(pk=file.pk)
    if found.state != State.WAITING:
        raise RuleBroken("Somebody else has recorded already what became of this file: open its page again")
    return found


def _settle(file: NationalFile, by: Viewer, on: date, state: str, uploaded_on: date | None) -> None:
    file.state, file.settled_by, file.settled_on, file.uploaded_on = state, by.user, on, uploaded_on
    file.save(update_fields=["state", "settled_by", "settled_on", "uploaded_on"])


def _close_steps(by: Viewer, on: date, file: NationalFile, accepted: Sequence[UUID]) -> None:
    """Record the step as done in each case in which it is open (R90)."""
    steps = _open_steps(file, accepted)
    keys = {step.induction_id for step in steps}
    held = Induction.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    cases = {case.pk: case for case in held.prefetch_related("placements")}
    records = [_record(by, on, file, cases[step.induction_id], step) for step in steps]
    HandRecord.objects.bulk_create(records)
    for each in records:
        after = {"code": each.code, "done_on": each.done_on}
        record(by, Event.STEP_DONE, each, chain=case_chain(each.induction_id), on=on, after=after)
    if records:
        mark_stale(Induction.objects.filter(pk__in=keys))
        reckon_soon()


def _open_steps(file: NationalFile, accepted: Sequence[UUID]) -> list[Deadline]:
    """The open steps that the file has done: a start's by the number of its body, and what follows a pass."""
    told = BodyPeriod.objects.filter(pk__in=accepted)
    if file.kind == FileKind.ACTIONS:
        told = told.filter(pk__in=_passed(file))
    numbers = set(numbered(told).values_list("induction", "number"))
    cases = {induction for induction, _ in numbers}
    steps = Deadline.objects.filter(induction__in=cases, code=STEPS[FileKind(file.kind)], is_open=True)
    of_a_pass = file.kind == FileKind.ACTIONS
    return [
        step
        for step in steps.order_by("induction", "number")
        if of_a_pass or (step.induction_id, step.number) in numbers
    ]


def _passed(file: NationalFile) -> list[UUID]:
    cells = national.rows_of(file.kind, file.content)
    return [row.period_id for row in file.rows.all() if cells[row.position - 1][-1] == national.PASS]


def _record(by: Viewer, on: date, file: NationalFile, case: Induction, step: Deadline) -> HandRecord:
    placement = main_placement(case, on)
    done_on = max(file.uploaded_on or on, step.opened_on)
    origin = {"placement": placement, "school_id": placement.school_id, "body_id": file.body_id}
    told = {"done_on": done_on, "recorded_by": by.user, "recorded_on": on}
    return HandRecord(induction=case, code=step.code, number=step.number, **origin, **told)
