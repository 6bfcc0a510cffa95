"""An ECT who was failed appeals: recorded, replied to, heard and allowed; in the end they have passed (R66)."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from assessments.models import Appeal, Decision
from assessments.outcome.appeal_standing import standing_of
from induction_portal import clock
from induction_portal.demo import appeals
from induction_portal.demo.replay import replay
from tests.e2e.test_registration_journey import tick
from tests.e2e.test_review_journey import fill_date, sign_in
from tests.support.browser import axe_violations
from tests.support.idle import until_the_worker_is_done

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ECT, HEAD, OFFICER = "ect2@harbour.example", "head@harbour.example", "officer@coastal-hub.example"
DAY = timedelta(days=1)


@pytest.fixture
def story(celery_worker_process, live_portal, monkeypatch):
    """Rhys Maddock was failed and has notice of it; nothing of an appeal is recorded yet."""
    monkeypatch.setattr(appeals, "_appeal", lambda world, on: None)
    monkeypatch.setattr(appeals, "_copy", lambda world, on: None)
    with transaction.atomic():
        world = replay(clock.today())
    yield world
    until_the_worker_is_done()


def test_a_fail_an_appeal_and_a_pass(story, open_page, mailbox):
    decision = Decision.objects.get(induction=story.inductions[appeals.RHYS])
    until = standing_of(decision).time.until
    case, page_of_appeal = f"/cases/{decision.induction_id}/", f"/decisions/{decision.pk}/appeal/"

    ect = sign_in(open_page(), ECT)
    ect.goto(case)
    expect(ect.get_by_role("heading", name="Appeal", exact=True)).to_be_visible()
    expect(ect.locator(".govuk-tag", has_text="Failed")).to_have_count(0)
    ect.get_by_role("link", name="Appeal against the decision").click()
    assert axe_violations(ect) == []

    officer = sign_in(open_page(), OFFICER)
    officer.goto(page_of_appeal)
    mailbox.clear()
    lodge(officer, until)
    mailbox.wait_for(lambda box: box.to(ECT) and box.to(HEAD))
    assert not any("illness" in mail.as_string() for mail in mailbox.messages)
    reply(officer)
    hear(officer)
    allow(officer)
    expect(officer.get_by_text("Allowed: the teacher has passed induction")).to_be_visible()
    assert axe_violations(officer) == []

    ect.goto(case)
    expect(ect.get_by_text("Passed", exact=True).first).to_be_visible()
    ect.goto(page_of_appeal)
    expect(ect.get_by_text("We contest nothing but this").first).to_be_visible()
    head = sign_in(open_page(), HEAD)
    head.goto(page_of_appeal)
    expect(head.get_by_text("Allowed: the teacher has passed induction")).to_be_visible()
    expect(head.get_by_text("We contest nothing but this")).to_have_count(0)
    assert axe_violations(head) == []


def lodge(page, until):
    """In time, with the copy some days later."""
    page.get_by_role("button", name="Record an appeal").or_(page.get_by_role("link", name="Record an appeal")).click()
    fill_date(page, "id_made_on", until - 3 * DAY)
    tick(page, "learned", "copy")
    fill_date(page, "id_copy_on", until - DAY)
    page.get_by_label("What are the grounds of appeal?").fill("My illness was not regarded\n\nTS7 was met")
    tick(page, "wants_hearing", "yes")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Record the appeal").click()
    expect(page.get_by_text("The appeal is recorded.")).to_be_visible()


def reply(page):
    """The first ground is admitted, the second contested."""
    page.locator("a", has_text="Reply to the appeal").click()
    tick(page, "ground_1", "admit")
    tick(page, "ground_2", "contest")
    page.locator("#id_says_2").fill("We contest nothing but this")
    page.get_by_label("What do you reply to the appeal as a whole?").fill("We had regard to the evidence")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Seal the reply").click()
    expect(page.get_by_text("The reply is sealed")).to_be_visible()


def hear(page):
    """A hearing in two months, and who attends it."""
    page.locator("a", has_text="Record a hearing").click()
    fill_date(page, "id_noticed_on", clock.today())
    fill_date(page, "id_held_on", clock.today() + 60 * DAY)
    page.get_by_role("button", name="Record the hearing").click()
    page.locator("a", has_text="Who attends the hearing").click()
    fill_date(page, "id_answered_on", clock.today())
    tick(page, "written", "no")
    page.get_by_label("Who attends, and which witnesses do you call?").fill("Iain Robertson; no witness")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Iain Robertson; no witness")).to_be_visible()


def allow(page):
    """The Agency allows it."""
    page.get_by_role("link", name="Record the outcome").click()
    tick(page, "outcome", "allowed")
    fill_date(page, "id_ended_on", clock.today())
    fill_date(page, "id_told_on", clock.today())
    page.get_by_role("button", name="Record the outcome").click()
    assert Appeal.objects.get().status == "allowed"
