"""A shorter induction is asked for, agreed and decided; lost records end an induction (R21-R23, R83)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections

from assessments.actions import answer_reduction, ask_for_reduction, decide_reduction, exempt, search_trail
from assessments.models import Exemption, Reduction
from assessments.reducing import early_since, effect_of, standing_of
from cases.access import case
from cases.actions import set_pattern
from cases.models import BodyPeriod, Clock, Deadline, Induction, Placement
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.reducing import ReductionKind
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import BodyPeriodFactory, PlacementFactory, ReductionFactory, WorkingPatternFactory, viewer
from tests.support.world_exempting import exempt_answers, search_answers
from tests.support.world_people import viewer_of


def of(world, key):
    person = world.people[key]
    return viewer_of(person.user_id, person.acting_for, world.today)


def ask(world, key="invited", **other) -> Reduction:
    head = of(world, "headteacher@harbour")
    induction = case(head, world.cases[key].id).subject
    told = {"kind": ReductionKind.EXPERIENCE, "terms": Decimal("5.8"), "standards_met": True, "advice": "Experienced"}
    return ask_for_reduction(by=head, on=world.today, induction=induction, **told | other)


def decided(world, row, **other) -> Reduction:
    told = {"grant": True, "standards_met": True, "reason": "The Standards are met", "version": row.version} | other
    return decide_reduction(by=of(world, "body_officer@north"), on=world.today, reduction=row, **told)


def test_what_is_granted_is_the_length_of_the_induction(world):
    row = Reduction.objects.get(pk=world.reductions["elm"].id)
    effect = effect_of(row.induction, row.terms, world.today)
    before = Clock.objects.get(induction=row.induction).ends_on
    assert effect.now == before > effect.then
    decided(world, row)
    induction = Induction.objects.get(pk=row.induction_id)
    assert (induction.required_terms, Clock.objects.get(induction=induction).ends_on) == (row.terms, effect.then)
    final = Deadline.objects.get(induction=induction, kind="final_assessment")
    assert final.own_day == effect.then
    told = set(Message.objects.filter(kind="reduction_decided").values_list("recipient", flat=True))
    assert world.people["ect@elm"].user_id in told


def test_a_refusal_changes_nothing_and_gives_its_reason(world):
    row = Reduction.objects.get(pk=world.reductions["elm"].id)
    with pytest.raises(RuleBroken, match="reason"):
        decided(world, row, grant=False, reason=" ")
    decided(world, row, grant=False, standards_met=None)
    assert Induction.objects.get(pk=row.induction_id).required_terms == 6
    with pytest.raises(RuleBroken, match="cannot become"):
        decided(world, Reduction.objects.get(pk=row.pk))


def test_a_grant_needs_the_ects_consent_and_the_standards(world):
    with pytest.raises(RuleBroken, match="cannot become"):
        decided(world, Reduction.objects.get(pk=world.reductions["moved"].id))
    with pytest.raises(RuleBroken, match="Standards"):
        decided(world, Reduction.objects.get(pk=world.reductions["elm"].id), standards_met=False)


def test_the_ect_may_insist_on_the_full_period_also_after_agreeing(world):
    ect, row = of(world, "ect@elm"), Reduction.objects.get(pk=world.reductions["elm"].id)
    with pytest.raises(RuleBroken, match="moved on"):
        answer_reduction(by=ect, on=world.today, reduction=row, agrees=False, version=row.version - 1)
    row = answer_reduction(by=ect, on=world.today, reduction=row, agrees=False, version=row.version)
    assert row.stands == "The ECT keeps the full period"
    assert Message.objects.filter(kind="reduction_kept", subject_id=row.pk).exists()
    with pytest.raises(RuleBroken, match="cannot become"):
        decided(world, row)


def test_one_request_at_a_time_with_the_standards_met(world):
    with pytest.raises(RuleBroken, match="meets the Teachers’ Standards"):
        ask(world, standards_met=False)
    ask(world)
    with pytest.raises(RuleBroken, match="asked for already"):
        ask(world)
    with pytest.raises(RuleBroken, match="has ended"):
        ask(world, "left")


def test_no_less_than_is_served_and_not_early_before_six_terms(world):
    with pytest.raises(RuleBroken, match="in the past"):
        ask(world, terms=Decimal(2))
    with pytest.raises(RuleBroken, match="part time"):
        ask(world, kind=ReductionKind.PART_TIME)


def test_the_named_contact_does_not_decide(world):
    row = Reduction.objects.get(pk=world.reductions["elm"].id)
    period = BodyPeriod.objects.get(induction=row.induction, ends_on=None)
    officer = of(world, "body_officer@north").user
    BodyPeriod.objects.filter(pk=period.pk).update(
        contact=officer, contact_named_on=world.today, officer=of(world, "body_admin@north").user
    )
    with pytest.raises(RuleBroken, match="named contact"):
        decided(world, row)


def test_early_completion_is_offered_once_two_school_years_are_covered(db):
    """Half time: after six calendar terms three are served. Granted, the end moves to where 3.2 are."""
    placement = PlacementFactory()
    WorkingPatternFactory(placement=placement, fte="0.5")
    period = BodyPeriodFactory(induction=placement.induction, starts_on=placement.starts_on)
    reckon(placement.induction)
    possible = Deadline.objects.get(induction=placement.induction, kind="early_finish_possible").due_on
    head = viewer(placement.school, Role.HEADTEACHER, on=possible)
    induction = case(head, placement.induction_id).subject
    told = {"kind": ReductionKind.PART_TIME, "terms": Decimal("3.2"), "standards_met": True, "advice": "Ready"}
    eve = possible - timedelta(days=1)
    assert early_since(induction, eve) is None
    with pytest.raises(RuleBroken, match="6 calendar terms"):
        ask_for_reduction(by=head, on=eve, induction=induction, **told)
    assert early_since(induction, possible) == possible
    from assessments.reduction_part import ReductionPart

    (task,) = ReductionPart().tasks(head)
    assert "early completion" in task.says
    row = ask_for_reduction(by=head, on=possible, induction=induction, **told)
    assert not list(ReductionPart().tasks(head))
    ect = replace(viewer(None, Role.ECT, on=possible))
    row = answer_reduction(by=ect, on=possible, reduction=row, agrees=True, version=1)
    officer = viewer(period.body, Role.BODY_OFFICER, on=possible)
    verdict = {"grant": True, "standards_met": True, "reason": "Met", "version": row.version}
    decide_reduction(by=officer, on=possible, reduction=row, **verdict)
    ends_on = Clock.objects.get(induction=induction).ends_on
    assert possible < ends_on < possible + timedelta(days=100)
    assert standing_of(row.induction, ends_on).served == Decimal("3.2")
    assert Deadline.objects.get(induction=induction, kind="final_assessment").own_day == ends_on


@pytest.mark.django_db(transaction=True)
def test_the_ect_and_the_officer_at_once():
    """The ECT takes consent back while the officer grants: one of the two is told that the request has moved on."""
    placement = PlacementFactory()
    WorkingPatternFactory(placement=placement)
    period = BodyPeriodFactory(induction=placement.induction, starts_on=placement.starts_on)
    on = placement.starts_on
    reckon(placement.induction)
    row = ReductionFactory(placement=placement, body=period.body, status="consented", asked_on=on, answered_on=on)
    ect, officer = viewer(None, Role.ECT, on=on), viewer(period.body, Role.BODY_OFFICER, on=on)
    verdict = {"grant": True, "standards_met": True, "reason": "Met"}
    ready, ended = Barrier(2), []

    def at_once(act, **told):
        ready.wait()
        try:
            act(on=on, reduction=row, version=1, **told)
            ended.append("done")
        except RuleBroken as broken:
            ended.append(broken.message)
        connections.close_all()

    both = [
        Thread(target=at_once, args=[answer_reduction], kwargs={"by": ect, "agrees": False}),
        Thread(target=at_once, args=[decide_reduction], kwargs={"by": officer} | verdict),
    ]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(each[:4] for each in ended) == ["This", "done"]
    kept = Reduction.objects.get(pk=row.pk)
    assert (kept.induction.required_terms == kept.terms) is (kept.status == "granted")


def test_an_exemption_ends_the_induction(world):
    key, officer = "harbour", of(world, "body_officer@south")
    told = {"by": officer, "on": world.today, "induction": Induction.objects.get(pk=world.cases[key].id)}
    assert Deadline.objects.filter(induction=told["induction"], is_open=True).exists()
    closed = Deadline.objects.filter(induction=told["induction"], is_open=False).count()
    exempt(**told, **exempt_answers(world.today))
    assert not Deadline.objects.filter(induction=told["induction"], is_open=True).exists()
    assert Deadline.objects.filter(induction=told["induction"]).count() == closed
    clock = Clock.objects.get(induction=told["induction"])
    assert (clock.over_on, clock.over_as) == (world.today, "Exempt")
    placement = Placement.objects.get(induction=told["induction"], ends_on=None)
    head = of(world, "headteacher@harbour")
    on = world.today
    set_pattern(by=head, on=on, placement=placement, starts_on=on, fte=Decimal("0.5"), days={})
    assert not Deadline.objects.filter(induction=told["induction"], is_open=True).exists(), "It stays over"
    told_to = Message.objects.filter(kind="exempted", recipient=world.people["ect@harbour"].user_id)
    assert told_to.exists()
    with pytest.raises(RuleBroken, match="ended already"):
        exempt(**told, **exempt_answers(world.today))
    with pytest.raises(RuleBroken, match="exempt already"):
        search_trail(**told, **search_answers(world.today))


def test_an_exemption_needs_a_search_first(world):
    officer = of(world, "body_officer@north")
    told = {"by": officer, "on": world.today, "induction": Induction.objects.get(pk=world.cases["oak"].id)}
    with pytest.raises(RuleBroken, match="what was searched"):
        exempt(**told, **exempt_answers(world.today))
    with pytest.raises(RuleBroken, match="future"):
        search_trail(**told, **search_answers(world.today) | {"searched_on": world.today + timedelta(days=1)})
    assert not Exemption.objects.filter(induction=told["induction"]).exists()
