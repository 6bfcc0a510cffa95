"""What a body hands over to the next one, as the record of it lists (R85; SG 2.75): figures, and documents by their
SHA-256.
"""

import json
from datetime import date
from typing import Any
from uuid import UUID

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.record import canonical
from induction_portal.documents.kinds import name_of
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import issued_about
from induction_portal.govuk.words import day

from ..models import RecordBundle, Release
from ..parts import PARTS, Paper
from .figures import Figures, figures_at, in_words

READS = frozenset({Permission.READ_REVIEW, Permission.READ_ASSESSMENT})
NOT_MADE = "of its content: the document was still being prepared"


def listing_of(reader: Viewer | System, released: Release, figures: Figures, *, on: date) -> dict[str, Any]:
    """Everything that goes along, as canonical JSON will keep it. `reader` is whom the records were just opened to."""
    teacher = released.induction.teacher
    return {
        "name": teacher.name,
        "trn": teacher.trn,
        "from": released.body.name,
        "made_on": on,
        "last_day": released.last_day,
        "terms_reported": released.terms,
        "figures": figures.said,
        "documents": list(_documents(reader, released)) if isinstance(reader, Viewer) else [],
    }


def _documents(reader: Viewer, released: Release) -> list[dict[str, Any]]:
    induction = released.induction
    papers = [paper for part in PARTS for paper in part.bundle(induction, reader, READS).papers]
    latest: dict[tuple[str, UUID], IssuedDocument] = {}
    for document in issued_about({paper.subject_id for paper in papers}):
        latest[document.kind, document.subject_id] = document  # the oldest comes first
    papers.sort(key=lambda paper: (paper.on, paper.title))
    return [_line(paper, latest.get((paper.kind, paper.subject_id))) for paper in papers]


def _line(paper: Paper, issued: IssuedDocument | None) -> dict[str, Any]:
    return {
        "kind": paper.kind,
        "subject": paper.subject_id,
        "title": paper.title,
        "on": paper.on,
        "school": paper.school,
        "sealed": paper.sealed,
        "sha256": issued.stored_id if issued else "",
    }


def shown(bundle: RecordBundle, *, waits_for: Viewer | None = None) -> dict[str, Any]:
    """A record that was handed over, for its page: the figures as rows, the documents as rows of a table.

    As it was sealed or, for who has still to acknowledge it, as it is there today.
    """
    told = json.loads(bundle.content)
    if waits_for:
        released = bundle.release
        now = listing_of(waits_for, released, figures_at(released.induction, released.last_day), on=waits_for.on)
        told = json.loads(canonical(now))
    return {
        "name": told["name"],
        "given_by": told["from"],
        "last_day": date.fromisoformat(told["last_day"]),
        "terms_reported": told["terms_reported"],
        "figures": in_words(told["figures"]),
        "documents": [
            [
                each["title"],
                name_of(each["kind"]),
                day(date.fromisoformat(each["on"])),
                each["school"],
                each["sha256"] or f"{each['sealed']} ({NOT_MADE})",
            ]
            for each in told["documents"]
        ],
    }
