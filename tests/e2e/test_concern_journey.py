"""An ECT writes in confidence: the named contact reads it, and nobody at the school until the ECT agrees (R81)."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from induction_portal import clock
from induction_portal.demo import levels
from induction_portal.demo.replay import replay
from support_plans.models import OwnConcern
from tests.e2e.test_registration_journey import tick
from tests.e2e.test_review_journey import sign_in
from tests.support.browser import axe_violations
from tests.support.idle import until_the_worker_is_done

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ECT, CONTACT, OFFICER = "ect@oakfield.example", "contact@northern-hub.example", "officer@northern-hub.example"
SCHOOL = ("tutor@oakfield.example", "head@oakfield.example", "mentor@oakfield.example")
SUBJECT, WRITTEN = "Lessons that are taken from me", "I cover for a colleague five times a week."
PAGES = ("", "support/", "history/", "access/", "dates/")


@pytest.fixture
def story(celery_worker_process, live_portal, monkeypatch):
    """Hannah Lindqvist has told nobody anything yet."""
    monkeypatch.setattr(levels, "_confide", lambda world, on: None)
    with transaction.atomic():
        world = replay(clock.today())
    yield world
    until_the_worker_is_done()


def test_in_confidence_until_the_ect_agrees(story, open_page, mailbox):
    case = f"/cases/{story.inductions[levels.HANNAH].pk}/"
    until_the_worker_is_done()
    mailbox.clear()
    ect = sign_in(open_page(), ECT)
    confide(ect, case)
    mailbox.wait_for(lambda box: box.to(CONTACT))
    until_the_worker_is_done()
    assert not [who for who in (*SCHOOL, OFFICER) if mailbox.to(who)]
    assert not any(SUBJECT in mail.as_string() or WRITTEN in mail.as_string() for mail in mailbox.messages)

    concern = f"/own-concerns/{OwnConcern.objects.get().pk}/"
    tutor, *others = [sign_in(open_page(), who) for who in (*SCHOOL, OFFICER)]
    assert "Hannah Lindqvist" in tutor.request.get(case).text()
    for page in (tutor, *others):
        assert page.request.get(concern).status == 404
        for path in PAGES:
            assert SUBJECT not in page.request.get(f"{case}{path}").text()
    answer(sign_in(open_page(), CONTACT), concern)

    ect.goto(concern)
    expect(ect.get_by_text("Your school may not ask that of you.")).to_be_visible()
    ect.get_by_role("button", name="What next?").click()
    tick(ect, "to", "share")
    ect.get_by_role("button", name="Continue").click()
    assert axe_violations(ect) == []
    tutor.goto(concern)
    expect(tutor.get_by_text(WRITTEN)).to_be_visible()
    assert others[-1].request.get(concern).status == 404, "the officer who decides reads nothing of it"


def confide(page, case):
    """The ECT writes to the named contact."""
    page.goto(f"{case}own-concerns/")
    page.get_by_role("button", name="Raise a concern").click()
    tick(page, "addressed", "confidence")
    page.get_by_label("What is it about, in a few words?").fill(SUBJECT)
    page.get_by_label("Your concern").fill(WRITTEN)
    assert axe_violations(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent to whom you chose, and to nobody else.")).to_be_visible()


def answer(page, concern):
    """The contact reads it and answers."""
    page.goto(concern)
    expect(page.get_by_text(WRITTEN)).to_be_visible()
    page.get_by_role("button", name="Answer").click()
    page.get_by_label("Your answer").fill("Your school may not ask that of you.")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Send your answer").click()
    expect(page.get_by_text("Your school may not ask that of you.")).to_be_visible()
