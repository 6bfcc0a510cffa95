"""The public calculator in a real browser: live with a script, whole without one, accessible on a telephone."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import axe_violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 375, "height": 700}
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
PATH = "/calculator/"
STARTED = "start-day=1&start-month=9&start-year=2026&working=part&fte=0.6&days=mon-wed"
AWAY = (
    "absences-row=0&absences-0-start-day=8&absences-0-start-month=9&absences-0-start-year=2026"
    "&absences-0-end-day=30&absences-0-end-month=10&absences-0-end-year=2026&absences-0-kind=maternity"
)
WRONG = "start-day=31&start-month=2&start-year=2026&working=part&placements-row=0&placements-0-school=B"
SHORT = [
    "/calculator/timetable/?part=1&unit=minutes&reference=1325&taught=1200",
    "/calculator/deadline/?deadline=decision&trigger-day=10&trigger-month=8&trigger-year=2026",
]


def start(page, day="1", month="9", year="2026"):
    page.fill("#id_start-day", day)
    page.fill("#id_start-month", month)
    page.fill("#id_start-year", year)


def test_answers_and_errors_are_accessible_and_fit_a_telephone(open_page):
    page = open_page(viewport=PHONE)
    for path in [f"{PATH}?{STARTED}&{AWAY}", f"{PATH}?{WRONG}", *SHORT]:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert not axe_violations(page), path
        assert not page.evaluate(TOO_WIDE), path
        assert page.locator("h1").count() == 1


def test_the_answer_follows_the_typing(open_page):
    page = open_page()
    page.goto(PATH)
    start(page)
    status = page.locator("[data-live-status]")
    page.get_by_text("Induction ends on 21 July 2028").first.wait_for()
    assert status.inner_text() == "Induction ends on 21 July 2028"
    assert status.get_attribute("role") == "status"
    assert page.evaluate("document.activeElement.id") == "id_start-year"
    assert "start-year=2026" in page.url
    page.get_by_text("The timeline in words").click()
    page.get_by_label("Part time").check()
    page.fill("#id_fte", "0.5")
    page.get_by_text("Induction ends on", exact=False).locator("xpath=self::*[contains(., '203')]").first.wait_for()
    assert page.locator("#calculation details[open]").count() == 1, "what was opened stays open"
    page.fill("#id_fte", "0")
    page.get_by_text("Not worked out yet. The full-time equivalent is from 0.05 to 1").first.wait_for()
    assert page.locator(".govuk-error-summary").count() == 0
    page.reload()
    assert page.locator("#id_fte").input_value() == "0"
    assert page.locator(".govuk-error-summary").count() == 1


def test_a_failure_leaves_the_page_as_it_is_and_says_so(open_page):
    page = open_page()
    page.goto(f"{PATH}?{STARTED}")
    before = page.locator("#answer").inner_text()
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")
    start(page, year="2025")
    page.get_by_text("the portal cannot be reached").wait_for()
    assert page.locator("#answer").inner_text() == before
    assert page.locator("#id_start-year").input_value() == "2025"


def test_the_choice_of_leave_is_asked_for_statutory_leave_alone(open_page):
    page = open_page()
    page.goto(PATH)
    chosen = page.get_by_text("Does the ECT choose to extend induction by this leave?")
    assert not chosen.is_visible()
    page.select_option("#id_absences-0-kind", "maternity")
    assert chosen.is_visible()
    page.select_option("#id_absences-0-kind", "sickness")
    assert not chosen.is_visible()


def test_it_works_by_keyboard_and_without_a_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(PATH)
    start(page)
    page.get_by_role("button", name="Add another absence").click()
    expect(page.locator("#id_absences-1-start-day")).to_have_count(1)
    assert page.locator("#answer").inner_text() == "Induction ends on 21 July 2028"
    page.fill("#id_absences-1-start-day", "8")
    page.fill("#id_absences-1-start-month", "9")
    page.fill("#id_absences-1-start-year", "2026")
    page.select_option("#id_absences-1-kind", "sickness")
    page.locator("#id_absences-1-start-year").press("Enter")
    page.locator("#answer").wait_for()
    assert "absences-1-kind=sickness" in page.url
    expect(page.locator("[name=absences-row]")).to_have_count(2)
