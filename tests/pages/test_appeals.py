"""Appeals at their pages: what each may see of one, and what an officer records (R66-R68, R79)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import allow_more_time, end_time_to_appeal
from assessments.models import AppealTime, CaseBundle, Decision
from induction_portal.accounts.viewer import System
from induction_portal.audit.models import AuditEvent
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.support.world_appeals import appeal_of
from tests.support.world_people import viewer_of

OFFICER = "body_officer@south"
WRITTEN = ("zqappealgroundzq", "zqappealreplyzq", "zqappealanswerzq", "zqappealaskedzq", "zqappealattendszq")
FORMS = ("reply_to_appeal", "appeal_copy", "appeal_hearing", "appeal_attendance", "agency_request", "withdraw_appeal",
         "appeal_outcome")  # fmt: skip


@pytest.fixture
def as_(world):
    return lambda who: Visitor(world.people[who])


def text(visitor, path):
    page = Page(visitor.client.get(path, follow=True).content.decode())
    return " ".join(page.soup.select_one("#main-content").get_text(" ").split())


def of_decision(world, name="appeal", key="appealed"):
    return reverse(f"assessments:{name}", args=[world.decisions[key].id])


def of_appeal(world, name):
    return reverse(f"assessments:{name}", args=[world.appeals["appealed"].id])


def case_page(world, name="cases:case", key="appealed"):
    return reverse(name, args=[world.cases[key].id])


def send(visitor, path, **told):
    page = Page(visitor.client.get(path).content.decode())
    return visitor.client.post(path, page.data | told)


def date(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def test_the_officer_sees_how_far_it_is_and_what_comes_next(world, as_):
    words = text(as_(OFFICER), of_decision(world))
    for part in (*WRITTEN, "Hearing arranged", "at least 10 working days before", "Record a new day of the hearing",
                 "Record the answer", "None has been made for an appeal yet", "Appeal made on",
                 "Coventry"):  # fmt: skip
        assert part in words, part


def test_the_ect_reads_all_of_it_and_records_nothing(world, as_):
    ect = as_("ect@appealed")
    words = text(ect, of_decision(world))
    for part in (*WRITTEN, "Hearing arranged", "zqappealrepresentativezq"):
        assert part in words, part
    for part in ("Record", "bundle", "Amend"):
        assert part not in words, part
    assert all(ect.client.get(of_appeal(world, name)).status_code == 403 for name in FORMS)
    reply = reverse("assessments:appeal_reply_document", args=[world.appeal_replies["appealed"].id])
    assert ect.client.get(reply)["Content-Type"] == "application/pdf"


def test_the_headteacher_sees_its_days_and_nothing_that_was_written(world, as_):
    head = as_("headteacher@harbour")
    words = text(head, of_decision(world))
    assert "Hearing arranged" in words
    assert "Last day to appeal" in words
    assert "zqappeal" not in words
    reply = reverse("assessments:appeal_reply_document", args=[world.appeal_replies["appealed"].id])
    assert head.client.get(reply).status_code == 403


@pytest.mark.parametrize("who", ["mentor@harbour", "induction_tutor@harbour", "school_admin@harbour"])
def test_nobody_else_at_the_school_knows_that_there_is_one(world, as_, who):
    visitor = as_(who)
    assert visitor.client.get(of_decision(world)).status_code in (403, 404)
    names = ("cases:case", "cases:dates", "cases:history")
    for path in (*(case_page(world, name) for name in names), reverse("home"), reverse("cases:cases")):
        words = text(visitor, path).lower()
        assert "appeal" not in words.replace("zqappealed", ""), path
        assert "hearing" not in words, path
        assert "failed" not in words, path


@pytest.mark.parametrize("who", ["mentor@harbour", "school_admin@harbour", "governor@harbour", "body_contact@south"])
def test_who_does_not_read_decisions_sees_no_fail_until_it_stands(world, as_, who):
    """Case, lists, report, calendar of dates and messages: the word is on none of them (R66, R68)."""
    visitor = as_(who)
    names = ("cases:case", "cases:dates", "cases:service", "cases:history", "cases:report_on_one")
    paths = [case_page(world, name) for name in names] + [
        reverse("home"),
        reverse("cases:cases"),
        "/messages/",
        "/report/",
    ]
    for path in paths:
        response = visitor.client.get(path, follow=True)
        if response.status_code == 200:
            words = text(visitor, path).lower()
            assert "failed" not in words, path
            assert "dismiss" not in words, path


def test_when_it_stands_the_header_says_so_and_the_head_is_told_by_when(world, as_):
    appeal = appeal_of(world)
    officer = as_(OFFICER)
    day = world.today
    sent = {"outcome": "dismissed", **date("ended_on", day), **date("told_on", day), "note": "Dismissed"}
    assert send(officer, of_appeal(world, "appeal_outcome"), **sent).status_code == 302
    assert "Dismissed" in text(officer, of_decision(world))
    head = as_("headteacher@harbour")
    assert "must end" in text(head, of_decision(world))
    assert "must end by" in text(head, case_page(world))
    assert "Employment as a teacher must end" in text(head, reverse("home"))
    header = Page(as_("mentor@harbour").client.get(case_page(world)).content.decode())
    assert "Failed" in header.soup.get_text()
    assert "Employment" not in text(as_("mentor@harbour"), case_page(world, "cases:dates"))
    appeal.refresh_from_db()
    assert appeal.note == "Dismissed"
    assert "has ended" in text(officer, of_appeal(world, "appeal_hearing"))


def test_one_click_has_the_bundle_made(world, as_):
    officer = as_(OFFICER)
    page = Page(officer.client.get(of_decision(world)).content.decode(), of_decision(world, "appeal_bundle"))
    response = officer.client.post(of_decision(world, "appeal_bundle"), page.data)
    made = CaseBundle.objects.get(induction=world.cases["appealed"].id)
    assert response["Location"] == reverse("assessments:bundle", args=[made.pk])
    assert (made.purpose, made.with_earlier) == ("appeal", True)
    assert "being made" in text(officer, of_decision(world))


def test_an_ect_who_may_appeal_is_told_how_and_until_when(world, as_):
    person = world.people["body_officer@north"]
    by = viewer_of(person.user_id, person.acting_for, world.today)
    decision = Decision.objects.get(pk=world.decisions["ended"].id)
    ect = as_("ect@ended")
    assert "may allow an appeal out of time" in text(ect, of_decision(world, key="ended"))
    until = world.today + timedelta(days=20)
    allow_more_time(by=by, on=world.today, decision=decision, until=until, allowed_on=world.today)
    words = text(ect, of_decision(world, key="ended"))
    for part in ("How to appeal", "Cheylesmore House", "grounds of appeal", "working days left", str(until.year)):
        assert part in words, part
    assert "if you want to" in text(ect, reverse("home"))
    assert "may be made, until" in text(ect, case_page(world, key="ended"))
    officer = as_("body_officer@north")
    path = of_decision(world, "renounce_appeal", "ended")
    sent = Page(officer.client.get(path).content.decode()).data | date("renounced_on", world.today) | {"sure": "on"}
    before = AuditEvent.objects.count()
    wrong = officer.client.post(path, sent | date("renounced_on", world.today + timedelta(days=1)))
    assert "must be today or in the past" in " ".join(Page(wrong.content.decode()).errors)
    assert [officer.client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    assert AuditEvent.objects.count() == before + 1
    assert AppealTime.objects.get(decision=decision).renounced_on == world.today
    assert not end_time_to_appeal(by=System("appeal times"), on=until + timedelta(days=9), decision_id=decision.pk)


def test_a_page_opened_before_somebody_elses_step_changes_nothing(world, as_):
    officer, other = as_(OFFICER), as_("body_admin@south")
    path = of_appeal(world, "withdraw_appeal")
    opened = Page(officer.client.get(path).content.decode())
    asked = {"text": "The minutes", **date("asked_on", world.today), **date("wanted_by", world.today)}
    assert send(other, of_appeal(world, "agency_request"), **asked).status_code == 302
    response = officer.client.post(path, opened.data | date("ended_on", world.today) | {"sure": "on"})
    assert response.status_code == 409
    assert "Nothing was changed" in response.content.decode()
    assert appeal_of(world).status == "hearing"


def test_where_there_is_nothing_to_appeal_against(world, as_):
    assert "Nothing to appeal against" in text(as_("ect@oak"), case_page(world, "assessments:case_appeal", "oak"))
    officer = as_("body_officer@north")
    assert "no decision here" in text(officer, of_decision(world, key="ended_proposed"))
    assert "has been recorded" in text(as_(OFFICER), of_decision(world, "lodge_appeal"))


def test_a_late_appeal_keeps_what_was_typed_until_the_permission_is_there(world, as_):
    officer = as_("body_officer@north")
    typed = {"grounds": "The illness", "learned": "ect", **date("made_on", world.today)}
    shown = Page(send(officer, of_decision(world, "lodge_appeal", "ended"), **typed).content.decode())
    assert "Enter the day on which the Agency allowed the appeal" in " ".join(shown.errors)
    assert "The illness" in shown.soup.get_text()


@pytest.mark.parametrize("who", [OFFICER, "ect@appealed", "headteacher@harbour"])
def test_its_page_asks_few_questions(world, as_, who):
    visitor = as_(who)
    visitor.get(of_decision(world))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        visitor.get(of_decision(world))
    assert len(asked) <= 30
