"""A body's quality assurance: what is drawn and kept, who may look (R81), and what follows (SG 5.11)."""

from datetime import timedelta

import pytest

from cases import actions
from cases.actions.quality_visits import Found
from cases.actions.versions import ChangedMeanwhile
from cases.models import (
    Appointment,
    Deadline,
    FindingStep,
    QualityAnswer,
    QualityCheck,
    QualityPick,
    QualityRound,
    QualityVisit,
)
from cases.quality import access
from cases.quality.pages import holds
from cases.quality.questions import questions_of
from cases.rules.errors import RuleBroken
from cases.rules.quality import DEFAULTS, AskedOf, FindingKind
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.record import case_chain
from induction_portal.clock import today
from notifications.models import Message
from tests.factories import AppointmentFactory, BodyFactory, MembershipFactory, TimetableFactory, viewer
from tests.support.quality import DUE, ON, assured

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# Questions and rounds


def test_a_body_words_its_questions_from_a_day_on():
    case = assured()
    told = {"by": case.officer, "on": ON, "code": "mentor_time", "asked_of": AskedOf.SCHOOL}
    actions.word_question(text="Do they meet?", starts_on=ON + DAY, **told)
    assert questions_of(case.body, ON) == DEFAULTS
    assert questions_of(case.body, ON + DAY)[0].text == "Do they meet?"
    assert questions_of(BodyFactory(), ON + DAY) == DEFAULTS
    with pytest.raises(RuleBroken, match="today or later"):
        actions.word_question(text="Did they meet?", starts_on=ON - DAY, **told)
    with pytest.raises(RuleBroken, match="Nothing was changed"):
        actions.word_question(text="Do they meet?", starts_on=ON + DAY, **told)


def test_a_round_keeps_the_words_it_was_planned_with():
    case = assured()
    told = {"by": case.officer, "on": ON, "code": "mentor_time", "asked_of": AskedOf.SCHOOL}
    actions.word_question(text="Do they meet?", starts_on=ON, **told)
    assert case.round.questions.earliest("position").text == DEFAULTS[0].text


def test_a_round_asks_something():
    case = assured()
    with pytest.raises(RuleBroken) as broken:
        actions.plan_round(by=case.officer, on=ON, term=(2025, "spring"), draws="ects", aims="x", questions=["no"])
    assert broken.value.field == "questions"


def test_only_a_body_plans():
    case = assured()
    with pytest.raises(RuleBroken):
        actions.plan_round(by=case.head, on=ON, term=(2025, "spring"), draws="ects", aims="x", questions=["voice"])


# Samples


def test_a_sample_at_random_keeps_its_seed_and_whom_it_was_drawn_from():
    case = assured()
    drawn = case.draw(2)
    assert (drawn.seed, drawn.picks.count()) == ("tests", 2)
    assert set(drawn.scores) == {str(each.pk) for each in case.cases}
    assert holds(drawn)
    case.draw(2, seed="")
    assert QualityPick.objects.filter(round=case.round).count() == 3
    assert all(holds(each) for each in case.round.draws_made.all())
    with pytest.raises(RuleBroken, match="nobody left"):
        case.draw(1)


def test_the_same_seed_draws_the_same_again():
    case = assured()
    first = set(case.draw(2).picks.values_list("induction", flat=True))
    told = {"term": (2025, "spring"), "draws": "ects", "aims": "x", "questions": ["voice"]}
    case.round = actions.plan_round(by=case.officer, on=ON, **told)
    assert set(case.draw(2).picks.values_list("induction", flat=True)) == first


def test_each_ect_finds_the_sample_in_their_own_history():
    case = assured()
    case.draw(9)
    for each in case.cases:
        assert AuditEvent.objects.filter(chain=case_chain(each.pk), event="quality_sampled").count() == 1


def test_by_risk_the_weightiest_come_first_with_every_reason():
    case = assured()
    for each in case.cases:
        placement = each.placements.get()
        TimetableFactory(placement=placement, starts_on=placement.starts_on)
        for kind in Appointment.Kind:
            AppointmentFactory(placement=placement, kind=kind)
    worst = case.cases[2]
    told = {"opened_on": ON - 90 * DAY, "due_on": ON - 30 * DAY, "owner": "induction_tutor"}
    Deadline.objects.create(induction=worst, kind="progress_review", number=1, **told)
    Appointment.objects.filter(induction=worst, kind=Appointment.Kind.MENTOR).delete()
    (pick,) = case.draw(1, method="risk").picks.all()
    assert pick.induction == worst
    said = [says for _, says in pick.reasons]
    assert said[0] == "No mentor is appointed"
    assert any("review or assessment was due on" in each for each in said)


