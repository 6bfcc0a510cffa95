"""The ladder in the browser: from light touch to a cause for concern and off again, and to Level 6 (R69 to R77).

Every plan here ends on the day on which it starts, with the reason why: what is tested is each step, not the waiting.
"""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from cases.rules.statuses import SupportLevel
from induction_portal import clock
from induction_portal.audit.verify import faults
from induction_portal.demo import levels
from induction_portal.demo.replay import replay
from support_plans.models import LevelChange, Plan
from tests.e2e.test_registration_journey import tick
from tests.e2e.test_review_journey import fill_date, sign_in, wait_until_made
from tests.support.browser import axe_violations
from tests.support.idle import until_the_worker_is_done
from tests.support.pdfs import assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
MENTOR, TUTOR, HEAD = "mentor@oakfield.example", "tutor@oakfield.example", "head@oakfield.example"
ECT, OFFICER = "ect@oakfield.example", "officer@northern-hub.example"
LIGHT, SECOND, THIRD, CONCERN, AT_RISK, SIX, MONITORING = (
    SupportLevel.LIGHT_TOUCH, SupportLevel.SUPPORT_1, SupportLevel.SUPPORT_2, SupportLevel.CONCERN,
    SupportLevel.AT_RISK, SupportLevel.CAPABILITY, SupportLevel.MONITORING,
)  # fmt: skip


@pytest.fixture
def story(celery_worker_process, live_portal):
    with transaction.atomic():
        world = replay(clock.today())
    yield world
    until_the_worker_is_done()


def test_up_to_a_cause_for_concern_and_off_again(story, open_page, mailbox):
    induction = story.inductions[levels.HANNAH]
    case = f"/cases/{induction.pk}/"
    mentor, tutor, officer, ect = [sign_in(open_page(), who) for who in (MENTOR, TUTOR, OFFICER, ECT)]
    raise_concern(mentor, case)
    mailbox.wait_for(lambda box: box.to(ECT) and box.to(OFFICER))

    move(mentor, case, LIGHT, weeks=2)
    run_plan(mentor, ect, case, "none")
    move(tutor, case, SECOND, weeks=4)
    record_contact(officer, case)
    run_plan(tutor, ect, case, "some")
    move(tutor, case, THIRD, weeks=4)
    run_plan(tutor, ect, case, "none")
    tutor.goto(f"{case}support/move/")
    expect(tutor.locator(f"[name=to][value='{CONCERN.value}']")).to_have_count(0)
    meet(officer, case, CONCERN)
    move(tutor, case, CONCERN, weeks=6)

    start_plan(tutor, case)
    comment_and_evaluate(tutor, ect, case)
    update(tutor, case)
    acknowledge(officer, case)
    officer.goto(f"{case}support/plan-answer/")
    tick(officer, "approves", "yes")
    officer.get_by_role("button", name="Send").click()
    expect(officer.get_by_text("Sent. The induction tutor, the mentor and the ECT have been told.")).to_be_visible()
    finish(tutor, case, "on_track")
    expect(tutor.get_by_text("Proposed: Monitoring")).to_be_visible()
    signed(tutor, ect, Plan.objects.latest("level__number"))

    move(tutor, case, MONITORING)
    move(tutor, case, SupportLevel.NONE, reason="Two terms of lessons in which it is seen")
    expect(tutor.get_by_text("No extra support today.")).to_be_visible()
    kept = LevelChange.objects.filter(induction=induction).values_list("level", flat=True)
    assert list(kept) == [level.value for level in (LIGHT, SECOND, THIRD, CONCERN, MONITORING)]
    ect.goto(f"{case}support/")
    expect(ect.get_by_role("heading", name="Level 4").first).to_be_visible()
    assert axe_violations(ect) == []
    assert list(faults()) == []


