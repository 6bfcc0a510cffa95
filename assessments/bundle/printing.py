"""A bundle as a document: its chapters, cover and index, and all of it put together under continuous page numbers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from induction_portal.audit.record import canonical
from induction_portal.documents.merging import Piece, merge, pages_of
from induction_portal.documents.pdf import render_overlay, render_pdf
from induction_portal.documents.store import bytes_of
from induction_portal.govuk.words import day, moment

from ..models import BundlePiece, CaseBundle
from .laying_out import sections_of

KIND = "case_bundle"
TITLE = "Case bundle"
MOST_FRONTS = 4  # an index that gains a page moves everything once, hardly ever twice


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the index: its number is the piece's place, which its link leads to."""

    place: int
    title: str
    page: int
    pages: int
    is_chapter: bool
    issued: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The whole, and the SHA-256 of what it was made from, which its cover prints."""

    content: bytes
    pages: int
    fingerprint: str


def chapter_pdf(piece: BundlePiece) -> bytes:
    """A chapter's rows as a tagged PDF."""
    context = {
        "title": piece.title,
        "organisation": piece.bundle.body.name,
        "sections": [_shown(each) for each in sections_of(piece)],
    }
    return render_pdf("pdf/bundle_chapter.html", context)


def _shown(section: dict[str, Any]) -> dict[str, Any]:
    """A section without the columns in which no row says anything: their width goes to those that do."""
    rows = section["rows"]
    told = [place for place in range(len(section["columns"])) if place == 0 or any(row[place] for row in rows)]
    columns = [section["columns"][place] for place in told]
    return section | {"columns": columns, "rows": [[row[place] for place in told] for row in rows]}


def pages_of_piece(piece: BundlePiece) -> tuple[int, bytes | None]:
    """How many pages a piece has, and what was rendered of it: nothing of a file that is kept already."""
    if piece.document is not None:
        return pages_of(bytes_of(piece.document)), None
    made = chapter_pdf(piece)
    return pages_of(made), made


def fingerprint_of(pieces: Sequence[BundlePiece]) -> str:
    """The SHA-256 of what the pieces were made from, in their order."""
    told = canonical([[piece.place, piece.title, piece.sha256] for piece in pieces])
    return hashlib.sha256(told.encode()).hexdigest()


def printed(bundle: CaseBundle) -> Printed:
    """Everything put together. Every piece has been made."""
    pieces = list(bundle.pieces.select_related("document"))
    fingerprint = fingerprint_of(pieces)
    front, before = _front(bundle, pieces, fingerprint)
    total = before + sum(piece.pages or 0 for piece in pieces)
    stamps = render_overlay("pdf/bundle_stamps.html", {"pages": range(1, total + 1), "total": total})
    parts = [Piece("Contents", front), *(Piece(piece.title, _bytes(piece)) for piece in pieces)]
    return Printed(merge(parts, stamps=stamps, title=TITLE, author=bundle.body.name), total, fingerprint)


def _bytes(piece: BundlePiece) -> bytes:
    return bytes_of(piece.document) if piece.document is not None else bytes(piece.pdf or b"")


def _front(bundle: CaseBundle, pieces: Sequence[BundlePiece], fingerprint: str) -> tuple[bytes, int]:
    """Cover and index, and their pages: printed anew until the index says where things are with its own length."""
    length = 1
    for _ in range(MOST_FRONTS):
        lines = index_of(pieces, first=length + 1)
        made = render_pdf("pdf/bundle_front.html", _context(bundle, lines, fingerprint))
        if (pages := pages_of(made)) == length:
            break
        length = pages
    return made, length


def index_of(pieces: Sequence[BundlePiece], *, first: int) -> list[Line]:
    """Each piece with the page of the bundle on which it begins."""
    lines, page = [], first
    for piece in pieces:
        issued = moment(piece.document.issued_at) if piece.document else ""
        digest = piece.sha256 if piece.document else ""
        lines.append(Line(piece.place, piece.title, page, piece.pages or 0, piece.document is None, issued, digest))
        page += piece.pages or 0
    return lines


def _context(bundle: CaseBundle, lines: Sequence[Line], fingerprint: str) -> dict[str, Any]:
    last = lines[-1]
    teacher = bundle.induction.teacher
    facts = [
        ("Early career teacher", teacher.name),
        ("Teacher reference number", teacher.trn),
        ("Made by", bundle.body.name),
        ("Made for", bundle.get_purpose_display()),
        ("Asked for by", f"{bundle.asked_by.name} on {day(bundle.asked_on)}"),
        ("Pages", str(last.page + last.pages - 1)),
    ]
    return {
        "title": f"{bundle}",
        "organisation": bundle.body.name,
        "facts": [{"name": name, "value": value} for name, value in facts],
        "lines": lines,
        "documents": [line for line in lines if not line.is_chapter],
        "fingerprint": fingerprint,
    }


def filename(bundle: CaseBundle) -> str:
    """A name that files itself: no TRN, no other detail than the name on it."""
    name = "-".join(bundle.induction.teacher.sort_name.split())
    return f"case-bundle-{bundle.number}-{name}.pdf"