def test_where_nothing_speaks_for_a_risk_the_sample_is_drawn_at_random():
    case = assured()
    for each in case.cases:
        placement = each.placements.get()
        placement.starts_on -= 400 * DAY
        placement.contract_starts_on = placement.starts_on
        placement.save()
        each.body_periods.update(starts_on=placement.starts_on, agreed_on=placement.starts_on)
        TimetableFactory(placement=placement, starts_on=placement.starts_on)
        for kind in Appointment.Kind:
            AppointmentFactory(placement=placement, kind=kind, starts_on=placement.starts_on)
    with pytest.raises(RuleBroken) as broken:
        case.draw(1, method="risk")
    assert broken.value.field == "method"


def test_schools_are_drawn_with_how_many_ects_each_reason_is_true_of():
    case = assured("schools")
    picks = {pick.school_id: pick for pick in case.draw(9, method="risk").picks.all()}
    assert set(picks) == {case.school.pk, case.other.pk}
    assert "2 ECTs have no mentor" in [says for _, says in picks[case.school.pk].reasons]
    assert "1 ECT has no mentor" in [says for _, says in picks[case.other.pk].reasons]


def test_who_has_completed_or_gone_to_another_body_is_not_drawn():
    case = assured()
    case.cases[0].body_periods.update(ends_on=ON - DAY)
    case.cases[1].placements.update(ends_on=ON - DAY)
    assert set(case.draw(9).scores) == {str(case.cases[2].pk)}


# Visits


def test_r81_the_named_contact_does_no_quality_assurance_of_that_ect():
    case = assured()
    case.draw()
    contact = case.colleague()
    case.name_contact(contact)
    with pytest.raises(RuleBroken, match="named contact of") as broken:
        case.plan(arranged=case.arrange(contact))
    assert broken.value.field == "officer"
    with pytest.raises(RuleBroken) as broken:
        case.plan(arranged=case.arrange(second=contact.user))
    assert broken.value.field == "second"
    case.plan(school=case.other, arranged=case.arrange(contact))
    visit = case.plan()
    with pytest.raises(RuleBroken, match="named contact of"):
        case.record(visit, by=contact)
    recorded = case.record(visit)
    with pytest.raises(RuleBroken, match="named contact of"):
        actions.share_quality_visit(by=contact, on=ON, visit=recorded, version=None)


def test_r81_whoever_works_at_the_school_does_none_there():
    case = assured("schools")
    case.draw()
    both = case.colleague()
    MembershipFactory(user=both.user, organisation=case.school, role=Role.GOVERNOR)
    with pytest.raises(RuleBroken, match="work at the school"):
        case.plan(arranged=case.arrange(both))


def test_a_school_that_was_not_drawn_is_not_visited_and_one_is_visited_once():
    case = assured()
    with pytest.raises(RuleBroken, match="Nobody at this school was drawn"):
        case.plan()
    case.draw()
    visit = case.plan()
    with pytest.raises(RuleBroken, match="planned in this round already"):
        case.plan()
    told = {"visit": visit, "version": visit.version}
    actions.call_off_quality_visit(by=case.officer, on=ON, reason="Snow", **told)
    assert case.plan().state == "planned"


def test_a_visit_is_recorded_once_it_was_and_again_until_it_is_shared():
    case = assured()
    case.draw()
    visit = case.plan(arranged=case.arrange(visited_on=ON + DAY))
    with pytest.raises(RuleBroken) as broken:
        case.record(visit, report=case.report(visit, visited_on=ON + DAY))
    assert broken.value.field == "visited_on"
    once = case.record(visit)
    again = case.record(once, Found(FindingKind.GOOD, "Mentors meet"))
    assert [each.text for each in again.findings.all()] == ["Mentors meet"]
    assert QualityAnswer.objects.count() == 1 + 2
    assert QualityCheck.objects.count() == 2
    with pytest.raises(ChangedMeanwhile):
        case.record(once)
    shared = actions.share_quality_visit(by=case.officer, on=ON, visit=again, version=again.version)
    with pytest.raises(RuleBroken, match="shared with the school"):
        case.record(shared)


def test_the_checks_keep_what_the_portal_knew():
    case = assured()
    case.draw()
    check = case.record(case.plan()).checks.first()
    assert dict(check.known)["Training programme"] == "Provider-led"
    assert dict(check.known)["Mentor"] == "None appointed"


def test_an_action_that_is_not_whole_is_refused_at_its_row():
    case = assured()
    case.draw()
    visit = case.plan()
    with pytest.raises(RuleBroken) as broken:
        case.record(visit, Found(FindingKind.ACTION, "Give time", "", DUE, row="findings-0"))
    assert broken.value.field == "findings-0-owner"
    assert QualityVisit.objects.get().state == "planned"


# What the school sees


def test_the_school_knows_nothing_before_the_visit_is_shared():
    case = assured()
    case.draw()
    visit = case.record(case.plan())
    assert not access.visible_visits(case.head).exists()
    actions.share_quality_visit(by=case.officer, on=ON, visit=visit, version=None)
    assert access.visible_visits(case.head).get() == visit
    assert Message.objects.filter(kind="quality_shared", recipient=case.head.user).count() == 1


