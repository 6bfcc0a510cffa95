"""Timetables: recorded as they are, corrected, refused; a breach and a new look are deadlines (R40-R44)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections, transaction

from cases.actions import record_timetable, set_pattern
from cases.actions.versions import ChangedMeanwhile
from cases.deadlines import label
from cases.models import Clock, Deadline, Placement, Timetable
from cases.parts import task_url
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.timetable_part import BREACH, LOOK_AGAIN
from induction_portal.accounts.viewer import System
from tests.factories import BodyPeriodFactory, BodyPolicyFactory, SchoolPolicyFactory, WorkingPatternFactory
from tests.support.trail import last_event, told

PORTAL, START, DAY = System("test"), date(2025, 9, 1), date(2025, 9, 8)
WITHIN = {"cycle": "week", "unit": "minutes", "reference": Decimal(1260), "taught": Decimal(1134)}


@pytest.fixture
def placement(db):
    placement = WorkingPatternFactory().placement
    BodyPeriodFactory(induction=placement.induction)
    reckon(placement.induction)
    return placement


def save(placement, *, starts_on=START, on=DAY, version=None, **other):
    return record_timetable(
        by=PORTAL, on=on, placement=placement, starts_on=starts_on, version=version, **(WITHIN | other)
    )


def due(kind):
    return list(Deadline.objects.filter(kind=kind).values_list("due_on", "closed_on", "owner"))


def part_2(placement):
    return Clock.objects.get(induction=placement.induction).part_2_starts_on


def test_what_complies_is_no_task_until_part_2_begins(placement):
    save(placement)
    assert due(BREACH) == []
    assert due(LOOK_AGAIN) == [(part_2(placement), None, "induction_tutor")]


def test_a_breach_is_the_headteachers_task_until_the_timetable_is_reduced(placement):
    row = save(placement, taught=Decimal(1200))
    assert told(last_event())["after"]["taught"] == "1200"
    assert due(BREACH) == [(START, None, "headteacher")], "1,200 minutes are too many in part 2 as well"
    better = date(2025, 10, 6)
    save(placement, starts_on=better)
    assert due(BREACH) == [(START, better, "headteacher")]
    deadline = Deadline.objects.get(kind=BREACH)
    assert label(deadline) == "Reduce the timetable"
    assert task_url(deadline).endswith(f"/cases/{row.induction_id}/timetable/")
    assert "90%" in deadline.why
    assert "1200" not in deadline.why


def test_a_change_of_pattern_may_make_a_breach(placement):
    save(placement)
    set_pattern(by=PORTAL, on=DAY, placement=placement, starts_on=date(2026, 1, 5), fte=Decimal("0.4"), days={})
    assert due(BREACH) == [(date(2026, 1, 5), None, "headteacher")]


def test_the_new_look_is_done_by_a_timetable_from_part_2_on(placement):
    save(placement)
    begins = part_2(placement)
    save(placement, starts_on=begins, on=begins, taught=Decimal(1197))
    assert due(LOOK_AGAIN) == []
    assert due(BREACH) == []


def test_a_second_from_the_same_day_corrects_the_first(placement):
    save(placement, taught=Decimal(1200))
    save(placement, taught=Decimal(1100))
    assert Timetable.objects.get().taught == 1100
    assert told(last_event())["before"]["taught"] == "1200.00"
    with pytest.raises(RuleBroken, match="recorded already"):
        save(placement, taught=Decimal(1100))


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"reference": Decimal(0), "taught": Decimal(0)}, "reference"),
        ({"taught": Decimal(0)}, "taught"),
        ({"taught": Decimal(1261)}, "taught"),
        ({"starts_on": date(2025, 8, 29)}, "starts_on"),
        ({"starts_on": date(2026, 9, 9)}, "starts_on"),
        ({"cycle": "half_term"}, "cycle"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(placement, other, field):
    with pytest.raises(RuleBroken) as broken:
        save(placement, **other)
    assert broken.value.field == field
    assert not Timetable.objects.exists()


def test_r43_school_and_body_set_how_long_a_cycle_may_be(placement):
    SchoolPolicyFactory(organisation=placement.school, averaging_cycle="half_term")
    save(placement, cycle="half_term")
    BodyPolicyFactory(organisation=placement.induction.body_periods.get().body, averaging_cycle="week")
    with pytest.raises(RuleBroken, match="a week at most"):
        save(placement, starts_on=date(2025, 9, 15), on=date(2025, 9, 15), cycle="fortnight")


def test_no_body_no_timetable(placement):
    placement.induction.body_periods.all().delete()
    with pytest.raises(RuleBroken, match="No appropriate body"):
        save(placement)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_is_told():
    placement = WorkingPatternFactory().placement
    BodyPeriodFactory(induction=placement.induction)
    reckon(placement.induction)
    version, start = Placement.objects.get().version, Barrier(2)

    def one(taught):
        try:
            start.wait(10)
            with transaction.atomic():
                save(placement, taught=taught, version=version)
        except ChangedMeanwhile:
            return "told"
        finally:
            connections.close_all()
        return "saved"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(one, [Decimal(1100), Decimal(1000)]))
    assert results == ["saved", "told"]
    assert Timetable.objects.count() == 1
