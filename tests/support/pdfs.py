"""What every PDF of the portal must be. A check of its parts with pypdf, not a claim of conformance."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PdfReader

MARKER = "Confidential: for those directly involved in this induction"


def assert_accessible(pdf: bytes, *, title: str) -> PdfReader:
    """Fails unless the PDF is tagged and has language, shown title, bookmarks, headings in order, header cells in every
    table and the confidentiality marker on every page. Returns the reader for further questions."""
    reader = PdfReader(BytesIO(pdf))
    root = reader.root_object
    assert root.get("/MarkInfo", {}).get("/Marked"), "The PDF is not tagged"
    assert root.get("/Lang") == "en-GB", "The PDF does not say its language"
    assert reader.metadata.title == title, f"The PDF is called {reader.metadata.title}"
    assert root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"), "The PDF's title is not what a reader shows"
    assert reader.outline, "The PDF has no bookmarks"
    assert not (missing := unmarked_pages(reader)), f"The confidentiality marker is missing on pages {missing}"
    elements = list(structure(root["/StructTreeRoot"]))
    assert_headings_in_order([tag for tag, _ in elements])
    for tag, table in elements:
        assert tag != "/Table" or any(inner == "/TH" for inner, _ in structure(table)), "A table has no header cells"
    return reader


def structure(element: Any) -> Iterator[tuple[str, Any]]:
    """Every element below this one in the structure tree, in reading order, with its tag."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict) and "/S" in child:
            yield child["/S"], child
            yield from structure(child)


def assert_headings_in_order(tags: list[str]) -> None:
    """Fails unless the first heading is the only one of level 1 and no level is skipped on the way down."""
    levels = [int(tag[2]) for tag in tags if tag[:2] == "/H" and tag[2:].isdigit()]
    assert levels[:1] == [1], "The PDF does not begin with a heading of level 1"
    assert levels.count(1) == 1, "The PDF has more than one heading of level 1"
    for above, below in pairwise(levels):
        assert below <= above + 1, f"A heading of level {below} follows one of level {above}"


def unmarked_pages(reader: PdfReader) -> list[int]:
    """The numbers of the pages, from 1, whose foot lacks the marker."""
    return [number for number, page in enumerate(reader.pages, 1) if MARKER not in page.extract_text()]
