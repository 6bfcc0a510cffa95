"""Every page in a real browser, as somebody who sees it: accessible, fits a telephone, and works without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Comment, ProgressReview
from tests.support.browser import axe_violations
from tests.support.visitors import Visitor
from tests.sweeps.addresses import addresses
from tests.sweeps.places import review_answers
from tests.sweeps.rights import TABLE, expected
from tests.sweeps.test_every_url import DOORS
from tests.sweeps.test_templates import DOWNLOADS, SIGHT

pytestmark = pytest.mark.e2e
PHONE = {"width": 375, "height": 700}
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
PUBLIC = [
    "/accounts/sign-in/",
    "/accounts/password/",
    "/accounts/password/sent/",
    "/calculator/",
    "/calculator/timetable/",
    "/calculator/deadline/",
    "/check/",
    "/no-such-page/",
]


def sign_in(page, world, key, live_portal) -> None:
    """Give the browser the session of a visitor: how one signs in has its own test."""
    cookies = Visitor(world.people[key]).client.cookies
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": c.value, "url": live_portal} for name, c in cookies.items()])


def seen(world):
    """Each page that answers by GET, grouped by the person who opens it."""
    found: dict[str, list[str]] = {}
    for page in DOORS:
        if "GET" not in TABLE[page.name][1].split() or page.name in DOWNLOADS:
            continue
        for key in SIGHT:
            person = world.people[key]
            mine = [a.path for a in addresses(world, page) if expected(world, person, a, "GET") == "open"]
            if mine:
                found.setdefault(key, []).append(mine[1 if page.name == "assessments:correction" else 0])
                break
    return found


def faults_of(page, path) -> list[str]:
    page.goto(path)
    faults = axe_violations(page)
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} h1")
    if page.evaluate(TOO_WIDE):
        faults.append("scrolls sideways")
    return [f"{path}: {fault}" for fault in faults]


def test_every_page_is_accessible_and_fits_a_telephone(committed_world, open_page, live_portal):
    world, page = committed_world, open_page(viewport=PHONE)
    faults = [fault for path in PUBLIC for fault in faults_of(page, path)]
    for key, paths in seen(world).items():
        sign_in(page, world, key, live_portal)
        for path in paths:
            faults += faults_of(page, path)
    assert not faults, "\n".join(faults)


def test_a_form_with_errors_is_accessible_and_its_links_land(committed_world, open_page, live_portal):
    world, page = committed_world, open_page(viewport=PHONE)
    sign_in(page, world, "induction_tutor@harbour", live_portal)
    page.goto(reverse("assessments:new_review", args=[world.cases["harbour"].id]))
    page.get_by_role("button", name="Submit review").click()
    summary = page.locator(".govuk-error-summary")
    summary.wait_for()
    page.wait_for_load_state()
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    assert not axe_violations(page)
    for link in summary.get_by_role("link").all():
        link.click()
        landed = page.evaluate("[document.activeElement.tagName, document.activeElement.id]")
        assert landed[0] in {"INPUT", "TEXTAREA", "SELECT"}
        assert "#" + landed[1] == link.get_attribute("href")


def test_forms_work_without_javascript(committed_world, open_page, live_portal):
    world, page = committed_world, open_page(java_script_enabled=False)
    sign_in(page, world, "ect@harbour", live_portal)
    page.goto(reverse("assessments:comments", args=[world.reviews["harbour4"].id]))
    page.locator("textarea").fill("Written without a script")
    page.get_by_role("button", name="Add comments").click()
    expect(page.get_by_text("Comments added")).to_have_count(1)
    assert Comment.objects.filter(text="Written without a script").count() == 1

    sign_in(page, world, "induction_tutor@harbour", live_portal)
    page.goto(reverse("assessments:new_review", args=[world.cases["harbour"].id]))
    page.get_by_role("button", name="Add another target").click()
    expect(page.locator("[name='targets-1-text']")).to_have_count(1)
    _fill_in(page, review_answers(world.today))
    page.get_by_role("button", name="Submit review").click()
    expect(page.get_by_text("Review submitted")).to_have_count(1)
    assert ProgressReview.objects.filter(induction=world.cases["harbour"].id).count() == 4


def _fill_in(page, answers) -> None:
    for name, value in answers.items():
        if name == "targets-row":
            continue
        for each in value if isinstance(value, list) else [value]:
            box = page.locator(f"main [name='{name}']")
            kind = box.first.get_attribute("type")
            if kind in {"radio", "checkbox"}:
                page.locator(f"main [name='{name}'][value='{each}']").check()
            elif box.first.evaluate("tag => tag.tagName") == "SELECT":
                box.select_option(each)
            else:
                box.fill(each)