def test_an_ects_words_and_the_bodys_notes_stay_with_the_body():
    case = assured()
    visit = case.shared(
        Found(FindingKind.GOOD, "Mentors meet"),
        Found(FindingKind.NOTE, "Come again"),
        Found(FindingKind.ACTION, "Give mentors time", "headteacher", DUE),
    )
    assert {each.text for each in access.visible_findings(case.head)} == {"Mentors meet", "Give mentors time"}
    assert not access.visible_answers(case.head).exists()
    assert access.visible_answers(case.officer).filter(visit=visit, question__asked_of="ect").count() == 2


def test_a_tutor_reads_of_their_own_ects_alone():
    case = assured()
    action = Found(FindingKind.ACTION, "About one", "induction_tutor", DUE, case.cases[0].pk)
    case.shared(action, Found(FindingKind.GOOD, "About all"))
    own, other = (viewer(case.school, Role.INDUCTION_TUTOR, on=ON) for _ in range(2))
    AppointmentFactory(placement=case.cases[0].placements.get(), user=own.user, kind=Appointment.Kind.TUTOR)
    assert access.visible_findings(own).count() == 2
    assert access.visible_findings(other).get().text == "About all"
    assert access.visible_findings(viewer(case.other, Role.HEADTEACHER, on=ON)).count() == 0


# What follows


def test_the_school_answers_the_body_closes_and_reopens():
    case = assured()
    finding = case.action()
    actions.answer_finding(by=case.head, on=ON, finding=finding, text="It is done", version=0)
    assert Message.objects.filter(kind="quality_answered", recipient=case.officer.user).count() == 1
    told = {"by": case.officer, "on": ON, "finding": finding}
    with pytest.raises(RuleBroken, match="still has to be done"):
        actions.rule_on_finding(ruling="reopened", text="", due_on=None, version=1, **told)
    actions.rule_on_finding(ruling="reopened", text="Show it", due_on=DUE + DAY, version=1, **told)
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == ("open", DUE + DAY)
    actions.answer_finding(by=case.head, on=ON, finding=finding, text="Here it is", version=2)
    actions.rule_on_finding(ruling="closed", text="", due_on=None, version=3, **told)
    with pytest.raises(RuleBroken, match="cannot be answered"):
        actions.answer_finding(by=case.head, on=ON, finding=finding, text="Once more", version=None)
    kinds = list(FindingStep.objects.values_list("kind", flat=True))
    assert kinds == ["answered", "reopened", "answered", "closed"]
    assert set(Message.objects.values_list("kind", flat=True)) == {
        "quality_shared", "quality_answered", "quality_reopened", "quality_closed",
    }  # fmt: skip


def test_r82_who_may_answer():
    case = assured()
    finding = case.action()
    others = [
        viewer(case.school, Role.INDUCTION_TUTOR, on=ON),
        viewer(case.school, Role.GOVERNOR, on=ON),
        viewer(case.other, Role.HEADTEACHER, on=ON),
        case.officer,
    ]
    for other in others:
        with pytest.raises(RuleBroken):
            actions.answer_finding(by=other, on=ON, finding=finding, text="Done", version=0)


def test_another_body_rules_on_nothing_and_neither_does_the_named_contact():
    case = assured()
    finding = case.action()
    told = {"on": ON, "finding": finding, "ruling": "closed", "text": "", "due_on": None, "version": 0}
    with pytest.raises(RuleBroken):
        actions.rule_on_finding(by=viewer(BodyFactory(), Role.BODY_OFFICER, on=ON), **told)
    contact = case.colleague()
    case.name_contact(contact)
    with pytest.raises(RuleBroken, match="named contact"):
        actions.rule_on_finding(by=contact, **told)


def test_what_the_school_said_meanwhile_is_read_first():
    case = assured()
    finding = case.action()
    actions.answer_finding(by=case.head, on=ON, finding=finding, text="Not yet", version=0)
    with pytest.raises(ChangedMeanwhile) as changed:
        actions.rule_on_finding(
            by=case.officer, on=ON, finding=finding, ruling="closed", text="", due_on=None, version=0
        )
    assert changed.value.version == 1


def test_an_ect_who_denied_it_once_is_at_risk_in_the_next_round():
    case = assured()
    case.shared()
    told = {"term": (2025, "summer"), "draws": "ects", "aims": "x", "questions": ["voice"]}
    case.round = actions.plan_round(by=case.officer, on=ON, **told)
    reasons = {pick.induction_id: [says for _, says in pick.reasons] for pick in case.draw(method="risk").picks.all()}
    asked = [says for says in reasons[case.cases[0].pk] if "did not say that support is enough" in says]
    assert asked
    assert not [says for says in reasons[case.cases[2].pk] if "support" in says]


def test_rounds_are_the_bodys_own():
    case = assured()
    assert list(access.visible_rounds(case.officer)) == [case.round]
    assert not access.visible_rounds(case.head)
    assert not access.visible_rounds(viewer(BodyFactory(), Role.BODY_OFFICER, on=today()))
    assert QualityRound.objects.count() == 1