def test_at_risk_and_the_headteachers_last_resort(story, open_page):
    induction = story.inductions[levels.DANIEL]
    case = f"/cases/{induction.pk}/"
    tutor, head, officer = [sign_in(open_page(), who) for who in (TUTOR, HEAD, OFFICER)]
    evaluate(tutor, case)
    finish(tutor, case, "none")
    move(tutor, case, AT_RISK, weeks=2)
    meet(officer, case, AT_RISK)
    start_plan(tutor, case)
    tutor.goto(f"{case}support/move/")
    expect(tutor.locator(f"[name=to][value='{SIX.value}']")).to_have_count(0)

    head.goto(f"{case}support/move/")
    tick(head, "found", "none")
    tick(head, "to", SIX.value)
    tick(head, "ground", "not_enough")
    assert axe_violations(head) == []
    head.get_by_role("button", name="Move the ECT").click()
    expect(head.get_by_text("Saved. The ECT, the school and the appropriate body have been told.")).to_be_visible()
    officer.goto("/on-support/")
    expect(officer.get_by_role("link", name="Daniel Okonkwo")).to_be_visible()
    officer.goto(f"{case}support/")
    expect(officer.get_by_text("Level 6").first).to_be_visible()
    expect(officer.get_by_text("Earlier support has not brought enough progress")).to_have_count(0)
    row = LevelChange.objects.get(induction=induction, closed_on=None)
    assert (row.level, row.reason, row.owner) == (SIX.value, "", "headteacher")


def raise_concern(page: Page, case: str) -> None:
    page.goto(f"{case}support/")
    page.get_by_role("button", name="Raise a concern").click()
    tick(page, "standards", "TS7")
    page.get_by_label("What was seen?").fill("In two Year 8 lessons half of the class talked over instructions.")
    page.get_by_label("What has been tried already?").fill("Routines were planned together.")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Raise the concern").click()


def move(page: Page, case: str, to: SupportLevel, *, weeks: int | None = None, reason: str = "") -> None:
    page.goto(f"{case}support/move/")
    if page.locator("[name=found]").count():
        tick(page, "found", "on_track" if to in (MONITORING, SupportLevel.NONE) else "none")
    tick(page, "to", to.value)
    if weeks:
        page.locator("[name=weeks]").select_option(str(weeks))
        page.locator("[name=steps_down]").fill("Calm starts in four lessons, seen by two observers")
    page.locator("[name=reason]").fill(reason or "Starts of lessons take too long (TS7)")
    if to is not SupportLevel.NONE:
        page.locator("[name=aim]").fill("Every lesson starts within three minutes")
    page.get_by_role("button", name="Move the ECT").click()
    expect(page.get_by_text("Saved. The ECT, the school and the appropriate body have been told.")).to_be_visible()


def start_plan(page: Page, case: str) -> None:
    """Write the plan of the level that is open, and start it today."""
    page.goto(f"{case}support/")
    page.get_by_role("button", name="Write the plan").click()
    fill_date(page, "id_starts_on", clock.today())
    if not page.locator("[name=weeks]").input_value():
        page.locator("[name=weeks]").select_option(index=1)
    tick(page, "standards", "TS7")
    for name in ("reason", "objectives", "risk_reasons"):
        if page.locator(f"[name={name}]").count():
            page.locator(f"[name={name}]").fill("A calm start (TS7)")
    row = "planned-1"
    if page.locator("[name='rows-0-objective']").count():
        row = "rows-0"
        page.locator("[name='rows-0-objective']").fill("Every lesson starts calmly")
        page.locator("[name='rows-0-standards'][value=TS7]").check()
    page.locator(f"[name='{row}-actions']").fill("Plan three starts together (mentor)")
    page.locator(f"[name='{row}-success_criteria']").fill("Three calm starts are seen")
    tick(page, "then", "start")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Started. Everybody of the case has been told.")).to_be_visible()


def evaluate(page: Page, case: str) -> None:
    page.goto(f"{case}support/plan/")
    page.get_by_role("link", name="Evaluate week").and_(page.locator("a:not(:has-text('again'))")).first.click()
    page.get_by_label("Evaluation of progress").fill("One of three starts was calm")
    page.get_by_role("button", name="Save the evaluation").click()


