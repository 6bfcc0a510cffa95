"""A first formal assessment from its draft to the issued PDF, in a real browser: written, commented on, signed,
returned by the body for one line, signed again only by whom that touches, accepted, and its file checked.
"""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Signature
from cases.actions import link_record
from cases.rules.standards import Standard
from induction_portal import clock
from induction_portal.accounts.actions import add_user
from induction_portal.audit.verify import faults
from induction_portal.demo.replay import replay
from tests.e2e.test_document_journey import NO, YES, changed, drop
from tests.e2e.test_review_journey import fill_date, sign_in, wait_until_made
from tests.support.browser import axe_violations
from tests.support.pdfs import assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
CALLUM = "3018452"
ECT, TUTOR, HEAD = "callum@oakfield.example", "tutor@oakfield.example", "head@oakfield.example"
OFFICER = "officer@northern-hub.example"


@pytest.fixture
def case_url(celery_worker_process, live_portal):
    """Callum's case. The story gives him no sign-in; here he is given one."""
    today = clock.today()
    with transaction.atomic():
        world = replay(today)
        by = world.acting("office@oakfield.example", "oakfield", today)
        user = add_user(by=by, on=today, email=ECT, name="Callum Reid", password_hash=world.password_hash)
        link_record(by=by, on=today, induction=world.inductions[CALLUM], user=user)
    return f"/cases/{world.inductions[CALLUM].pk}/"


def write(page: Page) -> None:
    """Everything that the form of a first assessment asks, with a record drawn in."""
    fill_date(page, "id_held_on", clock.today() - timedelta(days=1))
    page.get_by_label("The ECT", exact=True).check()
    page.get_by_label("Me, as the person who carried it out").check()
    for standard in Standard:
        page.locator(f"[name=judged-{standard.value}-satisfactory][value=yes]").check()
        page.locator(f"[name=judged-{standard.value}-evidence]").fill(f"Lesson visits and books, {standard.value}")
    page.get_by_text("Draw in evidence for the assessment as a whole").click()
    page.locator("[name=drawn]").first.check()
    page.locator("#id_strengths").fill("Clear explanations, and a calm classroom")
    page.locator("#id_development").fill("More open questions")
    for name in ("support_given", "satisfactory", "stays"):
        page.locator(f"[name={name}][value=yes]").check()


def sign(page: Page, report_url: str, named: str) -> None:
    """Read the report, and sign it."""
    page.goto(report_url)
    page.get_by_role("button", name=f"Sign as {named}").click()
    page.get_by_role("checkbox", name=re.compile("I have read version")).check()
    page.get_by_role("button", name=f"Sign as {named}").click()
    expect(page.get_by_text(f"Signed as {named}.")).to_be_visible()


def send(page: Page, report_url: str) -> None:
    page.goto(report_url)
    page.get_by_role("button", name="Send to the appropriate body").click()
    page.get_by_role("button", name="Send to the appropriate body").click()
    expect(page.get_by_text("Sent to the appropriate body. It was received on")).to_be_visible()


