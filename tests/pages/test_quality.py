"""Quality assurance in a browser: what an officer does, what a headteacher reads, and what nobody else learns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import (
    BodyPeriod,
    QualityAnswer,
    QualityDraw,
    QualityFinding,
    QualityPick,
    QualityQuestion,
    QualityRound,
    QualityVisit,
    RoundQuestion,
)
from induction_portal.accounts.models import Organisation
from induction_portal.audit.models import AccessLog
from tests.factories import InductionFactory, QualityPickFactory
from tests.support.forms import Page
from tests.support.visitors import Visitor, text_of


@pytest.fixture
def officer(world):
    return Visitor(world.people["body_officer@north"])


@pytest.fixture
def head(world):
    return Visitor(world.people["headteacher@oak"])


def at(name, *args):
    return reverse(f"cases:{name}", args=args)


def dated(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def sent(visitor, address, **typed):
    """A form as its page gives it, with what is typed."""
    data = Page(visitor.get(address).content.decode()).data | typed
    return visitor.client.post(address, data)


def page_of(visitor, address):
    return text_of(visitor.get(address))


def test_from_a_round_to_a_closed_action(world, officer, head):
    """An officer plans, draws by risk, visits, records with one form, shares; the head answers; the officer closes."""
    term = f"{world.first_year}-autumn"
    planned = sent(officer, at("plan_round"), term=term, aims="Mentor time", draws="schools", questions=["mentor_time"])
    assert planned.status_code == 302, Page(planned.content.decode()).errors
    row = QualityRound.objects.get(aims="Mentor time")
    drawn = sent(officer, at("draw_sample", row.pk), method="risk", size="9")
    assert drawn.status_code == 302, Page(drawn.content.decode()).errors
    shown = page_of(officer, at("quality_round", row.pk))
    assert QualityDraw.objects.get(round=row).seed in shown
    assert "The same seed and list give the same sample" in shown
    assert all(says in shown for pick in row.picks.all() for _, says in pick.reasons)
    who, oak = str(world.people["body_officer@north"].user_id), str(world.places["oak"])
    plan = {"school": oak, "kind": "desk", "officer": who} | dated("visited_on", world.today)
    assert sent(officer, at("plan_quality_visit", row.pk), **plan).status_code == 302
    visit = QualityVisit.objects.get(round=row)
    recorded = sent(officer, at("record_quality_visit", visit.pk), **_report(world))
    assert recorded.status_code == 302, Page(recorded.content.decode()).errors
    assert head.get(at("quality_visit", visit.pk)).status_code == 404
    assert officer.post(at("share_quality_visit", visit.pk), {"version": "2"}).status_code == 302
    told = page_of(head, at("quality_visit", visit.pk))
    assert "Give mentors an hour" in told
    assert "Only we know" not in told
    finding = visit.findings.get(kind="action")
    assert sent(head, at("answer_finding", finding.pk), text="They have it now").status_code == 302
    assert "They have it now" in page_of(officer, at("rule_on_finding", finding.pk))
    assert sent(officer, at("rule_on_finding", finding.pk), ruling="closed", text="Thank you").status_code == 302
    assert "Closed" in page_of(head, at("quality_visit", visit.pk))


def _report(world):
    due = world.today + timedelta(days=30)
    findings = {
        "findings-row": ["0", "1"],
        "findings-0-kind": "action",
        "findings-0-text": "Give mentors an hour",
        "findings-0-about": "school",
        "findings-0-owner": "headteacher",
        **dated("findings-0-due_on", due),
        "findings-1-kind": "note",
        "findings-1-text": "Only we know",
        "findings-1-about": "school",
    }
    answers = {"answers-q1-judgement": "partly", "answers-q1-note": "Tuesdays", "answers-q1-shared": "on"}
    checks = {"checks-e0-fidelity": "met", "checks-e0-timetable": "not_met"}
    return {**dated("visited_on", world.today), "kind": "desk", "met": "The records", **answers, **checks, **findings}


def test_an_action_without_its_day_is_named_at_its_row_and_nothing_is_lost(world, officer):
    visit = world.quality_visits["oak_planned"].id
    questions = RoundQuestion.objects.filter(round=world.quality_rounds["north_schools"].id)
    answers = {
        f"voice-q{q.position}_e0-judgement" if q.in_confidence else f"answers-q{q.position}-judgement": "met"
        for q in questions
    }
    typed = _report(world) | answers | dict.fromkeys(dated("findings-0-due_on", world.today), "")
    answer = Page(sent(officer, at("record_quality_visit", visit), **typed).content.decode())
    assert answer.errors == ["Enter the day by which this has to be done"]
    assert not answer.broken_links
    assert answer.boxes["findings-0-text"] == "Give mentors an hour"
    assert not QualityVisit.objects.get(pk=visit).recorded_on


def test_a_headteacher_never_reads_what_an_ect_said(world, head, officer):
    visit = world.quality_visits["oak_shared"].id
    voice = QualityAnswer.objects.filter(visit=visit, question__asked_of="ect").first()
    assert voice.note in page_of(officer, at("quality_visit", visit))
    for address in (at("quality_visit", visit), at("quality_here"), reverse("home")):
        assert voice.note not in page_of(head, address)


def test_a_tutor_answers_what_is_theirs_and_a_headteacher_everything(world, head):
    tutor = Visitor(world.people["induction_tutor@oak"])
    findings = world.quality_findings
    for key, who, code in (
        ("oak_open", tutor, 403), ("oak_open", head, 200), ("oak_tutor", tutor, 200), ("oak_tutor", head, 200),
        ("oak_ect", Visitor(world.people["other_tutor@oak"]), 404), ("oak_ect", tutor, 200),
    ):  # fmt: skip
        assert who.get(at("answer_finding", findings[key].id)).status_code == code, (key, who)


def test_tasks_wait_on_both_sides(world, officer, head):
    tutor = Visitor(world.people["induction_tutor@oak"])
    home = page_of(officer, reverse("home") + "?all=1&kind=quality")
    for says in (
        "Share the findings of a visit with the school",
        "Read what a school says of an action",
        "Follow up an action that is not answered",
    ):
        assert says in home
    assert "Answer an action of quality assurance" in page_of(head, reverse("home") + "?all=1")
    assert "Answer an action of quality assurance" in page_of(tutor, reverse("home") + "?all=1")
    assert "quality assurance" not in page_of(Visitor(world.people["governor@oak"]), reverse("home")).lower()


def test_the_ect_sees_that_their_record_was_drawn_and_who_looked(world, officer):
    case = world.cases["elm"]
    officer.get(at("quality_visit", world.quality_visits["elm_kept"].id))
    ect = Visitor(world.people["ect@elm"])
    register = page_of(ect, at("access", case.id))
    assert "This record was drawn into a sample" in register
    assert "A check in the appropriate body’s quality assurance" in register
    assert "drew this induction into a sample for quality assurance" in page_of(ect, at("history", case.id))
    assert AccessLog.objects.filter(case_id=case.id, subject_kind="cases.qualitycheck").count() == 1


def test_who_stands_too_near_is_told_beside_the_sample_and_at_the_form(world, officer):
    row = QualityRound.objects.get(pk=world.quality_rounds["north_ects"].id)
    school = world.places["elm"]
    picks = QualityPick.objects.filter(round=row, school=school)
    period = BodyPeriod.objects.filter(induction__quality_picks__in=picks, body=row.body, ends_on=None).first()
    period.officer_id, period.contact_id = world.people["body_admin@north"].user_id, officer.person.user_id
    period.contact_named_on = world.today
    period.save()
    assert "Not by you. You are the named contact of" in page_of(officer, at("quality_round", row.pk))
    visit = world.quality_visits["elm_kept"].id
    shown = officer.post(at("share_quality_visit", visit), {"version": "2"}, follow=True)
    assert "named contact of" in text_of(shown)
    assert QualityVisit.objects.get(pk=visit).state == "recorded"


def test_questions_are_changed_left_out_and_taken_in_again(world, officer):
    word = at("word_question", "voice")
    typed = {"text": "Whom would they turn to?", "asked_of": "ect", "is_asked": "no"}
    assert sent(officer, word, **typed, **dated("starts_on", world.today)).status_code == 302
    shown = page_of(officer, at("quality_questions"))
    assert "Left out" in shown
    assert sent(officer, word, text="Whom do they ask?", is_asked="yes").status_code == 302
    assert "Whom do they ask?" in page_of(officer, at("quality_questions"))
    assert QualityQuestion.objects.filter(code="voice").count() == 2
    assert officer.get(at("word_question", "nonsense")).status_code == 404


def test_a_stale_page_of_a_visit_says_so_and_keeps_what_was_typed(world, officer):
    finding = QualityFinding.objects.get(pk=world.quality_findings["oak_answered"].id)
    address = at("rule_on_finding", finding.pk)
    page = Page(officer.get(address).content.decode())
    finding.steps.create(kind="answered", text="More", by_id=officer.person.user_id, on=world.today)
    typed = page.data | {"ruling": "reopened", "text": "Typed slowly"}
    answer = Page(officer.client.post(address, typed).content.decode())
    assert "Somebody else was here" in answer.errors[0]
    assert answer.boxes["text"] == "Typed slowly"
    assert officer.client.post(address, answer.data).status_code == 302


def test_a_sample_of_many_asks_no_more_than_one_of_few(world, officer):
    row = QualityRound.objects.get(pk=world.quality_rounds["north_ects"].id)
    address = at("quality_round", row.pk)
    few = _queries(officer, address)
    draw, school = QualityDraw.objects.get(round=row), Organisation.objects.get(pk=world.places["oak"])
    for _ in range(20):
        QualityPickFactory(draw=draw, school=school, induction=InductionFactory())
    assert _queries(officer, address) <= few


def _queries(visitor, address):
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address).status_code == 200
    return len([query for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]])
