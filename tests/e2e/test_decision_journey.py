"""From the final assessment to the body's decision and the notice of it, in a real browser, with a real worker and a
real mail server: once to a pass that the national service will hear of, once to a fail with a time to appeal.

The helpers take a case one stage further each, for whoever's journey begins later.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Decision, Notice
from assessments.outcome.notice_document import issued
from cases.models import Clock, Deadline, NationalFile
from cases.rules.deadlines import due_on
from cases.rules.standards import Standard
from induction_portal import clock
from induction_portal.audit.verify import faults
from induction_portal.documents.store import bytes_of
from induction_portal.govuk.words import day
from tests.e2e.conftest import NIAMH
from tests.e2e.test_review_journey import fill_date, sign_in, wait_until_made
from tests.support.browser import axe_violations
from tests.support.idle import until_the_worker_is_done

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ECT, TUTOR, HEAD = "ect@harbour.example", "tutor@harbour.example", "head@harbour.example"
OFFICER = "officer@coastal-hub.example"
COUNCIL, AGENCY = "hr@harbour-council.example", "appeals@agency.example"


@pytest.fixture
def case_url(undecided) -> str:
    yield f"/cases/{undecided.inductions[NIAMH].pk}/"
    until_the_worker_is_done()


def write_final(tutor: Page, case_url: str, low: Sequence[Standard] = ()) -> str:
    """The tutor writes the final report, some Standards not met, and sends it for comments; the report's address."""
    tutor.goto(f"{case_url}assessments/new/")
    fill_date(tutor, "id_held_on", clock.today() - timedelta(days=1))
    tutor.get_by_label("The ECT", exact=True).check()
    tutor.get_by_label("Me, as the person who carried it out").check()
    for standard in Standard:
        named = f"judged-{standard.value}"
        tutor.locator(f"[name={named}-satisfactory][value={'no' if standard in low else 'yes'}]").check()
        tutor.locator(f"[name={named}-evidence]").fill(f"Six visits and books, {standard.value}")
        if standard in low:
            tutor.locator(f"[name={named}-development]").fill("To be met without a colleague in the room")
            why = tutor.locator(f"[name={named}-surprise_reason]")
            if why.count():
                why.fill("It went wrong in the last half-term")
    tutor.locator("#id_strengths").fill("Early reading")
    tutor.locator("#id_development").fill("Leading a subject")
    tutor.locator("[name=support_given][value=yes]").check()
    tutor.get_by_role("button", name="Send to the ECT for comments").click()
    expect(tutor.get_by_text("Sent for comments.")).to_be_visible()
    return tutor.url


def sign(page: Page, report_url: str, named: str, *, recommends: str = "", reason: str = "") -> None:
    """Sign the report; the headteacher recommends with it."""
    page.goto(report_url)
    page.get_by_role("button", name=f"Sign as {named}").click()
    if recommends:
        page.locator(f"[name=outcome][value={recommends}]").check()
        page.locator("[name=reason]").fill(reason)
    page.get_by_role("checkbox", name=re.compile("I have read version")).check()
    assert axe_violations(page) == []
    page.get_by_role("button", name=f"Sign as {named}").click()
    expect(page.get_by_text(f"Signed as {named}.")).to_be_visible()


def bring_to_the_body(open_page, case_url: str, *, recommends: str, low: Sequence[Standard] = ()) -> dict[str, Page]:
    """From the writing of the final report until the body has it with a recommendation; the three, signed in."""
    tutor, ect, head = (sign_in(open_page(), email) for email in (TUTOR, ECT, HEAD))
    report_url = write_final(tutor, case_url, low)
    ect.goto(report_url)
    ect.get_by_role("button", name="Comment on the report").click()
    ect.get_by_label("No, I have no comments").check()
    ect.get_by_role("button", name="Send", exact=True).click()
    sign(tutor, report_url, "the induction tutor")
    sign(head, report_url, "the headteacher", recommends=recommends, reason="TS7 is not met" if low else "")
    sign(ect, report_url, "the ECT")
    tutor.goto(report_url)
    tutor.get_by_role("button", name="Send to the appropriate body").click()
    tutor.get_by_role("button", name="Send to the appropriate body").click()
    expect(tutor.get_by_text("Sent to the appropriate body. It was received on")).to_be_visible()
    return {"tutor": tutor, "ect": ect, "head": head}


def waive(ect: Page, case_url: str) -> None:
    """The ECT says that the body need not wait for them."""
    ect.goto(case_url)
    ect.get_by_role("link", name="Representations").first.click()
    ect.get_by_role("button", name="I write nothing more").click()
    ect.get_by_role("checkbox").check()
    ect.get_by_role("button", name="Tell the appropriate body that it need not wait").click()
    expect(ect.get_by_text("The appropriate body has been told that it need not wait.")).to_be_visible()


def decide(officer: Page, case_url: str, journey: str) -> Decision:
    """The officer looks at the whole case and decides: "Pass" or "Fail". The decision's page is open then."""
    officer.goto(f"{case_url}decision/")
    assert axe_violations(officer) == []
    officer.get_by_role("button", name=re.compile(f"^{journey}")).click()
    officer.locator("#id_reasons").fill("On ten visits, and the books of the whole class")
    officer.locator("[name=sure]").check()
    assert axe_violations(officer) == []
    officer.get_by_role("button", name=journey, exact=True).click()
    expect(officer.get_by_text("The decision is made.")).to_be_visible()
    return Decision.objects.get(induction_id=case_url.split("/")[2])


