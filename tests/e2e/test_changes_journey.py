"""A change after registration, by everybody it concerns, in a real browser with a real worker and mail server."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cases.models import Agreement, Induction
from induction_portal import clock
from tests.e2e.test_review_journey import fill_date, sign_in
from tests.support.browser import axe_violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WEEK = {"mon": "1", "tue": "1", "wed": "1", "thu": "1", "fri": "0"}


def service_page(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.get_by_role("heading", name="Service and changes")).to_be_visible()
    return page


def test_a_pattern_is_changed_seen_queried_answered_and_agreed(story, open_page, mailbox):
    hannah = Induction.objects.get(teacher__user__email="ect@oakfield.example")
    service, since = f"/cases/{hannah.pk}/service/", clock.today() + timedelta(days=14)

    head = service_page(sign_in(open_page(), "head@oakfield.example"), service)
    head.get_by_role("link", name="Change the working pattern").click()
    fill_date(head, "id_starts_on", since)
    head.locator("[name=fte]").fill("0.8")
    for day, weight in WEEK.items():
        head.locator(f"[name={day}]").fill(weight)
    mailbox.clear()
    head.get_by_role("button", name="Check what changes").click()
    expect(head.get_by_text("What this changes")).to_be_visible()
    assert axe_violations(head) == []
    head.get_by_role("button", name="Save this change").click()
    expect(head.get_by_text("Working pattern changed.")).to_be_visible()
    mailbox.wait_for(lambda box: box.to("ect@oakfield.example") and box.to("officer@northern-hub.example"))

    officer = service_page(sign_in(open_page(), "officer@northern-hub.example"), service)
    expect(officer.get_by_text(re.compile("Recorded the working pattern: 0.8 of full time"))).to_be_visible()
    step = officer.get_by_role("listitem").filter(has_text="0.8 of full time").first
    expect(step).to_contain_text("Not yet agreed")

    ect = sign_in(open_page(), "ect@oakfield.example")
    pattern = hannah.placements.get().patterns.get(starts_on=since)
    agreeing = f"/patterns/{pattern.pk}/agree/"
    expect(ect.locator(f"a[href='{agreeing}']")).to_be_visible()
    ect.goto(agreeing)
    ect.get_by_label("No, I want to query it").check()
    ect.get_by_label("What do you think is wrong?").fill("We agreed on Friday, not on Thursday.")
    assert axe_violations(ect) == []
    ect.get_by_role("button", name="Send", exact=True).click()
    expect(ect.get_by_text("Thank you: your answer is recorded.")).to_be_visible()

    query = Agreement.objects.get(subject_id=pattern.pk)
    answering = f"/queries/{query.pk}/"
    tutor = sign_in(open_page(), "tutor@oakfield.example")
    tutor.locator(f"a[href='{answering}']").click()
    expect(tutor.get_by_text("We agreed on Friday, not on Thursday.")).to_be_visible()
    tutor.get_by_role("group", name="Have you corrected").get_by_label("No").check()
    tutor.get_by_label("Your answer").fill("The timetable that you signed has Thursday.")
    mailbox.clear()
    tutor.get_by_role("button", name="Send the answer").click()
    expect(tutor.get_by_text("Answer sent.")).to_be_visible()
    mailbox.wait_for(lambda box: box.to("ect@oakfield.example"))
    tutor.goto("/")
    expect(tutor.locator(f"a[href='{answering}']")).to_have_count(0)

    ect.goto(agreeing)
    expect(ect.get_by_text("The timetable that you signed has Thursday.")).to_be_visible()
    ect.get_by_label("Yes, I agree").check()
    ect.get_by_role("button", name="Send", exact=True).click()
    expect(ect.get_by_text("Thank you: your answer is recorded.")).to_be_visible()
    step = service_page(officer, service).get_by_role("listitem").filter(has_text="0.8 of full time").first
    expect(step).to_contain_text("Agreed by the ECT")
