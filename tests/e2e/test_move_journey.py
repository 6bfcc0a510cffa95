"""An ECT moves to a school of another appropriate body: asked for, released, taken on, and the record receipted."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from cases.actions import end_placement
from cases.actions.registering import send
from cases.models import Induction, RecordBundle
from cases.rules.eligibility import FirstTarget, Report
from cases.rules.moving import LeavingCause
from cases.rules.suitable_post import PostCheck
from induction_portal import clock
from induction_portal.demo.replay import replay
from tests.e2e.test_registration_journey import choose, tick
from tests.e2e.test_review_journey import fill_date, sign_in
from tests.support.browser import axe_violations
from tests.support.idle import until_the_worker_is_done

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ECT, NORTHERN, COASTAL = "ect@oakfield.example", "officer@northern-hub.example", "officer@coastal-hub.example"
DAY = timedelta(days=1)


@pytest.fixture
def story(celery_worker_process, live_portal):
    """Hannah Lindqvist left Oakfield yesterday, and Harbour has registered her with its own body."""
    today = clock.today()
    with transaction.atomic():
        world = replay(today)
        hannah = Induction.objects.get(teacher__user__email=ECT)
        head = world.acting("head@oakfield.example", "oakfield", today)
        leaving = {"last_day": today - DAY, "cause": LeavingCause.MOVED_SCHOOL}
        end_placement(by=head, on=today, placement=hannah.placements.get(), **leaving)
        registrar = world.acting("head@harbour.example", "harbour", today)
        send(by=registrar, on=today, school=world.places["harbour"], report=report(world, hannah.teacher))
    yield world
    until_the_worker_is_done()


def report(world, teacher):
    told = clock.today() - DAY
    return Report(
        body_id=world.places["coastal"].pk,
        trn=teacher.trn,
        name=teacher.name,
        date_of_birth=teacher.date_of_birth,
        email=ECT,
        qts_on=teacher.qts_on,
        qts_checked_on=told,
        qts_checked_by="Patrick Dunne",
        induction_status="in_progress",
        route="school_led",
        contract_starts_on=clock.today() + 10 * DAY,
        starts_on=clock.today() + 10 * DAY,
        post_checks=tuple(PostCheck),
        tutor_id=world.users["tutor@harbour.example"].pk,
        tutor_has_qts=True,
        tutor_minutes_a_week=30,
        mentor_id=world.users["e.muir@harbour.example"].pk,
        mentor_has_qts=True,
        mentor_minutes_a_week=60,
        targets=(FirstTarget("Learn the routines", "TS7"),),
    )


def confirm(page, hannah):
    page.get_by_role("button", name="Confirm", exact=True).click()
    fill_date(page, "id_qts_on", hannah.teacher.qts_on)
    tick(page, "post_is_suitable", "yes")
    tick(page, "acts_as", "teaching_school_hub")
    tick(page, "recommended_qts", "no")
    tick(page, "employs_ect", "no")
    choose(page, "officer", "Iain Robertson")
    choose(page, "contact", "Delphine Arnaud")
    page.get_by_role("button", name="Confirm registration").click()


def test_a_move_between_two_schools_and_two_bodies(story, open_page, mailbox):
    hannah = Induction.objects.select_related("teacher").get(teacher__user__email=ECT)
    case = f"/cases/{hannah.pk}/"

    coastal = sign_in(open_page(), COASTAL)
    coastal.get_by_role("link", name=re.compile("Confirm a registration")).first.click()
    registration = coastal.url
    confirm(coastal, hannah)
    expect(coastal.get_by_text("has not released the case").first).to_be_visible()
    coastal.goto(registration)
    coastal.get_by_role("button", name="Confirm", exact=True).click()
    coastal.get_by_role("link", name="ask for the release").click()
    assert axe_violations(coastal) == []
    mailbox.clear()
    coastal.get_by_role("button", name="Send the request").click()
    expect(coastal.get_by_text("Waiting for an answer")).to_be_visible()
    assert axe_violations(coastal) == []
    asked = coastal.url
    mailbox.wait_for(lambda box: box.to(NORTHERN))
    coastal.goto(case)
    expect(coastal.get_by_role("heading", name="Page not found")).to_be_visible()

    northern = sign_in(open_page(), NORTHERN)
    northern.get_by_role("link", name=re.compile("Answer a request for a release")).click()
    northern.get_by_role("button", name="Release the ECT").click()
    fill_date(northern, "id_last_day", clock.today() - DAY)
    northern.get_by_role("button", name="Check the release").click()
    expect(northern.get_by_text("What the release says")).to_be_visible()
    assert axe_violations(northern) == []
    mailbox.clear()
    northern.get_by_role("button", name="Release this ECT").click()
    expect(northern.get_by_text("Released. The ECT and the school have been told.")).to_be_visible()
    mailbox.wait_for(lambda box: box.to(ECT) and box.to(COASTAL))

    ect = sign_in(open_page(), ECT)
    ect.goto(case)
    expect(ect.get_by_role("heading", name="Induction is paused")).to_be_visible()
    expect(ect.get_by_text("What you have served counts").first).to_be_visible()
    ect.goto(f"{case}move/")
    assert axe_violations(ect) == []

    coastal.goto(asked)
    expect(coastal.get_by_text("Released to you").first).to_be_visible()
    coastal.get_by_role("link", name=re.compile("See the release")).click()
    assert axe_violations(coastal) == []
    coastal.goto(registration)
    confirm(coastal, hannah)
    expect(coastal.get_by_text("Registration confirmed.")).to_be_visible()
    bundle = RecordBundle.objects.get(induction=hannah)
    coastal.goto("/")
    coastal.locator(f"a[href='/handed-over/{bundle.pk}/']").click()
    expect(coastal.get_by_text("Progress review 1")).to_be_visible()
    assert axe_violations(coastal) == []
    mailbox.clear()
    coastal.get_by_label("Hand these reviews and assessments on to Harbour Primary").check()
    coastal.get_by_role("button", name="Acknowledge the record").click()
    expect(coastal.get_by_text("Record acknowledged.")).to_be_visible()
    mailbox.wait_for(lambda box: box.to(NORTHERN))

    northern.goto(f"{case}move/")
    expect(northern.get_by_text("Acknowledged on").first).to_be_visible()
    head = sign_in(open_page(), "head@harbour.example")
    head.goto(case)
    expect(head.get_by_text("Progress review 1").first).to_be_visible()
    bodies = [period.body.name for period in hannah.body_periods.order_by("starts_on")]
    assert bodies == ["Northern Teaching School Hub", "Coastal Teaching School Hub"]