def test_from_draft_to_issued_document_through_three_people(case_url, open_page):
    tutor = sign_in(open_page(), TUTOR)
    tutor.goto(case_url)
    tutor.get_by_role("button", name="Write the first formal assessment").click()
    write(tutor)
    tutor.get_by_role("button", name="Save and come back later").click()
    tutor.goto(f"{case_url}assessments/new/")
    expect(tutor.locator("#id_strengths")).to_have_value("Clear explanations, and a calm classroom")
    assert axe_violations(tutor) == []
    assert not Assessment.objects.filter(induction__teacher__trn=CALLUM, kind="first").exists()
    tutor.get_by_role("button", name="Send to the ECT for comments").click()
    expect(tutor.get_by_text("Sent for comments. Callum Reid has been told.")).to_be_visible()
    report_url = tutor.url
    row = Assessment.objects.get(induction__teacher__trn=CALLUM, kind="first")
    (source,) = row.versions.get().drawn.all()
    expect(tutor.get_by_text(source.says).first).to_be_visible()

    ect = sign_in(open_page(), ECT)
    ect.get_by_role("link", name=re.compile("Comment on the first formal assessment")).click()
    ect.get_by_role("button", name="Comment on the report").click()
    ect.get_by_label("Yes", exact=True).check()
    ect.get_by_label("Your comments").fill("I would like to see others teach Year 9.")
    ect.get_by_role("button", name="Send", exact=True).click()
    expect(ect.get_by_text("Now the report is signed")).to_be_visible()

    sign(tutor, report_url, "the induction tutor")
    head = sign_in(open_page(), HEAD)
    head.goto("/assessments/to-sign/")
    head.get_by_role("link", name="Callum Reid, first formal assessment").click()
    expect(head.get_by_text("I would like to see others teach Year 9.")).to_be_visible()
    head.get_by_role("link", name="All reports that wait for your signature").click()
    assert axe_violations(head) == []
    head.get_by_role("checkbox", name=re.compile("Callum Reid")).check()
    head.get_by_role("button", name="Sign the selected reports").click()
    expect(head.get_by_text("One report has been signed.")).to_be_visible()
    sign(ect, report_url, "the ECT")
    wait_until_made(ect, f"{report_url}document/")
    send(tutor, report_url)

    officer = sign_in(open_page(), OFFICER)
    officer.get_by_role("link", name=re.compile("Read the first formal assessment")).click()
    officer.get_by_role("button", name="Return with comments").click()
    officer.get_by_label("What has to change?").fill("Say that the mentor was present")
    officer.get_by_role("button", name="Return assessment").click()
    expect(officer.get_by_text("Assessment returned. The school has been told.")).to_be_visible()

    tutor.goto(report_url)
    tutor.get_by_role("button", name="Correct and send again").click()
    expect(tutor.get_by_text("Say that the mentor was present")).to_be_visible()
    tutor.locator("#id_others_present").fill("David Osei, mentor")
    tutor.get_by_role("button", name="Send to the ECT for comments").click()
    expect(tutor.get_by_text("Nothing the ECT commented on has changed, so it goes on to be signed.")).to_be_visible()

    # One line, and only the tutor, whom it touches, signs again.
    for other in (head, ect):
        other.goto(report_url)
        expect(other.get_by_role("table", name="Signatures").get_by_text("Stands", exact=True)).to_have_count(2)
        expect(other.get_by_role("button", name=re.compile("^Sign as"))).to_have_count(0)
    sign(tutor, report_url, "the induction tutor")
    given = Signature.objects.filter(version__assessment=row).order_by("at")
    assert list(given.values_list("role", "version__number")) == [
        ("induction_tutor", 1), ("headteacher", 1), ("ect", 1), ("induction_tutor", 2),
    ]  # fmt: skip
    send(tutor, report_url)
    officer.goto(report_url)
    expect(officer.get_by_text("David Osei, mentor").first).to_be_visible()
    officer.get_by_role("button", name="Accept", exact=True).click()
    officer.get_by_role("button", name="Accept assessment").click()
    expect(officer.get_by_text("Assessment accepted.")).to_be_visible()
    assert axe_violations(officer) == []

    wait_until_made(ect, f"{report_url}document/")
    ect.goto(report_url)
    with ect.expect_download() as download:
        ect.get_by_role("button", name="Download as a PDF").click()
    pdf = download.value.path().read_bytes()
    assert_accessible(pdf, title="First formal assessment, version 2")
    first = ect.request.get(f"{report_url}document/?version=1").body()

    stranger = open_page()
    stranger.goto("/check/")
    answer = stranger.locator("#checked")
    drop(stranger, "assessment.pdf", pdf)
    expect(answer).to_contain_text(YES)
    expect(answer).to_contain_text("No newer version of it has been issued")
    drop(stranger, "changed.pdf", changed(pdf))
    expect(answer).to_contain_text(NO)
    drop(stranger, "first.pdf", first)
    expect(answer).to_contain_text("A newer version of this document exists")
    assert list(faults()) == []
