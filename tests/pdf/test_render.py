"""The PDF platform: what every document is, and what it may never fetch."""

import logging
from io import BytesIO

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from induction_portal.documents.pdf import render_pdf, static_file
from tests.support.outbox import TEMPLATES
from tests.support.pdfs import assert_accessible

TITLE = "Progress review 2"


@pytest.fixture(autouse=True)
def _sample(settings):
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], TEMPLATES]}, *rest]


@pytest.fixture
def render():
    def render(**facts) -> bytes:
        given = {
            "title": TITLE,
            "organisation": "Oakfield School",
            "fingerprint": "9f86d081884c7d65" * 4,
            "facts": [{"name": "Who was present", "value": "Łucja Żak\nRuth O'Neill, mentor <script>"}],
            "columns": ["Standard", "Progress"],
            "rows": [[f"Standard {number}", "On track"] for number in range(1, 9)],
            "notes": ["The mentor watched a lesson and wrote about it. " * 8] * 20,
        }
        return render_pdf("pdf_sample.html", given | facts)

    return render


def test_it_is_accessible_on_every_page(render):
    reader = assert_accessible(render(), title=TITLE)
    assert len(reader.pages) == 3
    assert reader.metadata.author == "Oakfield School"


def test_pages_are_numbered_and_headed(render):
    pages = [page.extract_text() for page in PdfReader(BytesIO(render())).pages]
    assert [f"Page {number} of 3" in text for number, text in enumerate(pages, 1)] == [True, True, True]
    assert "Oakfield School" in pages[1]
    assert TITLE in pages[1]


def test_what_people_typed_is_shown_as_they_typed_it(render):
    text = PdfReader(BytesIO(render())).pages[0].extract_text()
    assert "Łucja Żak" in text
    assert "Ruth O'Neill, mentor <script>" in text


def test_the_fonts_are_ours_and_embedded(render):
    fonts = {
        font.get_object()["/BaseFont"]
        for page in PdfReader(BytesIO(render(extra="<p><i>Aside</i> <b><i>and more</i></b></p>"))).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(fonts) == 4
    assert all("Source-Sans-3" in font for font in fonts), fonts


def test_the_fingerprint_is_printed_only_where_there_is_one(render):
    assert "9f86d081884c7d65" in PdfReader(BytesIO(render())).pages[-1].extract_text()
    assert "fingerprint" not in PdfReader(BytesIO(render(fingerprint=""))).pages[-1].extract_text()


@pytest.mark.parametrize("fingerprint", ["9f86d081884c7d65" * 4, ""])
def test_it_says_where_the_file_can_be_checked(render, settings, fingerprint):
    settings.PORTAL_URL = "https://induction.example/"
    last = PdfReader(BytesIO(render(fingerprint=fingerprint))).pages[-1].extract_text()
    assert "https://induction.example/check/" in last
    assert "Check this document" in last


def test_the_same_content_gives_the_same_bytes(render):
    assert render() == render()
    assert render() != render(title="Progress review 3")


def test_rendering_complains_of_nothing(render, caplog):
    with caplog.at_level(logging.WARNING, "weasyprint"):
        render()
    assert caplog.messages == []


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://elsewhere.example/logo.png",
        "file:///etc/passwd",
        "http://static.invalid.elsewhere.example/x.png",
        "missing.png",
        "../manage.py",
        "%2e%2e/manage.py",
    ],
)
def test_nothing_but_static_files_of_ours_is_fetched(render, address):
    with pytest.raises(FatalURLFetchingError):
        render(extra=f'<img src="{address}" alt="">')


def test_a_refusal_names_the_address():
    with pytest.raises(ValueError, match=r"static files of the portal only, not ftp://elsewhere\.example/"):
        static_file("ftp://elsewhere.example/")
