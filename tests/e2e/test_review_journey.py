"""The product's main job, in a real browser, with a real worker and a real mail server."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cases.models import Induction
from cases.rules.standards import Standard
from induction_portal import clock
from induction_portal.audit.verify import faults
from tests.support.browser import axe_violations
from tests.support.pdfs import assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PASSWORD = "induction-demo"


def sign_in(page: Page, email: str) -> Page:
    page.goto("/accounts/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def fill_date(page: Page, prefix: str, day) -> None:
    for box, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#{prefix}-{box}").fill(str(number))


def rate(page: Page, standard: Standard, level: int) -> None:
    page.locator(f"[name=ratings-{standard.value}-rating][value='{level}']").check()


def fill_review(page: Page) -> None:
    today = clock.today()
    fill_date(page, "id_held_on", today)
    page.get_by_label("The ECT", exact=True).check()
    page.get_by_label("Me, as the reviewer").check()
    for standard in Standard:
        rate(page, standard, 3)
    page.locator("#id_evidence").fill("Two lesson visits and a look at books")
    page.get_by_role("group", name="on track to complete").get_by_label("Yes").check()
    page.locator("[name=targets-0-text]").fill("Ask more open questions in Year 9")
    page.locator("[name=targets-0-standard]").select_option("TS2")
    fill_date(page, "id_targets-0-due_on", today + timedelta(days=40))
    page.locator("[name=targets-0-success_criteria]").fill("Half of the questions asked in a visit are open")


def wait_until_made(page: Page, url: str) -> None:
    """Until the worker has rendered the document as the review now stands."""
    for _ in range(120):
        answer = page.request.get(url)
        if answer.status == 200:
            return
        assert answer.status == 202
        page.wait_for_timeout(500)
    pytest.fail("The worker made no document in a minute")


def test_a_tutor_logs_a_review_and_the_right_people_have_it(story, open_page, mailbox):
    tutor = sign_in(open_page(), "tutor@oakfield.example")
    expect(tutor.get_by_role("heading", name="What you need to do")).to_be_visible()
    tutor.get_by_role("table").get_by_role("link", name="Hannah Lindqvist").click()
    case_url = tutor.url
    tutor.get_by_role("button", name=re.compile("Log progress review")).click()

    # Sent too early: each error leads to its field, nothing typed is lost.
    tutor.locator("#id_evidence").fill("Two lesson visits and a look at books")
    tutor.get_by_role("button", name="Submit review").click()
    expect(tutor).to_have_title(re.compile("^Error: "))
    tutor.get_by_role("link", name="Enter the date the review was held").click()
    expect(tutor.locator("#id_held_on-day")).to_be_focused()
    expect(tutor.locator("#id_evidence")).to_have_value("Two lesson visits and a look at books")
    assert axe_violations(tutor) == []

    # A low rating asks for its statement.
    fill_review(tutor)
    rate(tutor, Standard.TS7, 2)
    tutor.get_by_role("button", name="Submit review").click()
    tutor.get_by_role("link", name=re.compile("Say why TS7")).click()
    tutor.locator("[name=ratings-TS7-statement]").fill("Transitions lose time. Agreed to observe Mr Osei.")

    # What is typed is kept while it is typed, and after a closed window.
    expect(tutor.get_by_text("Draft saved at")).to_be_visible()
    form_url = tutor.url
    tutor.goto(case_url)
    tutor.goto(form_url)
    expect(tutor.locator("[name=ratings-TS7-statement]")).to_have_value(re.compile("Transitions lose time"))

    mailbox.clear()
    tutor.get_by_role("button", name="Submit review").click()
    expect(tutor.get_by_text("Review submitted.")).to_be_visible()
    review_url = tutor.url
    assert axe_violations(tutor) == []

    mailbox.wait_for(lambda box: box.to("ect@oakfield.example") and box.to("officer@northern-hub.example"))
    for mail in mailbox.messages:
        assert not re.search("Transitions|TS7|Attention|Secure|on track", mail.get_body(("plain",)).get_content())

    ect = sign_in(open_page(), "ect@oakfield.example")
    ect.get_by_role("link", name="Messages").click()
    ect.get_by_role("button", name=re.compile("A progress review has been submitted")).first.click()
    expect(ect).to_have_url(review_url)
    expect(ect.get_by_text("Transitions lose time.")).to_be_visible()
    ect.get_by_role("button", name="Add comments").click()
    ect.get_by_label("Your comments").fill("I would like to see Mr Osei teach Year 9.")
    ect.get_by_role("button", name="Add comments").click()
    expect(ect.get_by_text("I would like to see Mr Osei teach Year 9.")).to_be_visible()
    ect.get_by_role("button", name="Confirm that you have read it").click()
    expect(ect.get_by_text("The ECT confirmed on")).to_be_visible()

    officer = sign_in(open_page(), "officer@northern-hub.example")
    officer.get_by_role("link", name=re.compile("Read progress review .*Hannah Lindqvist")).click()
    expect(officer.get_by_text("I would like to see Mr Osei teach Year 9.")).to_be_visible()
    wait_until_made(officer, f"{review_url}document/")
    with officer.expect_download() as download:
        officer.get_by_role("button", name="Download as a PDF").click()
    assert_accessible(download.value.path().read_bytes(), title="Progress review 2")
    officer.get_by_role("button", name="Accept review").click()
    expect(officer.get_by_text("Review accepted.")).to_be_visible()

    stranger = sign_in(open_page(), "tutor@harbour.example")
    assert stranger.goto(review_url).status == 404
    assert stranger.goto(case_url).status == 404
    mentor = sign_in(open_page(), "mentor@oakfield.example")
    assert mentor.goto(review_url).status == 403

    ect.goto(f"{case_url}access/")
    register = ect.get_by_role("table", name="People with access")
    expect(register.get_by_role("row", name=re.compile("Priya Nair Induction tutor"))).to_be_visible()
    openings = ect.get_by_role("table", name=re.compile("Who has opened"))
    expect(openings.get_by_role("row", name=re.compile("Angela Thornton.*A progress review"))).not_to_have_count(0)
    expect(openings.get_by_role("row", name=re.compile("Joanna Firth.*Refused"))).not_to_have_count(0)
    assert axe_violations(ect) == []
    assert Induction.objects.count() >= 9
    assert list(faults()) == []
