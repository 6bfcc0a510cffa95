"""A document leaves the portal, and whoever is handed it finds out what it is: in the browser, and without a script."""

import base64
import io
from hashlib import sha256
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from assessments.models import ProgressReview
from tests.e2e.test_review_journey import sign_in, wait_until_made
from tests.support.browser import axe_violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
YES, NO = "This file was issued by this portal", "This file was not issued by this portal"
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
PHONE = {"width": 375, "height": 700}
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  document.querySelector("h1").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def review_url(story) -> str:
    review = ProgressReview.objects.filter(induction__teacher__name="Hannah Lindqvist").earliest("number")
    return f"/reviews/{review.pk}/"


def drop(page: Page, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def choose(page: Page, name: str, content: bytes) -> None:
    page.set_input_files("#id_file", {"name": name, "mimeType": "application/pdf", "buffer": content})


def changed(content: bytes) -> bytes:
    """One bit of one byte in the middle is another."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_a_file_is_confirmed_and_one_with_a_byte_changed_is_not(review_url, open_page):
    ect = sign_in(open_page(), "ect@oakfield.example")
    wait_until_made(ect, f"{review_url}document/")
    ect.goto(review_url)
    with ect.expect_download() as download:
        ect.get_by_role("button", name="Download as a PDF").click()
    pdf = download.value.path().read_bytes()

    stranger = open_page(viewport=PHONE)
    stranger.goto("/accounts/sign-in/")
    stranger.get_by_role("main").get_by_role("link", name="check whether a document was issued here").click()
    answer, status = stranger.locator("#checked"), stranger.get_by_role("status")
    with stranger.expect_request("**/check/") as asked:
        choose(stranger, "from Hannah.pdf", pdf)
    expect(answer).to_contain_text(YES)
    expect(answer).to_contain_text("Kind of document: progress review.")
    expect(status).to_contain_text("Checked: from Hannah.pdf")
    assert asked.value.post_data == f"digest={sha256(pdf).hexdigest()}"
    assert axe_violations(stranger) == []
    assert not stranger.evaluate(TOO_WIDE)

    drop(stranger, "changed.pdf", changed(pdf))
    expect(answer).to_contain_text(NO)
    expect(status).to_contain_text("Checked: changed.pdf")
    assert axe_violations(stranger) == []
    drop(stranger, "from Hannah.pdf", pdf)
    expect(answer).to_contain_text(YES)
    drop(stranger, "empty.pdf", b"")
    expect(status).to_contain_text("empty.pdf is empty")
    expect(answer).to_be_empty()
    stranger.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    drop(stranger, "from Hannah.pdf", pdf)
    expect(status).to_contain_text("was not checked: it could not be read, or the portal cannot be reached")


def test_without_a_script_the_file_is_sent_and_the_answer_is_the_same(review_url, open_page):
    ect = sign_in(open_page(java_script_enabled=False), "ect@oakfield.example")
    wait_until_made(ect, f"{review_url}document/")
    pdf = ect.request.get(f"{review_url}document/").body()
    page = open_page(java_script_enabled=False)
    for content, verdict in ((pdf, YES), (changed(pdf), NO)):
        page.goto("/check/")
        choose(page, "any.pdf", content)
        page.get_by_role("button", name="Check the document").click()
        expect(page.get_by_role("heading", name=verdict)).to_be_visible()
    page.goto("/check/")
    page.get_by_text("I have no file, only a fingerprint").click()
    page.get_by_label("Fingerprint").fill(
        ProgressReview.objects.get(pk=review_url.split("/")[2]).versions.last().sha256
    )
    page.get_by_role("button", name="Check the document").click()
    expect(page.get_by_text("A typed fingerprint proves only that such a document exists.")).to_be_visible()


def test_the_ects_own_copy_holds_files_that_are_confirmed(review_url, open_page, tmp_path):
    ect = sign_in(open_page(), "ect@oakfield.example")
    wait_until_made(ect, f"{review_url}document/")
    ect.goto(review_url)
    ect.get_by_role("link", name="Download my record").click()
    expect(ect.get_by_role("table", name="Documents")).to_contain_text("Progress review 1")
    assert axe_violations(ect) == []
    with ect.expect_download() as download:
        ect.get_by_role("button", name="Download everything").click()
    archive = ZipFile(io.BytesIO(download.value.path().read_bytes()))
    archive.extractall(tmp_path)
    (pdf,) = [archive.read(name) for name in archive.namelist() if name.startswith("documents/progress-review-1-")]
    stranger = open_page()
    stranger.goto("/check/")
    drop(stranger, "review.pdf", pdf)
    expect(stranger.locator("#checked")).to_contain_text(YES)
    ect.route("**/my-copy/*", lambda route: route.fulfill(path=tmp_path / route.request.url.rpartition("/")[2]))
    for name in ("index.html", "record.html"):
        ect.goto(f"/my-copy/{name}")
        assert axe_violations(ect) == []
    ect.get_by_role("link", name="Back to the index and the documents").click()
    expect(ect.get_by_role("heading", name="My induction record")).to_be_visible()
