"""The demo's mail catcher: a real process, spoken to as a mail client and a browser do."""

import smtplib
import sys
import urllib.error
import urllib.request
from email.message import EmailMessage

import pytest

from induction_portal.embedded.mailcatcher.pages import with_links
from induction_portal.embedded.mailcatcher.store import MailStore
from induction_portal.embedded.process import Process, Program
from induction_portal.embedded.wire import free_port, is_free


class Catcher:
    """The running mail catcher."""

    def __init__(self, folder):
        self.smtp, self.web = free_port(), free_port()
        module = ["-m", "induction_portal.embedded.mailcatcher"]
        command = [sys.executable, *module, str(folder / "mail"), str(self.smtp), str(self.web)]
        self.process = Process(Program("mail", command), log=folder / "log")
        self.process.wait_until(lambda: not is_free(self.web) and not is_free(self.smtp))

    def send(self, message: EmailMessage, *, to: list[str]) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp) as client:
            client.send_message(message, to_addrs=to)

    def get(self, path: str, host: str = "127.0.0.1") -> tuple[int, str, dict[str, str]]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.web}{path}", headers={"Host": host})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def catcher(folder):
    running = Catcher(folder)
    yield running
    running.process.stop()


def mail(subject="A review", text="Read it at http://127.0.0.1:8000/reviews/1/?a=1&b=2.", html="") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "portal@portal.example", "ect@oakfield.example"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def key_of(listing: str) -> str:
    return listing.split('<td><a href="/')[1].split('"')[0]


def test_mail_is_listed_and_its_link_can_be_followed(catcher):
    catcher.send(mail(html="<p>Read <a href='http://127.0.0.1:8000/'>it</a></p>"), to=["ect@oakfield.example"])
    status, listing, headers = catcher.get("/")
    assert status == 200
    assert "A review" in listing
    assert "ect@oakfield.example" in listing
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    status, page, _ = catcher.get(f"/{key_of(listing)}")
    assert status == 200
    assert '<a href="http://127.0.0.1:8000/reviews/1/?a=1&amp;b=2" rel="noreferrer">' in page
    assert f'sandbox="allow-popups" src="/{key_of(listing)}/html"' in page
    _, part, headers = catcher.get(f"/{key_of(listing)}/html")
    assert "<base target" in part
    assert headers["Content-Security-Policy"].startswith("sandbox allow-popups; default-src 'none'")


def test_nothing_in_a_mail_becomes_markup(catcher):
    wicked = "<script>alert(1)</script>"
    catcher.send(mail(subject=wicked, text=f"{wicked} http://x.example/{wicked}"), to=["ect@oakfield.example"])
    _, listing, _ = catcher.get("/")
    _, page, _ = catcher.get(f"/{key_of(listing)}")
    _, search, _ = catcher.get("/?to=%3Cscript%3E")
    assert "<script" not in listing + page + search
    assert "&lt;script&gt;" in page


def test_search_finds_blind_copies_too(catcher):
    catcher.send(mail(subject="To both"), to=["ect@oakfield.example", "officer@northern-hub.example"])
    catcher.send(mail(subject="To one"), to=["ect@oakfield.example"])
    _, found, _ = catcher.get("/?to=Officer%40")
    assert "To both" in found
    assert "To one" not in found


def test_mail_outlives_a_restart(folder):
    first = Catcher(folder)
    first.send(mail(subject="Still here"), to=["ect@oakfield.example"])
    first.process.stop()
    second = Catcher(folder)
    try:
        assert "Still here" in second.get("/")[1]
    finally:
        second.process.stop()


@pytest.mark.parametrize("path", ["/nothing", "/../../etc/passwd", "/20260101T000000000000-00000000", "/x/html"])
def test_what_is_no_mail_is_not_found(catcher, path):
    status, page, _ = catcher.get(path)
    assert status == 404
    assert "No such mail" in page


def test_a_name_that_points_here_from_elsewhere_is_refused(catcher):
    assert catcher.get("/", host="evil.example")[0] == 421


def test_a_mail_past_reading_is_shown_as_far_as_it_goes(tmp_path):
    store = MailStore(tmp_path)
    broken = b"Subject: =?utf-8?q?caf=C3?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\ncaf\xc3\xa9"
    kept = store.get(store.keep(broken, ["ect@oakfield.example"]))
    assert kept.recipients == "ect@oakfield.example"
    assert kept.body("plain") == "café"
    assert kept.body("html") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://a.example/b.", '<a href="https://a.example/b" rel="noreferrer">https://a.example/b</a>.'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ('"http://a.example/"x"', '<a href="http://a.example/" rel="noreferrer">http://a.example/</a>&quot;x&quot;'),
    ],
)
def test_links_in_text(text, shown):
    assert with_links(text).endswith(shown)
