"""Corrections, contracts, names, identity and leaving: done, refused, recorded; what was shown holds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.actions import change_contract, correct_pattern, correct_teacher, end_placement, rename, set_pattern
from cases.actions.versions import ChangedMeanwhile
from cases.changing import effect_of_end, effect_of_pattern
from cases.models import Clock, Placement, WorkingPattern
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.moving import LeavingCause
from induction_portal.accounts.viewer import System
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.factories import BodyPeriodFactory, TeacherFactory, UserFactory, WorkingPatternFactory
from tests.support.trail import last_event, recorded, told

PORTAL, DAY, START = System("test"), date(2026, 6, 1), date(2025, 9, 1)
WEEK = {"mon": 1, "tue": 1, "wed": 1, "thu": 0, "fri": 0}


@pytest.fixture
def placement(db):
    placement = WorkingPatternFactory().placement
    reckon(placement.induction)
    return placement


def ends_on(placement):
    return Clock.objects.get(induction=placement.induction).ends_on


DAYS = st.dates(START, date(2027, 5, 31))
SHARES = st.integers(5, 100).map(lambda hundredths: Decimal(hundredths) / 100)
WRITES = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@WRITES
@given(day=DAYS, fte=SHARES, correcting=st.booleans())
def test_what_the_page_says_before_saving_is_what_is_reckoned_after(placement, day, fte, correcting):
    first = placement.patterns.get()
    step = {"starts_on": START if correcting else day, "fte": fte, "days": {}}
    if (not correcting and day == START) or (correcting and fte == 1):
        return
    with transaction.atomic():
        shown = effect_of_pattern(placement, **step, correcting=first if correcting else None)
        assert shown.before == ends_on(placement)
        if correcting:
            correct_pattern(by=PORTAL, on=DAY, pattern=first, **step)
        else:
            set_pattern(by=PORTAL, on=DAY, placement=placement, **step)
        assert shown.after == ends_on(placement)
        transaction.set_rollback(True)


@WRITES
@given(day=DAYS)
def test_what_leaving_is_said_to_do_it_does(placement, day):
    with transaction.atomic():
        shown = effect_of_end(placement, day)
        end_placement(by=PORTAL, on=DAY, placement=placement, last_day=day, cause=LeavingCause.MOVED_SCHOOL)
        assert shown.after == ends_on(placement)
        transaction.set_rollback(True)


def test_a_correction_keeps_what_it_was_in_the_trail(placement):
    pattern = placement.patterns.get()
    days = {day: Decimal(weight) for day, weight in WEEK.items()}
    correct_pattern(by=PORTAL, on=DAY, pattern=pattern, starts_on=START, fte=Decimal("0.6"), days=days)
    assert recorded() == ("pattern_corrected", "case")
    event = told(last_event())
    assert Decimal(event["before"]["fte"]) == 1
    assert (event["after"]["fte"], event["after"]["mon"]) == ("0.6", "1")
    assert WorkingPattern.objects.get().days["mon"] == "1.00"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({}, "fte", "recorded already"),
        ({"starts_on": date(2025, 9, 2)}, "starts_on", "starts with the placement"),
        ({"fte": Decimal("0.8"), "days": {day: Decimal(w) for day, w in WEEK.items()}}, "fte", "add up to 0.6"),
        ({"starts_on": date(2027, 6, 2)}, "starts_on", "check the year"),
    ],
)
def test_a_correction_has_to_be_possible(placement, changes, field, words):
    step = {"starts_on": START, "fte": Decimal(1), "days": {}} | changes
    with pytest.raises(RuleBroken, match=words) as broken:
        correct_pattern(by=PORTAL, on=DAY, pattern=placement.patterns.get(), **step)
    assert broken.value.field == field
    assert not AuditEvent.objects.filter(event="pattern_corrected").exists()


def test_the_second_of_two_changes_from_one_page_is_a_conflict(placement):
    change_contract(by=PORTAL, on=DAY, placement=placement, contract_ends_on=date(2027, 7, 22), version=1)
    with pytest.raises(ChangedMeanwhile) as conflict:
        change_contract(by=PORTAL, on=DAY, placement=placement, contract_ends_on=date(2027, 8, 31), version=1)
    assert conflict.value.version == 2
    assert Placement.objects.get().contract_ends_on == date(2027, 7, 22)
    assert told(last_event())["before"] == {"contract_ends_on": None}


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_the_same_moment_one_is_first():
    placement = WorkingPatternFactory().placement
    barrier = Barrier(2)

    def change(number):
        barrier.wait()
        step = {"starts_on": date(2026, 1, 5 + number), "fte": Decimal("0.5"), "days": {}}
        try:
            return set_pattern(by=PORTAL, on=DAY, placement=placement, version=1, **step)
        except ChangedMeanwhile:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(change, range(2)))
    assert answers.count(None) == 1
    assert placement.patterns.count() == 2


def test_leaving_has_its_cause_which_the_trail_does_not_tell(placement):
    end_placement(by=PORTAL, on=DAY, placement=placement, last_day=DAY, cause=LeavingCause.SICKNESS)
    assert Placement.objects.get().leaving_cause == "long_term_sickness"
    event = AuditEvent.objects.get(event="placement_ended")
    assert told(event) == {"before": {"ends_on": None}, "after": {"ends_on": "2026-06-01"}}


def test_a_new_name_is_found_and_the_sign_in_has_it_too(placement):
    teacher = placement.induction.teacher
    teacher.user = UserFactory(name=teacher.name)
    teacher.save()
    was = teacher.name
    rename(by=PORTAL, on=DAY, induction=placement.induction, name=" Zoë  Ó Sé ", version=1)
    teacher.refresh_from_db()
    assert (teacher.name, teacher.sort_name, teacher.user.name) == ("Zoë Ó Sé", "zoe o se", "Zoë Ó Sé")
    assert told(last_event()) == {"before": {"name": was}, "after": {"name": "Zoë Ó Sé"}}
    with pytest.raises(RuleBroken, match="recorded already"):
        rename(by=PORTAL, on=DAY, induction=placement.induction, name="Zoë Ó Sé")
    with pytest.raises(ChangedMeanwhile):
        rename(by=PORTAL, on=DAY, induction=placement.induction, name="Other", version=1)


def correct(placement, **changes):
    teacher = placement.induction.teacher
    known = {"trn": teacher.trn, "date_of_birth": teacher.date_of_birth, "qts_on": teacher.qts_on}
    return correct_teacher(by=PORTAL, on=DAY, induction=placement.induction, **known | changes)


def test_identity_is_corrected_and_only_what_changed_is_told(placement):
    teacher = correct(placement, trn="7654321")
    assert teacher.trn == "7654321"
    assert recorded() == ("teacher_corrected", "case")
    assert told(last_event())["after"] == {"trn": "7654321"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"trn": "123"}, "trn"),
        ({}, "trn"),
        ({"qts_on": date(2025, 9, 2)}, "qts_on"),
        ({"date_of_birth": date(2010, 1, 1)}, "date_of_birth"),
    ],
)
def test_identity_has_to_be_possible(placement, changes, field):
    with pytest.raises(RuleBroken) as broken:
        correct(placement, **changes)
    assert broken.value.field == field


def test_another_teachers_number_is_refused_without_saying_whose(placement):
    other = TeacherFactory(name="Somebody Else")
    with pytest.raises(RuleBroken, match="cannot be used") as broken:
        correct(placement, trn=other.trn)
    assert "Somebody" not in broken.value.message


def test_the_officer_and_the_ect_are_told_once_the_placement_has_begun(placement):
    teacher, today = placement.induction.teacher, date.today()  # noqa: DTZ011 - who is officer, today decides
    teacher.user = UserFactory()
    teacher.save()
    officer = BodyPeriodFactory(induction=placement.induction).officer
    change_contract(by=PORTAL, on=START, placement=placement, contract_ends_on=today + timedelta(days=900))
    assert not Message.objects.exists()
    change_contract(by=PORTAL, on=DAY, placement=placement, contract_ends_on=None)
    assert {message.recipient_id for message in Message.objects.all()} == {teacher.user_id, officer.pk}
    assert {message.url for message in Message.objects.all()} == {f"/cases/{placement.induction_id}/service/"}
