"""The public check page: exactly these bytes or not, in words that tell a stranger nothing else, and nothing kept."""

import io
import tempfile
import tracemalloc
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client, RequestFactory

from induction_portal import clock
from induction_portal.accounts.viewer import System
from induction_portal.documents import kinds, uploading, views
from induction_portal.documents.models import IssuedDocument, StoredBytes
from induction_portal.documents.store import issue
from tests.support.forms import Page
from tests.support.markup import soup

pytestmark = pytest.mark.django_db
PATH = "/check/"
REVIEW, SCHOOL = UUID(int=7), UUID(int=8)
PDF = b"%PDF-1.7 \x00\xff a review of Hannah Lindqvist"
PRINTED = sha256(b"the sealed record").hexdigest()
YES, NO = "This file was issued by this portal", "This file was not issued by this portal"
PROVES = "A typed fingerprint proves only that such a document exists."


@pytest.fixture(autouse=True)
def _no_visits_yet():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_cache")


def issued(content=PDF, **facts) -> IssuedDocument:
    given = {"subject_id": REVIEW, "kind": "progress_review", "organisation_id": SCHOOL, "filename": "hannah.pdf"}
    return issue(content=content, by=System("documents"), **given | {"fingerprint": PRINTED} | facts)


def dated(moment, content=PDF, version=1) -> None:
    stored = StoredBytes.objects.create(sha256=sha256(content).hexdigest(), content=content)
    given = {"subject_id": REVIEW, "kind": "progress_review", "organisation_id": SCHOOL, "filename": "hannah.pdf"}
    IssuedDocument.objects.create(stored=stored, issued_at=moment, version=version, fingerprint=PRINTED, **given)


def upload(content, name="review.pdf", **other):
    return Client().post(PATH, {"file": SimpleUploadedFile(name, content, "text/plain"), **other})


def ask(**sent):
    return Client().post(PATH, sent)


def words(response):
    return " ".join(soup(response.content.decode()).main.get_text(" ").split())


def verdict(response):
    return soup(response.content.decode()).select_one(".app-verdict h2").get_text()


def errors(response):
    page = Page(response.content.decode())
    assert page.title.startswith("Error: ")
    assert not page.broken_links
    return page.errors


