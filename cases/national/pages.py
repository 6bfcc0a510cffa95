"""What the pages of the national service's files are given."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..forms.national import SetAsideForm
from ..models import FileKind, NationalFile, NationalRow
from .access import claims_of, files_of, imports_of
from .sources import Line, Told, cells_of, count_untold, to_tell

AT_A_TIME, LATEST = 100, 25
HOME = {"text": "Home", "href": "/"}
STATES = {
    NationalRow.State.WAITING: ("Waiting", "blue"),
    NationalRow.State.ACCEPTED: ("Accepted", "green"),
    NationalRow.State.REFUSED: ("Refused", "red"),
    NationalRow.State.SET_ASIDE: ("Not uploaded", "grey"),
}
MAKE = {FileKind.CLAIMS: "cases:make_claims", FileKind.ACTIONS: "cases:make_actions"}
TITLES = {FileKind.CLAIMS: "Claims file", FileKind.ACTIONS: "Actions file"}
LEADS = {
    FileKind.CLAIMS: "Starts of induction with you that the service has not been told.",
    FileKind.ACTIONS: "Inductions that you passed, and ECTs whom you released. A failure is never reported by file.",
}


def crumbs() -> list[dict[str, str]]:
    """The way to a page below that of the national service."""
    return [HOME, {"text": "National service", "href": reverse("cases:national")}]


def overview(viewer: Viewer) -> dict[str, Any]:
    """What is to be told, the latest files and imports, and how many imported claims wait."""
    return {
        "title": "National service",
        "breadcrumbs": [HOME],
        "kinds": [_kind(viewer, kind) for kind in FileKind],
        "files": [_file_row(file) for file in files_of(viewer)[:LATEST]],
        "file_columns": ["File", "Rows", "Made by", "State"],
        "imports": imports_of(viewer)[:5],
        "claims": claims_of(viewer).count(),
    }


def _kind(viewer: Viewer, kind: FileKind) -> dict[str, Any]:
    count = count_untold(viewer.organisation, kind) if viewer.organisation else 0
    return {"title": TITLES[kind], "lead": LEADS[kind], "count": count, "url": reverse(MAKE[kind])}


def _told(viewer: Viewer, kind: str) -> Told:
    return to_tell(viewer.organisation, kind, on=viewer.on) if viewer.organisation else Told()


def _file_row(file: NationalFile) -> list[Any]:
    colour = {"waiting": "blue", "answered": "green"}.get(file.state, "grey")
    name = {"text": _named_file(file), "href": reverse("cases:national_file", args=[file.pk])}
    return [name, file.row_count, file.made_by.name, {"text": file.get_state_display(), "colour": colour}]


def _named_file(file: NationalFile) -> str:
    return f"{TITLES[FileKind(file.kind)]} of {day(file.made_on)}"


def make_page(viewer: Viewer, kind: FileKind) -> dict[str, Any]:
    """Who would go into a file, and who is left out."""
    told = _told(viewer, kind)
    columns = ["ECT", "Programme", "Start"] if kind == FileKind.CLAIMS else ["ECT", "End", "Terms", "Outcome"]
    return {
        "title": TITLES[kind],
        "lead": LEADS[kind],
        "breadcrumbs": crumbs(),
        "told": told,
        "columns": columns,
        "rows": [_ready(line) for line in told.ready[:AT_A_TIME]],
        "more": max(len(told.ready) - AT_A_TIME, 0),
        "left_out_columns": ["ECT", "Why"],
        "left_out": [[_named(line), line.reason] for line in told.left_out[:AT_A_TIME]],
        "more_left_out": max(len(told.left_out) - AT_A_TIME, 0),
    }


def _ready(line: Line) -> list[Any]:
    return [_named(line), *line.cells[2:]]


def _named(line: Line) -> dict[str, str]:
    return {"text": line.name, "href": reverse("cases:case", args=[line.case_id])}


def file_page(viewer: Viewer, file: NationalFile, *, after: str = "") -> dict[str, Any]:
    """A file's rows with names, the refused first, and what may be done with it."""
    rows = file.rows.select_related("file", "period__induction__teacher")
    refused, rest = rows.filter(state=NationalRow.State.REFUSED), rows.exclude(state=NationalRow.State.REFUSED)
    start = int(after) if after.isdecimal() and len(after) < 5 else 0
    shown = list(rest.filter(position__gt=start)[: AT_A_TIME + 1])
    waits = file.state == NationalFile.State.WAITING
    return {
        "title": _named_file(file),
        "breadcrumbs": crumbs(),
        "file": file,
        "waits": waits,
        "set_aside": SetAsideForm(acting=viewer) if waits else None,
        "refused": _rows(list(refused)),
        "refused_columns": ["ECT", "As it was sent", "What the service says"],
        "columns": ["ECT", "As it was sent", "State"],
        "rows": _rows(shown[:AT_A_TIME]),
        "next": "?" + urlencode({"after": shown[AT_A_TIME - 1].position}) if len(shown) > AT_A_TIME else "",
    }


def _rows(rows: list[NationalRow]) -> list[list[Any]]:
    return [_row(row, cells[2:]) for row, cells in zip(rows, cells_of(rows), strict=True)]


def _row(row: NationalRow, sent: tuple[str, ...]) -> list[Any]:
    teacher, case = row.period.induction.teacher, reverse("cases:case", args=[row.period.induction_id])
    text, colour = STATES[NationalRow.State(row.state)]
    last = row.says or {"text": text, "colour": colour}
    return [{"text": teacher.name, "href": case}, ", ".join(sent), last]
