"""What the pages are given on which a body brings its earlier claims along."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..forms.national import CancelImportForm, ConfirmImportForm
from ..models import EarlierClaim, ImportBatch, ImportRow
from ..rules.csv_files import as_csv
from ..rules.importing import NAME, OPTIONAL, URN
from ..rules.national import BORN, COLUMNS, ERROR, PROGRAMME, STARTS, TRN
from .access import claims_of
from .pages import crumbs

SHOWN = 100
HELP = [
    (TRN, "Needed. 7 digits, with the noughts at its beginning"),
    (BORN, "Needed. YYYY-MM-DD, like 2001-03-04"),
    (PROGRAMME, "Needed. provider-led or school-led"),
    (STARTS, "Needed. YYYY-MM-DD, the start that you claimed"),
    (NAME, "If you like. The teacher’s name, for the school and for you"),
    (URN, "If you like. With it the school is asked to register the ECT, and finds this filled in"),
    (ERROR, "If it is there it is passed over, so that a file of errors can be mended and uploaded again"),
]


def upload_page() -> dict[str, Any]:
    """The columns that are known, in words."""
    return {
        "title": "Import earlier claims",
        "breadcrumbs": crumbs(),
        "columns": ["Column", "What it holds"],
        "help": [list(row) for row in HELP],
    }


def template_file() -> str:
    """The headings that are known, to be filled in."""
    return as_csv([*COLUMNS["claims"], *OPTIONAL], (), quoted=True)


def batch_page(viewer: Viewer, batch: ImportBatch) -> dict[str, Any]:
    """What was found in a file, how far its import is, and what may be done."""
    rows = batch.rows.all()
    bad = rows.filter(state=ImportRow.State.BAD)
    ready, wrong = rows.filter(state=ImportRow.State.READY), list(bad[: SHOWN + 1])
    count = ready.count()
    checked = batch.state == ImportBatch.State.CHECKED
    return {
        "title": f"Import of {day(batch.checked_on)}",
        "breadcrumbs": crumbs(),
        "batch": batch,
        "checked": checked,
        "ready": count,
        "good": [_good(row) for row in ready[:SHOWN]] if checked else [],
        "more_good": max(count - SHOWN, 0) if checked else 0,
        "columns": ["Row", "ECT", "Start", "Programme"],
        "bad": [[*_who(row), row.says] for row in wrong[:SHOWN]],
        "more_bad": len(wrong) > SHOWN,
        "bad_count": bad.count() if wrong else 0,
        "bad_columns": ["Row", "ECT", "What is wrong"],
        "confirm": ConfirmImportForm(acting=viewer, count=count) if checked and count else None,
        "cancel": CancelImportForm(acting=viewer) if checked else None,
    }


def _good(row: ImportRow) -> list[Any]:
    return [*_who(row), row.cells[STARTS], row.cells[PROGRAMME]]


def _who(row: ImportRow) -> list[str]:
    """Which row, and of whom: the name where the file has one, and the TRN."""
    named = [row.cells.get(NAME, ""), row.cells[TRN] or "No TRN"]
    return [f"Row {row.number}", ", ".join(part for part in named if part)]


def refused_file(batch: ImportBatch) -> str:
    """The rows that are not imported, as they were, with the reasons in the last column."""
    columns = [*COLUMNS["claims"], *OPTIONAL, ERROR]
    return as_csv(columns, _lines(batch.rows.filter(state=ImportRow.State.BAD), columns), quoted=True)


def _lines(rows: Iterable[ImportRow], columns: list[str]) -> Iterable[list[str]]:
    for row in rows:
        yield [row.says if column == ERROR else row.cells.get(column, "") for column in columns]


def claims_page(viewer: Viewer, *, after: str = "") -> dict[str, Any]:
    """Claims that wait for their school, the longest first, from the one `after` a place in the list."""
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    found = list(claims_of(viewer)[start : start + SHOWN + 1])
    return {
        "title": "Claims that wait",
        "breadcrumbs": crumbs(),
        "columns": ["ECT", "Date of birth", "Start", "School", "Withdraw"],
        "rows": [_waits(claim) for claim in found[:SHOWN]],
        "next": f"?after={start + SHOWN}" if len(found) > SHOWN else "",
    }


def _waits(claim: EarlierClaim) -> list[Any]:
    withdraw = {"text": f"Withdraw {claim.trn}", "href": reverse("cases:withdraw_claim", args=[claim.pk])}
    name = f"{claim.name}, {claim.trn}" if claim.name else claim.trn
    school = claim.school.name if claim.school else "Not named"
    return [name, day(claim.date_of_birth), day(claim.starts_on), school, withdraw]
