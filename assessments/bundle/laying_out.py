"""What goes into a bundle, sealed in one reading of the case: the chapters' rows, and which issued files."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from cases import access
from cases.case_file import NOT_ISSUED, CaseFile, Content, case_file
from cases.parts import Chapter, Paper
from induction_portal.audit.record import canonical
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import issued_about

from ..models import BundlePiece, CaseBundle
from .access import maker_of

Files = dict[tuple[str, UUID], list[IssuedDocument]]
EARLIER = "A later version followed it and is in the bundle. It stays issued, and can be checked by its fingerprint."
LEFT_OUT = ("What", "Why")


def laid_out(bundle: CaseBundle) -> list[BundlePiece]:
    """Every piece of a bundle, in its place. Once they are kept, what happens in the case afterwards changes none."""
    viewer = maker_of(bundle)
    found = access.case(viewer, bundle.induction_id)
    told = case_file(viewer, found.permissions, found.subject)
    pieces = list(_pieces(bundle, told))
    for place, piece in enumerate(pieces, 1):
        piece.place = place
    return pieces


def _pieces(bundle: CaseBundle, told: CaseFile) -> Iterator[BundlePiece]:
    files = _files([paper for content in told.contents for paper in content.papers])
    left_out = list(told.left_out)
    for content in told.contents:
        yield _chapter(bundle, content.chapter, _as_json(content))
        for paper in content.papers:
            for document in _chosen(paper, files, left_out, with_earlier=bundle.with_earlier):
                yield _document(bundle, content.chapter, paper, document)
    rows = [list(each) for each in left_out]
    section = {"heading": "Left out of this bundle", "columns": LEFT_OUT, "rows": rows}
    yield _chapter(bundle, Chapter.LEFT_OUT, [section])


def _files(papers: Sequence[Paper]) -> Files:
    """Every issue of the papers, the oldest first. No more of each than its reader may have: the paper's version."""
    found = sorted(issued_about({paper.subject_id for paper in papers}), key=_key)
    return {key: sorted(group, key=lambda each: each.version) for key, group in groupby(found, key=_key)}


def _key(document: IssuedDocument) -> tuple[str, UUID]:
    return document.kind, document.subject_id


def _chosen(
    paper: Paper, files: Files, left_out: list[tuple[str, str]], *, with_earlier: bool
) -> Sequence[IssuedDocument]:
    """The issues of a paper that go in; why another does not is added to what is left out."""
    issues = [each for each in files.get((paper.kind, paper.subject_id), []) if each.version <= paper.version]
    if not issues or issues[-1].version < paper.version:
        left_out.append((f"{paper.title}, as it stands", NOT_ISSUED))
    if with_earlier:
        return issues
    left_out += [(f"{paper.title}, version {each.version}: {each.stored_id}", EARLIER) for each in issues[:-1]]
    return issues[-1:]


def _chapter(bundle: CaseBundle, chapter: Chapter, sections: Sequence[dict[str, Any]]) -> BundlePiece:
    content = canonical(sections)
    digest = hashlib.sha256(content.encode()).hexdigest()
    title = chapter.value
    return BundlePiece(bundle=bundle, title=title, chapter=title, content=content, sha256=digest)


def _document(bundle: CaseBundle, chapter: Chapter, paper: Paper, document: IssuedDocument) -> BundlePiece:
    title = f"{paper.title}, version {document.version}"
    told = {"chapter": chapter.value, "document": document, "sha256": document.stored_id}
    return BundlePiece(bundle=bundle, title=title, **told)


def _as_json(content: Content) -> list[dict[str, Any]]:
    return [
        {"heading": each.heading, "columns": each.columns, "rows": [list(row) for row in each.rows]}
        for each in content.sections
    ]


def sections_of(piece: BundlePiece) -> list[dict[str, Any]]:
    """The rows of a chapter as they were sealed."""
    found: list[dict[str, Any]] = json.loads(piece.content)
    return found