def test_the_page_asks_and_costs_nothing(django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(0):
        response = client.get(PATH)
    assert response.status_code == 200
    assert not response.cookies
    assert not soup(response.content.decode()).select(".app-verdict, .govuk-error-summary, details[open]")


def test_an_answer_costs_four_queries(django_assert_num_queries):
    issued()
    client = Client(enforce_csrf_checks=True)
    digest = sha256(PDF).hexdigest()
    client.post(PATH, {"digest": digest})
    with django_assert_num_queries(4):  # the throttle, the first issue, the last, and whether another followed
        response = client.post(PATH, {"digest": digest})
    assert verdict(response) == YES
    assert not response.cookies


def test_exactly_the_bytes_that_were_issued():
    issued()
    response = upload(PDF)
    assert verdict(response) == YES
    told = words(response)
    assert "Kind of document: progress review." in told
    assert "No newer version of it has been issued." in told
    assert "no-store" in response["Cache-Control"]


def test_one_changed_byte_is_another_file():
    issued()
    for changed in (PDF[:-1] + b"u", PDF + b"\n", PDF[1:], b"\x00" * len(PDF)):
        response = upload(changed)
        assert verdict(response) == NO
        assert "One changed byte is enough" in words(response)
        assert "Ask whoever gave it to you" in words(response)


@pytest.mark.parametrize(("moment", "day"), [
    (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),
    (datetime(2026, 1, 31, 23, 30, tzinfo=UTC), "31 January 2026"),
])  # fmt: skip
def test_the_day_is_englands(moment, day):
    dated(moment)
    assert f"Exactly these bytes were issued on {day}." in words(upload(PDF))


def test_a_stranger_is_told_of_nobody():
    """No name, no organisation, no file name, no number, no version: R78."""
    issued(version=3)
    issued(b"fourth", version=4)
    for response in (upload(PDF, name="my copy.pdf"), ask(digest=sha256(PDF).hexdigest()), ask(fingerprint=PRINTED)):
        html = response.content.decode()
        for told in ("hannah", "Lindqvist", str(REVIEW), str(SCHOOL), "my copy", "ersion 3", "ersion 4"):
            assert told not in html


def test_a_newer_version_is_told_of():
    issued()
    issued(b"another subject", subject_id=uuid4(), version=2)
    issued(b"another kind", kind="letter", version=2)
    assert "No newer version" in words(upload(PDF))
    issued(b"second", version=2)
    assert "A newer version of this document exists." in words(upload(PDF))
    assert "No newer version" in words(upload(b"second"))


def test_the_same_bytes_issued_again_are_as_new_as_the_last_issue():
    issued()
    issued(b"second", version=2)
    issued(PDF, version=3)
    assert "No newer version" in words(upload(PDF))


def test_a_kind_without_a_name_is_a_document(monkeypatch):
    assert kinds.name_of("progress_review") == "Progress review"
    issued(kind="letter_of_old")
    assert "Kind of document: document." in words(upload(PDF))


@pytest.mark.parametrize("typed", [
    PRINTED, PRINTED.upper(), f"  {PRINTED}\r\n", " ".join(PRINTED[i:i + 8] for i in range(0, 64, 8)),
    f"{PRINTED[:40]}\n{PRINTED[40:]}", f"{PRINTED[:32]}\u00ad\u200b{PRINTED[32:]}", "-".join(PRINTED),
    "\ufeff" + PRINTED,
])  # fmt: skip
def test_a_typed_fingerprint_however_it_is_spaced(typed):
    issued()
    response = ask(fingerprint=typed)
    assert verdict(response) == "A document with this fingerprint was issued by this portal"
    assert PROVES in words(response)
    assert YES not in words(response)


def test_a_files_own_fingerprint_may_be_typed_too_and_proves_no_more():
    issued()
    response = ask(fingerprint=sha256(PDF).hexdigest())
    assert PROVES in words(response)
    assert YES not in words(response)


def test_a_printed_fingerprint_is_no_files():
    """What stands on the document is the record's; no file has it."""
    issued()
    assert verdict(ask(digest=PRINTED)) == NO


def test_a_typed_fingerprint_tells_of_the_last_document_that_prints_it():
    for number in (1, 2):
        dated(datetime(2026, 3, number, 12, tzinfo=UTC), f"state {number}".encode(), version=number)
    told = words(ask(fingerprint=PRINTED))
    assert "issued on 2 March 2026" in told
    assert "newer version" not in told.partition("What you are told")[0]
    issued(b"another record", version=3, fingerprint=sha256(b"another").hexdigest())
    assert "A newer version of it exists." in words(ask(fingerprint=PRINTED))


def test_a_fingerprint_that_is_unknown():
    response = ask(fingerprint="0" * 64)
    assert verdict(response) == "No document with this fingerprint was issued by this portal"
    assert PROVES not in words(response)


@pytest.mark.parametrize(("typed", "error"), [
    (PRINTED[1:], "The fingerprint must have 64 characters. You entered 63"),
    (PRINTED + "0", "The fingerprint must have 64 characters. You entered 65"),
    ("g" * 64, "The fingerprint must have only the characters 0 to 9 and a to f"),
    ("０" * 64, "The fingerprint must have only the characters 0 to 9 and a to f"),
    ("x" * 5000, "The fingerprint must be 200 characters or fewer"),
    (f"\x00{PRINTED}", "The fingerprint has a character that cannot be kept. Type it again"),
    ("", "Choose the file to check, or enter a fingerprint"),
    (" \t\r\n", "Choose the file to check, or enter a fingerprint"),
    ("- - -", "Choose the file to check, or enter a fingerprint"),
])  # fmt: skip
def test_what_is_no_fingerprint_is_named_and_kept(typed, error):
    response = ask(fingerprint=typed)
    assert errors(response) == [error]
    assert soup(response.content.decode()).select_one("#id_fingerprint").get("value", "") == typed


def test_a_file_says_more_than_a_fingerprint():
    issued()
    assert verdict(upload(PDF + b"x", fingerprint=PRINTED)) == NO


def test_an_empty_file_and_no_file():
    assert errors(upload(b"")) == ["The file is empty. Choose another"]
    assert errors(ask()) == ["Choose the file to check, or enter a fingerprint"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.pdf", "Zoë 李.pdf", "x" * 5000, "<script>.pdf"])
def test_any_name_and_any_content_is_just_bytes(name):
    issued(b"<script>alert(1)</script>")
    assert verdict(upload(b"<script>alert(1)</script>", name=name)) == YES


def test_a_file_too_large_is_named():
    assert errors(upload(b"x" * (uploading.LARGEST * 1024 * 1024 + 1))) == ["The file must be 20 MB or smaller"]
    assert verdict(upload(b"x" * (uploading.LARGEST * 1024 * 1024))) == NO


class Flood(io.RawIOBase):
    """An upload of so many bytes that nobody has to hold."""

    HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="f.pdf"\r\n\r\n'
    TAIL = b"\r\n--b--\r\n"

    def __init__(self, size: int) -> None:
        self.length, self.was_read = len(self.HEAD) + size + len(self.TAIL), 0
        self._parts = self._pieces(size)

    def _pieces(self, left: int):
        yield self.HEAD
        while left:
            yield b"\x01" * min(left, 8192)
            left -= min(left, 8192)
        yield self.TAIL

    def read(self, size: int = -1) -> bytes:
        told = next(self._parts, b"")
        self.was_read += len(told)
        return told


def flood(megabytes):
    stream = Flood(megabytes * 1024 * 1024)
    told = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(stream.length)}
    request = RequestFactory().generic("POST", PATH, **told)
    request._stream = stream
    return request, stream


def test_a_flood_is_heard_out_without_being_held_or_written_down(monkeypatch):
    """200 MB: read to the end, so that the sender gets an answer; a few hundred kilobytes held, no file made."""
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda *a, **k: pytest.fail("A file was written"))
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", lambda *a, **k: pytest.fail("A file was written"))
    request, stream = flood(200)
    tracemalloc.start()
    _, files = uploading.received(request)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (files["file"].size, files["file"].digest) == (200 * 1024 * 1024, "")
    assert stream.was_read == stream.length
    assert peak < 2 * 1024 * 1024


