"""Absences through their pages: recorded after the effect was shown, answered by who may, read by nobody else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.actions import record_absence
from cases.models import Absence, AbsenceNotice, AbsenceReason, Agreement, Clock, Placement
from cases.rules.absence_kinds import AbsenceKind
from induction_portal.accounts.viewer import System
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import PLACES

RECORD, CHANGE = (
    next(place for place in PLACES if place.name == name) for name in ("cases:record_absence", "cases:change_absence")
)


def text(visitor, path):
    return visitor.get(path).content.decode()


@pytest.fixture
def people(world):
    keys = {
        "tutor": "induction_tutor@oak", "head": "headteacher@oak", "office": "school_admin@oak", "ect": "ect@oak",
        "officer": "body_officer@north", "mentor": "mentor@oak", "contact": "body_contact@north",
    }  # fmt: skip
    return {name: Visitor(world.people[key]) for name, key in keys.items()}


def page_of(world, case="oak"):
    return reverse("cases:absences", args=[world.cases[case].id])


def boxes(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def absence(starts_on, ends_on=None, kind="jury_service", fraction=""):
    last = boxes("ends_on", ends_on) if ends_on else dict.fromkeys(["ends_on-day", "ends_on-month", "ends_on-year"], "")
    return boxes("starts_on", starts_on) | last | {"kind": kind, "fraction": fraction}


def send(visitor, address, values):
    return Page(visitor.client.post(address, Page(text(visitor, address)).data | values).content.decode())


def test_the_effect_is_shown_before_anything_is_saved_and_comes_true(world, people):
    tutor, address, day = people["tutor"], RECORD.address(world), world.today - timedelta(days=2)
    before = Absence.objects.count()
    shown = send(tutor, address, absence(day, day))
    assert "What this changes" in shown.soup.get_text()
    assert Absence.objects.count() == before
    token = shown.soup.find("button", {"name": "confirmed"})["value"]
    sent = shown.data | {"confirmed": token}
    assert tutor.client.post(address, sent).status_code == 302
    assert tutor.client.post(address, sent).status_code == 302  # a double click
    assert Absence.objects.count() == before + 1
    assert str(Clock.objects.get(induction=world.cases["oak"].id).ends_on.year) in shown.soup.get_text()
    html = text(people["ect"], page_of(world))
    assert "Jury service" in html
    assert "Agree or query" in html


@pytest.mark.parametrize(("first", "last", "more", "message"), [
    (5, None, {}, "today or in the past"),
    (-2, 5, {}, "Leave it empty if the ECT is still away"),
    (-700, -690, {}, "Induction at this school began on"),
    (-2, -4, {}, "on or after the first"),
    (-500, -10, {}, "longer than a year"),
    (-4, -2, {"fraction": "0.5"}, "Part of a day is recorded for one day"),
    (-2, -2, {"fraction": "2"}, "1 or less"),
    (-60, -30, {"kind": "sickness"}, "is recorded already"),
])  # fmt: skip
def test_what_cannot_be_is_answered_beside_the_field_and_nothing_typed_is_lost(
    world, people, first, last, more, message
):
    typed = absence(world.today + timedelta(days=first), last and world.today + timedelta(days=last)) | more
    before = Absence.objects.count()
    answer = send(people["tutor"], RECORD.address(world), typed)
    assert any(message in error for error in answer.errors), answer.errors
    assert not answer.broken_links
    assert Absence.objects.count() == before
    assert answer.boxes["starts_on-day"] == typed["starts_on-day"]
    assert answer.boxes["ends_on-day"] == typed["ends_on-day"]


def test_31_february_is_no_day(world, people):
    typed = absence(world.today) | {"starts_on-day": "31", "starts_on-month": "2", "starts_on-year": "2026"}
    answer = send(people["tutor"], RECORD.address(world), typed)
    assert answer.errors == ["The first day away must be a real date"]
    assert answer.boxes["starts_on-day"] == "31"


def test_a_change_that_somebody_else_made_first_is_said_and_kept(world, people):
    tutor, address = people["tutor"], CHANGE.address(world)
    shown = send(tutor, address, {"kind": "dependants"})
    token = shown.soup.find("button", {"name": "confirmed"})["value"]
    Absence.objects.filter(pk=world.absences["oakwrong"].id).update(version=9)
    again = Page(tutor.client.post(address, shown.data | {"confirmed": token}).content.decode())
    assert "Somebody else changed this absence" in again.errors[0]
    assert Absence.objects.get(pk=world.absences["oakwrong"].id).kind != "dependants"


def test_the_reason_is_for_the_ect_and_the_headteacher(world, people):
    address = reverse("cases:absence_reason", args=[world.absences["oak"].id])
    write = reverse("cases:write_reason", args=[world.absences["oak"].id])
    for name in ("ect", "head"):
        assert "zqhealthoakzq" in text(people[name], address)
    for name in ("tutor", "office", "officer", "mentor", "contact"):
        assert people[name].get(address).status_code == 403
        assert people[name].get(write).status_code == 403
        assert "zqhealth" not in text(people[name], page_of(world))
    assert people["ect"].get(write).status_code == 403
    head = people["head"]
    assert head.client.post(write, Page(text(head, write)).data | {"text": "Wrist"}).status_code == 302
    assert AbsenceReason.objects.get(absence=world.absences["oak"].id).text == "Wrist"


def test_a_mentor_reads_no_absence(world, people):
    assert people["mentor"].get(page_of(world)).status_code == 403
    assert page_of(world) not in text(people["mentor"], reverse("cases:case", args=[world.cases["oak"].id]))


def test_the_body_acknowledges_thirty_days_from_its_tasks(world, people):
    officer, address = people["officer"], reverse("cases:absence_notice", args=[world.notices["elm30"].id])
    assert address in text(officer, "/?all=1")
    assert "Part 2 is extended" in text(officer, page_of(world, "elm")) or "reached 30 days" in text(
        officer, page_of(world, "elm")
    )
    assert officer.client.post(address, Page(text(officer, address)).data).status_code == 302
    assert AbsenceNotice.objects.get(pk=world.notices["elm30"].id).acknowledged_on == world.today
    assert address not in text(officer, "/")
    answer = Page(officer.client.post(address, {"acting_as": officer.proof}).content.decode())
    assert "already" in answer.errors[0]


def test_the_ect_chooses_with_both_outcomes_before_them(world):
    ect, leave = Visitor(world.people["ect@harbour"]), Absence.objects.get(pk=world.absences["harbourleave"].id)
    address = reverse("cases:choose_leave", args=[leave.pk])
    shown = Page(text(ect, address))
    assert "If the ECT extends" in shown.soup.get_text()
    assert "2 days" in shown.soup.get_text()
    assert send(ect, address, {"extend": ""}).title
    assert ect.client.post(address, shown.data | {"extend": "yes"}).status_code == 302
    leave.refresh_from_db()
    assert leave.elected is True
    stale = Page(ect.client.post(address, shown.data | {"extend": "no", "submission": ""}).content.decode())
    assert "changed since you opened the page" in stale.errors[0]


def test_the_ect_queries_and_the_school_answers_on_the_same_page(world, people):
    agree = reverse("cases:agree_absence", args=[world.absences["oak"].id])
    ect, office = people["ect"], people["office"]
    sent = Page(text(ect, agree)).data | {"answer": "queried", "text": "I was back a day earlier"}
    assert ect.client.post(agree, sent)["Location"] == page_of(world)
    query = Agreement.objects.get(kind="absence", answer="queried")
    answer = reverse("cases:answer_query", args=[query.pk])
    assert answer in text(office, page_of(world))
    html = text(office, answer)
    assert page_of(world) in html
    sent = Page(html).data | {"corrected": "no", "reply": "The register says otherwise"}
    assert office.client.post(answer, sent)["Location"] == page_of(world)
    assert "The register says otherwise" in text(ect, page_of(world))


def test_the_review_form_takes_its_days_from_the_record(world, people):
    html = text(people["tutor"], reverse("assessments:new_review", args=[world.cases["oak"].id]))
    assert "from the record of absence" in html
    assert "id_days_absent" not in html


@pytest.mark.parametrize("count", [3, 60])
def test_as_many_queries_for_sixty_rows_as_for_three(world, people, count, django_assert_max_num_queries):
    placement = Placement.objects.get(pk=world.placements["oak"].id)
    day = placement.starts_on
    for number in range(count):
        one = day + timedelta(days=2 * number)
        record_absence(
            by=System("test"), on=world.today, placement=placement, kind=AbsenceKind.RELIGIOUS, starts_on=one,
            ends_on=one, fraction=Decimal("0.1"),
        )  # fmt: skip
    text(people["tutor"], page_of(world))  # the first visit of the hour writes the access log, and the session
    with django_assert_max_num_queries(25):
        text(people["tutor"], page_of(world))
