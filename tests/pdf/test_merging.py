"""Several PDFs as one: what merging keeps of each, and what it adds."""

from io import BytesIO

import pytest
import weasyprint
from pypdf import PdfReader

from induction_portal.documents.merging import Piece, merge, pages_of
from tests.support.pdfs import assert_headings_in_order, structure

STYLE = "<style>@page { size: A4 } p { break-after: page }</style>"


def made(body: str, *, tagged: bool = True) -> bytes:
    html = f"<!DOCTYPE html><html lang='en-GB'><head><title>T</title>{STYLE}</head><body>{body}</body></html>"
    return weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1" if tagged else None)


def stamps(count: int) -> bytes:
    return made("".join(f"<p>Sheet {number}</p>" for number in range(1, count + 1)) + STYLE_OF_LAST, tagged=False)


STYLE_OF_LAST = "<style>p:last-child, p:last-of-type { break-after: auto }</style>"
FRONT = "<h1>Front</h1><ul><li><a href='piece:1'>One</a></li><li><a href='piece:2'>Two</a></li></ul>"
ONE = "<h1 id='a'>One</h1><p>First</p><h2>Middle</h2><div><a href='#a'>Up</a></div>"
TWO = "<h1 id='a'>Two</h1><h2>Last</h2><div><a href='#a'>Up</a></div>"


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return [Piece("Front", made(FRONT)), Piece("One", made(ONE)), Piece("Two", made(TWO))]


@pytest.fixture(scope="module")
def whole(pieces) -> PdfReader:
    total = sum(pages_of(piece.content) for piece in pieces)
    return PdfReader(BytesIO(merge(pieces, stamps=stamps(total), title="Whole", author="The body")))


def test_every_page_bears_its_number_and_prints_what_it_did(pieces, whole):
    before = [page for piece in pieces for page in PdfReader(BytesIO(piece.content)).pages]
    assert len(whole.pages) == len(before) == 4
    for number, (page, was) in enumerate(zip(whole.pages, before, strict=True), 1):
        assert f"Sheet {number}" in page.extract_text()
        streams = [each.get_object().get_data() for each in page["/Contents"]]
        assert was["/Contents"].get_object().get_data() in streams, "The page's own stream is not rewritten"
        assert streams[-1].lstrip().startswith(b"Q\n/Artifact")


def test_tags_become_one_tree_with_one_top_heading(whole):
    tags = [tag for tag, _ in structure(whole.root_object["/StructTreeRoot"])]
    assert tags[0] == "/Document"
    assert tags.count("/Part") == 3
    assert_headings_in_order(tags)
    assert [tag for tag in tags if tag[:2] == "/H"] == ["/H1", "/H2", "/H3", "/H2", "/H3"]


def test_each_tag_is_on_the_page_that_knows_it(whole):
    numbers = whole.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    known = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in whole.pages:
        pages = {tag.get_object().raw_get("/Pg").idnum for tag in known[page["/StructParents"]]}
        assert pages == {page.indirect_reference.idnum}
        for link in page.get("/Annots", []):
            assert known[link.get_object()["/StructParent"]].get_object()["/S"] == "/Link"


def test_links_lead_where_they_did_and_from_piece_to_piece(whole):
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(whole.pages, 1)}
    led = [[numbers[link.get_object()["/Dest"][0].idnum] for link in page.get("/Annots", [])] for page in whole.pages]
    assert led == [[2, 4], [], [2], [4]], "The same name in two files leads to two places"


def test_bookmarks_are_the_pieces_with_their_own_below(whole):
    top = [each for each in whole.outline if not isinstance(each, list)]
    assert [each.title for each in top] == ["Front", "One", "Two"]
    assert [whole.get_destination_page_number(each) for each in top] == [0, 1, 3]
    below = [each.title for inner in whole.outline if isinstance(inner, list) for each in inner]
    assert below == ["Middle", "Last"]


def test_the_whole_says_what_it_is_and_claims_no_conformance(whole):
    assert (whole.metadata.title, whole.metadata.author) == ("Whole", "The body")
    root = whole.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/Metadata" not in root


def test_a_file_without_tags_is_taken_as_it_is(pieces):
    plain = Piece("Plain", made("<h1>Plain</h1>", tagged=False))
    merged = PdfReader(BytesIO(merge([pieces[2], plain], stamps=stamps(2), title="T", author="A")))
    assert "Plain" in merged.pages[1].extract_text()
    assert [tag for tag, _ in structure(merged.root_object["/StructTreeRoot"])].count("/Part") == 1


def test_a_stamp_for_each_page_and_no_more(pieces):
    with pytest.raises(ValueError, match="2 stamps for 1 pages"):
        merge([pieces[2]], stamps=stamps(2), title="T", author="A")
