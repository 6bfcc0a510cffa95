"""The day that makes thirty, in a real browser: extension, notice, moved assessment, cap, and the officer's task."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from cases.actions import record_absence
from cases.models import AbsenceNotice, Clock, Deadline
from cases.rules.absence_kinds import AbsenceKind
from induction_portal import clock
from induction_portal.audit.verify import faults
from induction_portal.demo.days import first
from induction_portal.demo.replay import replay
from induction_portal.demo.world import World
from induction_portal.govuk.words import day as in_words
from tests.e2e.test_review_journey import fill_date, sign_in
from tests.support.browser import axe_violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

IMOGEN = "3042687"
TUTOR, OFFICER, ECT = "tutor@elmbridge.example", "officer@northern-hub.example", "ect@elmbridge.example"


def six_days(world: World) -> list[date]:
    """Her first six working days of the term before: Mondays to Wednesdays."""
    found, day = list[date](), world.days.on(first(-1))
    while len(found) < 6:
        if world.days.calendar.is_school_day(day) and day.weekday() < 3:
            found.append(day)
        day += timedelta(days=1)
    return found


@pytest.fixture
def story(celery_worker_process, live_portal):
    """Imogen has 24 days in part 1; here 5 more are recorded, so that one is missing."""
    with transaction.atomic():
        world = replay(clock.today())
        for one in six_days(world)[:5]:
            record_absence(
                by=world.acting(TUTOR, "elmbridge", clock.today()), on=clock.today(),
                placement=world.placements[IMOGEN, "elmbridge"], kind=AbsenceKind.COMPASSIONATE,
                starts_on=one, ends_on=one,
            )  # fmt: skip
    return world


def assessment(world: World) -> Deadline:
    return Deadline.objects.get(induction=world.inductions[IMOGEN], kind="first_assessment")


def test_the_day_that_makes_thirty(story, open_page, mailbox):
    last, was_due = six_days(story)[5], assessment(story)
    ended = Clock.objects.get(induction=story.inductions[IMOGEN]).ends_on
    tutor = sign_in(open_page(), TUTOR)
    tutor.get_by_role("table").get_by_role("link", name="Imogen Castle").click()
    tutor.get_by_role("link", name="Absence", exact=True).click()
    expect(tutor.get_by_role("heading", name="Part 1: 29 of 30 days")).to_be_visible()
    expect(tutor.get_by_text("1 more day would extend part 1")).to_be_visible()
    assert axe_violations(tutor) == []

    tutor.get_by_role("button", name="Record an absence").click()
    tutor.get_by_label("Kind of absence").select_option("compassionate")
    fill_date(tutor, "id_starts_on", last)
    fill_date(tutor, "id_ends_on", last)
    tutor.get_by_role("button", name="Check what changes").click()
    effect = tutor.get_by_role("region", name="What this changes")
    expect(effect.get_by_text("from 29 days to 30 days, against 30")).to_be_visible()
    expect(effect.get_by_text("Part 1 is extended by 30 days. The timetable stays at most 90%")).to_be_visible()
    expect(effect.get_by_text(f"The first formal assessment moves from {in_words(was_due.own_day)}")).to_be_visible()
    assert axe_violations(tutor) == []
    mailbox.clear()
    tutor.get_by_role("button", name="Save this absence").click()

    expect(tutor.get_by_text("Absence recorded.")).to_be_visible()
    expect(tutor.get_by_role("heading", name="Part 1: 30 of 30 days")).to_be_visible()
    expect(tutor.get_by_role("definition").get_by_text("At most 90%")).to_be_visible()
    expect(tutor.get_by_text(f"30 days in part 1 on {in_words(reached_on(story))}")).to_be_visible()
    now_due = assessment(story)
    assert (now_due.own_day, now_due.due_on) > (was_due.own_day, was_due.due_on)
    assert Clock.objects.get(induction=story.inductions[IMOGEN]).ends_on > ended
    tutor.get_by_role("link", name="Overview").click()
    expect(tutor.get_by_role("cell", name=in_words(now_due.own_day)).first).to_be_visible()

    told = (OFFICER, ECT, TUTOR, "head@elmbridge.example")
    mailbox.wait_for(lambda box: all(box.to(address) for address in told))
    for mail in mailbox.messages:
        assert not re.search("compassionate|sick", mail.get_body(("plain",)).get_content(), re.IGNORECASE)
    the_officer_acknowledges(story, open_page())
    assert not list(faults())


def reached_on(world: World) -> date:
    return AbsenceNotice.objects.get(induction=world.inductions[IMOGEN], figure=30).reached_on


def the_officer_acknowledges(story: World, officer: Page) -> None:
    sign_in(officer, OFFICER)
    officer.get_by_role("link", name=re.compile("Acknowledge 30 days’ absence in part 1.*Imogen Castle")).click()
    expect(officer.get_by_text("Absence in part 1 reached 30 days")).to_be_visible()
    assert axe_violations(officer) == []
    officer.get_by_role("button", name="Acknowledge this notice").click()
    expect(officer.get_by_text("The portal sent the notice to the appropriate body")).to_be_visible()
    expect(officer.get_by_text("acknowledged it for the appropriate body")).to_be_visible()
    expect(officer.get_by_role("heading", name="Part 1: 30 of 30 days")).to_be_visible()
    officer.get_by_role("link", name="Home").first.click()
    expect(officer.get_by_role("link", name=re.compile("Acknowledge 30 days"))).to_have_count(0)
    notice = Deadline.objects.get(induction=story.inductions[IMOGEN], kind="absence_notice")
    assert notice.closed_on == clock.today()
