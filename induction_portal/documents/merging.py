"""Several PDFs as one: tags, bookmarks and links of each kept, every page numbered through. The only importer of pypdf.

The files that go in stay as they are. In the merged file each becomes a part of one document: its headings move one
level down, so that the whole has one heading of level 1, and its pages bear their number in the whole as an artifact.
What merging cannot keep is the claim to PDF/UA: it is each file's own, checked for the file as it was issued.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import IndirectObject

PIECE = "piece:"
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to be merged, and what its bookmark says. A link to "piece:2" in any of them leads to the second after
    the first: they are counted from 0.
    """

    title: str
    content: bytes


@dataclass
class _Merging:
    """The file that grows: where each piece begins, and the tags of all pages by their numbers."""

    writer: PdfWriter
    begins: list[int] = field(default_factory=list)
    tags: list[Any] = field(default_factory=list)
    parts: list[IndirectObject] = field(default_factory=list)


def pages_of(content: bytes) -> int:
    """How many pages a file has."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(content)).pages)


def merge(pieces: Sequence[Piece], *, stamps: bytes, title: str, author: str) -> bytes:
    """One file of all the pieces, the first piece's top heading being the whole's.

    `stamps` is an untagged PDF with a page for each page of the whole, printed over it: its number.
    Raises ValueError unless it has exactly as many.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    merging = _Merging(PdfWriter())
    for number, piece in enumerate(pieces):
        _add(merging, PdfReader(BytesIO(piece.content)), piece, is_first=number == 0)
    writer = merging.writer
    _join_links(merging)
    _stamp(writer, PdfReader(BytesIO(stamps)))
    _root_of_tags(merging)
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("en-GB")
    root[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.add_metadata({"/Title": title, "/Author": author, "/Producer": "Induction Portal"})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _add(merging: _Merging, reader: PdfReader, piece: Piece, *, is_first: bool) -> None:
    from pypdf.generic import NameObject, NumberObject

    writer, first, base = merging.writer, len(merging.writer.pages), len(merging.tags)
    merging.begins.append(first)
    links = reader.named_destinations
    for page in reader.pages:
        added = writer.add_page(page)
        if "/StructParents" in page:
            added[NameObject("/StructParents")] = NumberObject(base + int(page["/StructParents"]))
        added[NameObject("/Tabs")] = NameObject("/S")
    for page in writer.pages[first:]:
        for link in _links(page):
            _keep_link(link, links, reader, writer, first, base)
    _add_tags(merging, reader, piece, is_first=is_first)
    bookmark = writer.add_outline_item(title=piece.title, page_number=first)
    _add_bookmarks(writer, reader, reader.outline, bookmark, first, skip=True)


def _links(page: Any) -> Iterator[Any]:
    for each in page.get("/Annots", []):
        link = each.get_object()
        if link.get("/Subtype") == "/Link":
            yield link


def _keep_link(link: Any, known: Any, reader: PdfReader, writer: PdfWriter, first: int, base: int) -> None:
    """Its place among the tags, and a destination of its own: the names of two files may be the same."""
    from pypdf.generic import ArrayObject, NameObject, NumberObject

    if "/StructParent" in link:
        link[NameObject("/StructParent")] = NumberObject(base + int(link["/StructParent"]))
    name = link.get("/Dest")
    if isinstance(name, str) and name in known:
        number = reader.get_destination_page_number(known[name])
        page = writer.pages[first + (number or 0)].indirect_reference
        link[NameObject("/Dest")] = ArrayObject([page, *known[name].dest_array[1:]])


def _join_links(merging: _Merging) -> None:
    """Links from one piece to another, now that each has its place."""
    from pypdf.generic import ArrayObject, NameObject

    pages = merging.writer.pages
    for page in pages:
        for link in _links(page):
            address = str(link.get("/A", {}).get("/URI", ""))
            if address.startswith(PIECE):
                del link["/A"]
                to = pages[merging.begins[int(address.removeprefix(PIECE))]]
                link[NameObject("/Dest")] = ArrayObject([to.indirect_reference, NameObject("/Fit")])


def _add_bookmarks(
    writer: PdfWriter, reader: PdfReader, found: Sequence[Any], parent: Any, first: int, *, skip: bool = False
) -> None:
    """A file's own bookmarks below its title's; `skip` leaves out its top heading, which says the title again."""
    last = parent
    for each in found:
        if isinstance(each, list):
            _add_bookmarks(writer, reader, each, last, first)
        elif not skip:
            page = first + (reader.get_destination_page_number(each) or 0)
            last = writer.add_outline_item(title=str(each.title), page_number=page, parent=parent)


def _add_tags(merging: _Merging, reader: PdfReader, piece: Piece, *, is_first: bool) -> None:
    """The tags of a file, numbered after those before it; nothing for a file without."""
    from pypdf.generic import NameObject, NullObject, TextStringObject

    tree = reader.root_object.get("/StructTreeRoot")
    if tree is None:
        return
    writer = merging.writer
    numbers = tree["/ParentTree"]["/Nums"]
    by_number = dict(zip((int(key) for key in numbers[::2]), numbers[1::2], strict=True))
    for key in range(max(by_number, default=-1) + 1):
        merging.tags.append(by_number[key].clone(writer) if key in by_number else NullObject())
    kids = tree["/K"] if isinstance(tree["/K"], list) else [tree["/K"]]
    for kid in kids:
        part = kid.clone(writer)
        top = part.get_object()
        top[NameObject("/S")] = NameObject("/Part")
        top[NameObject("/T")] = TextStringObject(piece.title)
        if not is_first:
            _lower(top)
        merging.parts.append(part.indirect_reference)


def _lower(element: Any) -> None:
    """Every heading below an element one level down."""
    from pypdf.generic import NameObject

    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        child = kid.get_object()
        if isinstance(child, dict) and "/S" in child:
            tag = str(child["/S"])
            if tag[:2] == "/H" and tag[2:].isdigit():
                child[NameObject("/S")] = NameObject(f"/H{min(int(tag[2:]) + 1, DEEPEST)}")
            _lower(child)


def _root_of_tags(merging: _Merging) -> None:
    """One tree for all: a document whose parts are the files."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    writer = merging.writer
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    at = writer._add_object(root)
    whole = DictionaryObject(
        {NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject("/Document")}
    )
    whole[NameObject("/P")], whole[NameObject("/K")] = at, ArrayObject(merging.parts)
    document = writer._add_object(whole)
    for part in merging.parts:
        part.get_object()[NameObject("/P")] = document
    pairs = [each for number, tags in enumerate(merging.tags) for each in (NumberObject(number), tags)]
    root[NameObject("/K")] = ArrayObject([document])
    root[NameObject("/ParentTree")] = writer._add_object(DictionaryObject({NameObject("/Nums"): ArrayObject(pairs)}))
    root[NameObject("/ParentTreeNextKey")] = NumberObject(len(merging.tags))
    writer.root_object[NameObject("/StructTreeRoot")] = at


def _stamp(writer: PdfWriter, stamps: PdfReader) -> None:
    """Print a stamp over each page, as an artifact that no reader reads aloud. What was printed stays as it is."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

    if len(stamps.pages) != len(writer.pages):
        raise ValueError(f"{len(stamps.pages)} stamps for {len(writer.pages)} pages")
    before = StreamObject()
    before.set_data(b"q\n")
    opening = writer._add_object(before)
    for page, stamp in zip(writer.pages, stamps.pages, strict=True):
        drawn = stamp.get_contents()
        told = drawn.get_data() if drawn is not None else b""
        resources = page["/Resources"].get_object()
        fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
        for name, font in stamp["/Resources"]["/Font"].items():
            own = f"/Stamp{name[1:]}"
            told = told.replace(f"{name} ".encode(), f"{own} ".encode())
            fonts[NameObject(own)] = font.clone(writer)
        after = StreamObject()
        after.set_data(b"\nQ\n/Artifact <</Type /Pagination>> BDC\nq\n" + told + b"\nQ\nEMC\n")
        was = page["/Contents"]
        streams = was if isinstance(was, ArrayObject) else [page.raw_get("/Contents")]
        page[NameObject("/Contents")] = ArrayObject([opening, *streams, writer._add_object(after.flate_encode())])
