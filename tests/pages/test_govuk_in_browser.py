"""The look in a real browser: accessible, without and with JavaScript, from a small phone to a desktop."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe_violations

PAGES = ["/components/", "/components/page/", "/components/case/", "/components/form/", "/components/question/"]
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def expect_typed(page, selector, text):
    assert page.locator(selector).input_value() == text


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_component_and_layout_is_accessible_and_fits(open_page, size):
    page = open_page(viewport=size, bypass_csp=True)
    for path in PAGES:
        page.goto(path)
        assert axe_violations(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{path} is {width} pixels wide"


def test_forms_in_error_are_accessible_and_their_links_land(open_page):
    page = open_page(bypass_csp=True)
    page.goto("/components/form/")
    page.get_by_role("button", name="Submit review").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.wait_for_load_state()
    assert axe_violations(page) == []
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Enter the date target 1 is to be met").click()
    assert page.evaluate("document.activeElement.id") == "id_targets-0-due_on-day"


def test_rows_come_and_go_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/components/form/")
    page.fill("#id_targets-0-text", "Plan lessons")
    page.get_by_role("button", name="Add another target").click()
    page.wait_for_url("**#id_targets-1-text")
    assert page.locator(".govuk-error-summary").count() == 0
    page.fill("#id_targets-1-text", "Mark books")
    page.get_by_role("button", name="Remove target 1").click()
    expect(page.locator("[name=targets-row]")).to_have_count(1)
    expect_typed(page, "#id_targets-1-text", "Mark books")


def test_enter_sends_the_form_and_touches_no_row(open_page):
    page = open_page()
    page.goto("/components/form/")
    page.get_by_role("button", name="Add another target").click()
    page.fill("#id_targets-1-text", "Mark books")
    page.press("#id_targets-1-text", "Enter")
    page.wait_for_selector(".govuk-error-summary")
    expect(page.locator("[name=targets-row]")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_radio_reveals_what_it_asks_for(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto("/components/")
    outline = page.locator("#id_outline")
    assert not outline.is_visible()
    page.locator("#id_on_track-2").check(force=True)
    assert outline.is_visible()
    page.locator("#id_on_track").check(force=True)
    assert not outline.is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_statement_is_asked_for_only_when_the_rating_needs_one(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto("/components/form/")
    statement = page.locator("#id_ratings-TS1-statement")
    assert not statement.is_visible()
    page.locator("[name=ratings-TS1-rating][value='2']").check(force=True)
    assert statement.is_visible()
    assert not page.locator("#id_ratings-TS2-statement").is_visible()
    page.locator("[name=ratings-TS1-rating][value='3']").check(force=True)
    assert not statement.is_visible()


@pytest.mark.parametrize(("answer", "said"), [
    ({"status": 200, "json": {"saved": True}}, r"Draft saved at \d+:\d\d.[ap]m\. Only you can see it\."),
    ({"status": 500}, "Not saved: something went wrong"),
    ({"status": 409}, "You now act for someone else"),
    ({"status": 302, "headers": {"location": "/accounts/sign-in/"}}, "You have been signed out"),
    (None, "Not saved: the portal cannot be reached"),
])  # fmt: skip
def test_what_is_typed_is_sent_two_seconds_later_and_the_page_says_what_became_of_it(open_page, answer, said):
    page = open_page()
    sent = []

    def reply(route):
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request)
        route.fulfill(**answer) if answer else route.abort()

    page.goto("/components/form/")
    page.route("**/components/form/", reply)
    page.fill("#id_targets-0-text", "Plan lessons")
    status = page.get_by_role("status").filter(has_text=re.compile(said))
    status.wait_for()
    assert sent[0].headers["x-autosave"] == "1"
    assert "targets-0-text=Plan+lessons" in sent[0].post_data


def test_the_keyboard_can_skip_to_the_content(open_page):
    page = open_page()
    page.goto("/components/page/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_paper_leaves_out_what_only_a_screen_needs(open_page):
    page = open_page()
    page.goto("/components/case/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="This case").is_visible()
    assert page.get_by_text("Confidential", exact=True).is_visible()