def give_notice(officer: Page, case_url: str, **addresses: str) -> None:
    """From the decision's page: letters by e-mail to the ECT, the headteacher, and those whose addresses are given."""
    officer.get_by_role("link", name="Notices of the decision").click()
    officer.get_by_role("button", name="Send by email").click()
    for who in ("ect", "headteacher", "employer", "agency"):
        officer.locator(f"[name=to][value={who}]").set_checked(who in {"ect", "headteacher", *addresses})
    if "employer" in addresses:
        officer.get_by_label("Name of the employer").fill("Harbour Borough Council")
    for who, address in addresses.items():
        officer.locator(f"#id_{who}").fill(address)
    assert axe_violations(officer) == []
    officer.get_by_role("button", name="Send", exact=True).click()
    expect(officer.get_by_text("The letters are on their way.")).to_be_visible()
    wait_until_accepted(officer, f"{case_url}notices/", 2 + len(addresses))
    assert axe_violations(officer) == []


def wait_until_accepted(officer: Page, url: str, count: int) -> None:
    """Until the mail server has taken so many letters, and the portal has heard of it."""
    for _ in range(120):
        officer.goto(url)
        if officer.get_by_text("Accepted by the mail server on").count() == count:
            return
        officer.wait_for_timeout(500)
    pytest.fail(f"{count} letters were not accepted in a minute")


def attached(mailbox, address: str) -> bytes:
    """The letter in the one mail about a decision to an address."""
    letters = [list(mail.iter_attachments()) for mail in mailbox.to(address)]
    [[letter]] = [found for found in letters if found]
    return letter.get_content()


def test_from_the_final_assessment_to_a_pass(case_url, open_page, mailbox):
    people = bring_to_the_body(open_page, case_url, recommends="satisfactory")
    waive(people["ect"], case_url)

    officer = sign_in(open_page(), OFFICER)
    mailbox.clear()
    decision = decide(officer, case_url, "Pass")
    give_notice(officer, case_url, employer=COUNCIL)
    expect(officer.get_by_text("A pass may be told on the termly return instead")).to_be_visible()
    for to, address in (("ect", ECT), ("headteacher", HEAD), ("employer", COUNCIL)):
        notice = Notice.objects.get(decision=decision, to=to)
        assert attached(mailbox, address) == bytes_of(issued(notice)), to

    # Everybody was told in time; the induction is over, and the next file tells the national service.
    assert not Deadline.objects.get(induction=decision.induction_id, kind="decision_notice").is_open
    assert Clock.objects.get(induction=decision.induction_id).over_as == "Passed"
    ect = people["ect"]
    ect.goto(case_url)
    expect(ect.get_by_text("Passed", exact=True).first).to_be_visible()
    ect.get_by_role("link", name=re.compile("^Letter of")).click()
    expect(ect.get_by_text("has decided that you have completed your statutory induction").first).to_be_visible()
    expect(ect.get_by_text("appeal")).to_have_count(0)
    assert axe_violations(ect) == []
    officer.goto("/national/actions/new/")
    expect(officer.get_by_role("table", name="In the file").get_by_text("Niamh Gallagher")).to_be_visible()
    officer.get_by_role("button", name="Make the file").click()
    expect(officer.get_by_text("The file was made.")).to_be_visible()
    assert NIAMH in NationalFile.objects.get(kind="actions").content
    assert list(faults()) == []


def test_from_the_final_assessment_to_a_fail_with_a_time_to_appeal(case_url, open_page, mailbox):
    people = bring_to_the_body(open_page, case_url, recommends="unsatisfactory", low=[Standard.TS7])
    waive(people["ect"], case_url)

    officer = sign_in(open_page(), OFFICER)
    mailbox.clear()
    decision = decide(officer, case_url, "Fail")
    give_notice(officer, case_url, employer=COUNCIL, agency=AGENCY)
    until = due_on("D14", clock.today())
    expect(officer.get_by_text(f"They can appeal to the Teaching Regulation Agency until {day(until)}")).to_be_visible()
    assert Deadline.objects.get(induction=decision.induction_id, kind="appeal").due_on == until
    for address in (ECT, HEAD, COUNCIL, AGENCY):
        assert attached(mailbox, address).startswith(b"%PDF"), address

    ect = people["ect"]
    ect.goto(case_url)
    expect(ect.get_by_text(f"The last day to appeal to the Teaching Regulation Agency is {day(until)}")).to_be_visible()
    ect.get_by_role("link", name=re.compile("^Letter of")).click()
    expect(ect.get_by_text("Cheylesmore House")).to_be_visible()
    assert axe_violations(ect) == []
    wait_until_made(ect, f"{ect.url}document/")
    # Until that day has passed nobody is told outwardly that she failed.
    tutor = people["tutor"]
    tutor.goto(case_url)
    expect(tutor.get_by_text("Failed", exact=True)).to_have_count(0)
    assert not Clock.objects.get(induction=decision.induction_id).over_as

    # The employer's mail comes back a day later: the officer records it, and is asked to post the letter.
    officer.goto(f"{case_url}notices/")
    officer.get_by_role("link", name=re.compile("^It did not arrive.*Employer")).click()
    officer.get_by_label("How do you know that it did not arrive?").fill("The mail came back: mailbox unknown")
    officer.get_by_role("button", name="Save").click()
    officer.goto("/")
    expect(officer.get_by_text("A notice could not be delivered: send it again, or by post").first).to_be_visible()
    assert list(faults()) == []