def comment_and_evaluate(page: Page, ect: Page, case: str) -> None:
    evaluate(page, case)
    ect.goto(f"{case}support/plan/")
    ect.get_by_role("link", name="Comment on week").first.click()
    ect.get_by_label("Your comment on your progress").fill("The planning helped me")
    assert axe_violations(ect) == []
    ect.get_by_role("button", name="Save your comment").click()
    page.goto(f"{case}support/plan/")
    expect(page.get_by_text("The planning helped me")).to_be_visible()


def finish(page: Page, case: str, progress: str) -> None:
    page.goto(f"{case}support/plan/")
    page.get_by_role("button", name="End the plan").click()
    fill_date(page, "id_ended_on", clock.today())
    page.locator("[name=early_reason]").fill("The next step is clear already")
    page.get_by_label("Evaluation of progress").fill("Starts were watched; one of three was calm")
    tick(page, "progress", progress)
    page.locator("[name=next_objectives]").fill("Two calm starts in three")
    assert axe_violations(page) == []
    page.get_by_role("button", name="End the plan").click()
    expect(page.get_by_text("The plan has ended. Decide what comes next.")).to_be_visible()


def run_plan(page: Page, ect: Page, case: str, progress: str) -> None:
    start_plan(page, case)
    comment_and_evaluate(page, ect, case)
    finish(page, case, progress)


def meet(officer: Page, case: str, about: SupportLevel) -> None:
    """The officer records the meeting of a level, with everybody at it."""
    officer.goto(f"{case}support/meetings/record/")
    tick(officer, "about", about.value)
    fill_date(officer, "id_meets_on", clock.today())
    for box in officer.locator("[name=present]").all():
        box.check()
    officer.locator("[name=outline]").fill("What was tried, and what changes")
    officer.locator("[name=outcome]").fill("A plan from today, looked at every week")
    assert axe_violations(officer) == []
    officer.get_by_role("button", name="Record the meeting").click()
    expect(officer.get_by_text("Recorded. Everybody at the table has been told.")).to_be_visible()


def record_contact(officer: Page, case: str) -> None:
    """The body asks the ECT whether they are clear on the reasons (R70, Level 2)."""
    officer.goto(f"{case}support/body/")
    tick(officer, "did", "ect")
    fill_date(officer, "id_done_on", clock.today())
    officer.locator("[name=how]").select_option(index=1)
    for name in ("clear", "content", "shared"):
        tick(officer, name, "yes")
    officer.locator("[name=text]").fill("She is clear on why, and content with the plan")
    assert axe_violations(officer) == []
    officer.get_by_role("button", name="Save", exact=True).click()
    expect(officer.get_by_text("Saved. Whoever reads it has been told.")).to_be_visible()


def update(tutor: Page, case: str) -> None:
    tutor.goto(f"{case}support/update/")
    tutor.locator("[name=progress]").fill("Week 1: one calm start in three (TS7)")
    tutor.locator("[name=next_steps]").fill("A joint observation on Monday")
    tutor.get_by_role("button", name="Send to the appropriate body").click()
    expect(tutor.get_by_text("Sent. The appropriate body and the ECT have been told.")).to_be_visible()


def acknowledge(officer: Page, case: str) -> None:
    officer.goto(f"{case}support/together/")
    officer.get_by_role("link", name="Say that you have read it").first.click()
    officer.locator("[name=answer]").fill("Thank you: I join on Monday")
    officer.get_by_role("button", name="I have read it").click()
    expect(officer.get_by_text("Thank you: I join on Monday")).to_be_visible()


def signed(tutor: Page, ect: Page, plan: Plan) -> None:
    """Both sign the finished plan, and its document is made once."""
    for page in (tutor, ect):
        page.goto(f"/plans/{plan.pk}/")
        page.get_by_role("button", name="Read in full and sign").click()
        if page is tutor:
            page.locator("[name=agrees]").check()
        else:
            tick(page, "answer", "sign")
        assert axe_violations(page) == []
        page.get_by_role("button", name="Sign" if page is tutor else "Send", exact=True).click()
        expect(page.get_by_text("Signed. Those who need to know have been told.")).to_be_visible()
    url = f"/plans/{plan.pk}/document/"
    wait_until_made(ect, url)
    assert_accessible(ect.request.get(url).body(), title="Level 4 – Cause for Concern")