def test_what_is_past_all_measure_is_not_read_at_all():
    request, stream = flood(301)
    posted, files = uploading.received(request)
    assert stream.was_read == 0
    assert views.CheckForm(posted, files).problems[0].message == "The file must be 20 MB or smaller"


@pytest.mark.parametrize("length", ["", "x", "-1", "1e9", "²"])
def test_a_length_that_is_none_is_no_fault_of_ours(length):
    response = Client().post(PATH, b"", "multipart/form-data; boundary=b", CONTENT_LENGTH=length)
    assert response.status_code in {200, 400}


def test_a_body_that_is_no_form_is_refused():
    client = Client()
    assert client.post(PATH, b"\xff" * 100, "multipart/form-data; boundary=b").status_code in {200, 400}
    assert client.post(PATH, b"digest=" + b"0" * 3_000_000, "application/x-www-form-urlencoded").status_code == 400
    assert client.post(PATH, b"{}", "application/json").status_code == 200
    assert [client.generic(m, PATH).status_code for m in ("PUT", "DELETE", "PATCH")] == [405] * 3


def test_the_script_is_given_the_answer_alone():
    issued()
    response = Client().post(PATH, {"digest": sha256(PDF).hexdigest()}, headers={"X-Fragment": "1"})
    page = soup(response.content.decode())
    assert page.select_one(".app-verdict h2").get_text() == YES
    assert not page.select("html, form")
    wrong = Client().post(PATH, {"digest": "no"}, headers={"X-Fragment": "1"})
    assert "must have 64 characters" in wrong.content.decode()


def test_who_asks_too_often_is_asked_for_patience():
    client, other = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="198.51.100.8")
    for _ in range(views.A_MINUTE):
        assert client.post(PATH, {"digest": "0" * 64}).status_code == 200
    response = client.post(PATH, {"digest": "0" * 64})
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "Wait a minute" in response.content.decode()
    told = client.post(PATH, {"digest": "0" * 64}, headers={"X-Fragment": "1"})
    assert "Wait a minute" in told.content.decode()
    assert "<html" not in told.content.decode()
    assert client.get(PATH).status_code == 200
    assert other.post(PATH, {"digest": "0" * 64}).status_code == 200


def test_it_is_found_from_every_page_and_from_signing_in():
    for path in ("/calculator/", "/accounts/sign-in/", PATH):
        assert soup(Client().get(path).content.decode()).select(f"footer a[href='{PATH}']")
    assert soup(Client().get("/accounts/sign-in/").content.decode()).select(f"main a[href='{PATH}']")


def test_the_clock_of_the_portal_dates_the_issue():
    assert issued().issued_at.date() <= clock.today()
