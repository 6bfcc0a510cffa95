"""Templates as they are written, and every page as it comes: one h1, its own title, nothing inline, nothing far."""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template import engines

from tests.support.visitors import Visitor
from tests.sweeps.addresses import addresses
from tests.sweeps.places import PLACES
from tests.sweeps.rights import TABLE, expected
from tests.sweeps.test_every_url import DOORS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html" and not {"pdf", "emails", "email"} & set(path.parts)]
SIGHT = ["induction_tutor@oak", "body_officer@north", "ect@oak", "headteacher@oak", "governor@oak", "operator@portal",
         "trust_officer@meridian", "body_admin@north", "headteacher@elm", "ect@elm", "ect@ended",
        "body_officer@south", "headteacher@harbour"]  # fmt: skip
DOWNLOADS = {
    "assessments:appeal_reply_document", "assessments:notice_document",
    "assessments:document", "assessments:bundle_document", "assessments:decision_document", "cases:chase_csv",
    "cases:import_refused", "cases:import_template", "cases:national_csv", "cases:whole_record",
    "support_plans:blank_form", "support_plans:plan_document", "support_plans:plan_preview",
    "support_plans:current_plan",  # leads on to the plan that is open
}  # fmt: skip


def text_of(path: Path) -> str:
    return re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_it_loads(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_it_holds_nothing_inline_and_marks_nothing_safe(path):
    text = text_of(path)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text), "styles and scripts live in files of their own"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\|\s*safe\b|autoescape off|mark_safe", text), "what a person typed is escaped"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_it_asks_no_other_machine_for_anything(path):
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text_of(path))


def every_page(world):
    """Each page once, by the first of a few people who may open it, or else as the person who fills in its form."""
    for page in DOORS:
        if page.name in DOWNLOADS or "GET" not in TABLE[page.name][1].split():
            continue
        shown = next((found for found in _seen(world, page) if found[1].status_code != 302), None)
        assert shown, f"Nobody of {SIGHT} opens {page.name}, and no form's place shows it"
        yield page.name, *shown


def _seen(world, page):
    for key in SIGHT:
        person = world.people[key]
        for address in addresses(world, page):
            if expected(world, person, address, "GET") == "open":
                yield key, Visitor(person).get(address.path)
    for place in PLACES:
        if page.name == (place.shown_on or place.name) and place.who:
            yield place.who, Visitor(world.people[place.who]).get(place.page(world))


def test_every_page_is_one_whole(world):
    titles = defaultdict(set)
    for name, key, response in every_page(world):
        assert response.status_code in {200, 202}, f"{name} for {key}: {response.status_code}"
        assert response["Content-Type"].startswith("text/html"), f"{name} is a file: list it with DOWNLOADS"
        soup = BeautifulSoup(response.content, "html.parser")
        assert len(soup.find_all("h1")) == 1, f"{name} has {len(soup.find_all('h1'))} h1"
        assert soup.html["lang"] == "en-GB", name
        assert len(soup.find_all("main")) == 1, name
        assert soup.select_one("a.govuk-skip-link[href='#main-content']"), name
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), f"{name} has ids that stand twice: {[i for i in ids if ids.count(i) > 1]}"
        _assert_labelled(soup, name)
        _assert_headings_go_down_one_step_at_a_time(soup, name)
        title = soup.title.get_text(" ", strip=True)
        assert title.endswith("Induction Portal")
        titles[title].add(name)
        assert "Content-Security-Policy" in response.headers, name
        assert "unsafe" not in response["Content-Security-Policy"]
    assert not {title: names for title, names in titles.items() if len(names) > 1}, "Titles are unique"
    assert len(titles) > 8


def _assert_labelled(soup: BeautifulSoup, name: str) -> None:
    labels = {label.get("for") for label in soup.find_all("label")}
    for box in soup.select("main input, main textarea, main select"):
        if box.get("type") not in {"hidden", "submit"}:
            assert box.get("id") in labels, f"{name}: {box.get('name')} has no label"


def _assert_headings_go_down_one_step_at_a_time(soup: BeautifulSoup, name: str) -> None:
    levels = [int(tag.name[1]) for tag in soup.select("main h1, main h2, main h3, main h4")]
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert not jumps, f"{name}: {levels}"


PUBLIC = ["/accounts/sign-in/", "/accounts/password/", "/accounts/password/sent/", "/accounts/password/set/",
          "/check/",
          "/no-such-page/"]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_for_everybody_too(path, client, db):
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    assert len(soup.find_all("h1")) == 1
    assert soup.html["lang"] == "en-GB"
    assert soup.title.get_text().strip().endswith("Induction Portal")
