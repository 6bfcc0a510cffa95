"""Absences: recorded, refused, ended, withdrawn; what they reach, who is told, and what the ECT chooses afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.absences import effect_of_record
from cases.actions import (
    acknowledge_notice,
    change_absence,
    choose_leave,
    confirm_leave,
    notice_sent,
    record_absence,
    set_policy,
    settle_notice,
    withdraw_absence,
    write_reason,
)
from cases.actions.versions import ChangedMeanwhile
from cases.models import Absence, AbsenceNotice, AbsenceReason, Clock, Deadline
from cases.reckon import reckon
from cases.rules.absence_kinds import AbsenceKind
from cases.rules.errors import RuleBroken
from cases.rules.policy import AbsenceReading, Holder, defaults
from cases.tasks import recount_absences
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from induction_portal.audit.models import AuditEvent, AuditPayload
from notifications.models import Message
from tests.factories import (
    AppointmentFactory,
    BodyPeriodFactory,
    MembershipFactory,
    TeacherFactory,
    UserFactory,
    WorkingPatternFactory,
    viewer,
)
from tests.support.trail import last_event, recorded, told

PORTAL, START, DAY = System("test"), date(2025, 9, 1), date(2026, 6, 1)
SICK, MATERNITY = AbsenceKind.SICKNESS, AbsenceKind.MATERNITY
THIRTY = (date(2025, 11, 3), date(2025, 12, 12))  # six weeks of school days


@pytest.fixture
def on(monkeypatch):
    """The day that it is."""
    monkeypatch.setattr("induction_portal.clock.today", lambda: DAY)
    return DAY


@pytest.fixture
def placement(db, on):
    placement = WorkingPatternFactory(placement__induction__teacher=TeacherFactory(user=UserFactory())).placement
    BodyPeriodFactory(induction=placement.induction, body=placement.reported_body)
    AppointmentFactory(placement=placement, kind="induction_tutor")
    MembershipFactory(organisation=placement.school, role="headteacher", starts_on=START)
    reckon(placement.induction)
    return placement


def record(placement, starts_on, ends_on=None, kind=SICK, fraction="1", on=DAY):
    return record_absence(
        by=PORTAL, on=on, placement=placement, kind=kind, starts_on=starts_on, ends_on=ends_on,
        fraction=Decimal(fraction),
    )  # fmt: skip


def ends_on(placement):
    return Clock.objects.get(induction=placement.induction).ends_on


def deadlines(placement):
    fields = ("kind", "number", "due_on", "owner", "waits", "is_open", "closed_on", "why", "code")
    return list(Deadline.objects.filter(induction=placement.induction).order_by("kind", "number").values_list(*fields))


def due(placement, kind, number=None):
    found = Deadline.objects.filter(induction=placement.induction, kind=kind)
    return (found.filter(number=number) if number is not None else found).first()


def kinds_told():
    return set(Message.objects.values_list("kind", flat=True))


REFUSED = [
    ((date(2025, 10, 6), date(2025, 10, 3)), "ends_on", "on or after the first"),
    ((date(2025, 8, 29), date(2025, 9, 2)), "starts_on", "began on 1 September 2025"),
    ((date(2026, 6, 2), date(2026, 6, 3)), "starts_on", "today or in the past"),
    ((date(2026, 5, 29), date(2026, 6, 2)), "ends_on", "Leave it empty if the ECT is still away"),
    ((date(2025, 9, 1), date(2026, 9, 1)), "ends_on", "longer than a year"),
]


@pytest.mark.parametrize(("days", "field", "words"), REFUSED)
def test_what_cannot_be_is_refused_beside_the_field(placement, days, field, words):
    with pytest.raises(RuleBroken, match=words) as broken:
        record(placement, *days)
    assert broken.value.field == field
    assert not Absence.objects.exists()


def test_part_of_several_days_is_refused(placement):
    with pytest.raises(RuleBroken, match="one day") as broken:
        record(placement, date(2025, 10, 6), date(2025, 10, 7), fraction="0.5")
    assert broken.value.field == "fraction"
    assert record(placement, date(2025, 10, 6), date(2025, 10, 6), fraction="0.5").day_fraction == Decimal("0.5")


def test_what_overlaps_is_refused_of_one_kind_alone(placement):
    record(placement, date(2025, 10, 6), date(2025, 10, 10))
    with pytest.raises(RuleBroken, match="from 6 October 2025 to 10 October 2025 is recorded already") as broken:
        record(placement, date(2025, 10, 10))
    assert broken.value.field == "starts_on"
    record(placement, date(2025, 10, 10), date(2025, 10, 10), kind=AbsenceKind.JURY_SERVICE)


def test_an_open_absence_of_over_a_year_is_a_slip_and_leave_may_be_planned(placement):
    with pytest.raises(RuleBroken, match="more than a year ago"):
        record(placement, date(2025, 9, 1), on=date(2026, 9, 1))
    planned = record(placement, date(2026, 9, 7), date(2027, 3, 5), kind=MATERNITY)
    assert planned.starts_on > DAY
    with pytest.raises(RuleBroken, match="more than a year from now"):
        record(placement, date(2027, 6, 2), date(2027, 6, 3), kind=AbsenceKind.CARERS)


def test_thirty_days_extend_the_part_and_open_the_notice(placement):
    before, assessment = ends_on(placement), due(placement, "first_assessment").due_on
    record(placement, THIRTY[0], date(2025, 12, 11))  # 29 days
    assert ends_on(placement) == before
    assert [d.number for d in Deadline.objects.filter(kind="absence_warning").order_by("number")] == [115, 120, 125]
    record(placement, date(2025, 12, 12), date(2025, 12, 12), kind=AbsenceKind.STRIKE)
    assert ends_on(placement) > before
    assert due(placement, "first_assessment").due_on > assessment
    notice = due(placement, "absence_notice")
    assert (notice.code, notice.owner, notice.number, notice.opened_on) == ("D19", "headteacher", 130, THIRTY[1])
    assert notice.due_on == date(2025, 12, 15)  # one working day after the Friday
    assert "as soon as" in notice.why
    row = AbsenceNotice.objects.get(figure=30)
    assert row.body_id == placement.reported_body_id
    assert {"absence_notice", "absence_extends", "absence_recorded"} <= kinds_told()
    officer = placement.induction.body_periods.get().officer
    assert list(Message.objects.filter(kind="absence_notice").values_list("recipient", flat=True)) == [officer.pk]


def test_a_warning_closes_with_the_next_figure_or_once_seen(placement):
    record(placement, THIRTY[0], date(2025, 12, 3))  # 23 days: 15 and 20
    first, second = Deadline.objects.filter(kind="absence_warning").order_by("number")
    assert (first.closed_on, second.is_open) == (second.opened_on, True)
    assert Message.objects.filter(kind="absence_warning").values("subject_id").count() == 2  # tutor and head, once
    head = viewer(placement.school, Role.HEADTEACHER, on=DAY)
    settle_notice(by=head, on=DAY, notice=AbsenceNotice.objects.get(figure=20))
    assert due(placement, "absence_warning", 120).closed_on == DAY
    with pytest.raises(RuleBroken, match="already"):
        settle_notice(by=head, on=DAY, notice=AbsenceNotice.objects.get(figure=20))
    with pytest.raises(RuleBroken, match="for the school"):
        acknowledge_notice(by=head, on=DAY, notice=AbsenceNotice.objects.get(figure=20))


def test_the_notice_closes_when_it_went_out_and_the_body_still_has_to_acknowledge(placement):
    record(placement, *THIRTY)
    notice = AbsenceNotice.objects.get(figure=30)
    assert due(placement, "absence_notice").is_open
    notice_sent(on=DAY, notice_id=notice.pk)
    notice_sent(on=DAY, notice_id=notice.pk)
    assert AuditEvent.objects.filter(event="absence_notice_sent").count() == 1
    assert due(placement, "absence_notice").closed_on == DAY
    officer = viewer(placement.reported_body, Role.BODY_OFFICER, on=DAY)
    acknowledge_notice(by=officer, on=DAY, notice=notice)
    with pytest.raises(RuleBroken, match="already"):
        acknowledge_notice(by=officer, on=DAY, notice=notice)


def test_withdrawing_takes_everything_back_and_the_body_is_told(placement):
    untouched = deadlines(placement), ends_on(placement)
    absence = record(placement, *THIRTY)
    assert (deadlines(placement), ends_on(placement)) != untouched
    withdraw_absence(by=PORTAL, on=DAY, absence=absence, version=1)
    assert (deadlines(placement), ends_on(placement)) == untouched
    assert "absence_notice_withdrawn" in kinds_told()
    assert not AbsenceNotice.objects.filter(withdrawn_on=None).exists()
    assert Absence.objects.get().withdrawn_on == DAY
    with pytest.raises(RuleBroken, match="already"):
        withdraw_absence(by=PORTAL, on=DAY, absence=absence)
    record(placement, *THIRTY)
    assert AbsenceNotice.objects.filter(figure=30).count() == 2


DAYS = st.dates(START, DAY)
WRITES = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
ROWS = st.tuples(DAYS, st.integers(0, 90), st.sampled_from([SICK, AbsenceKind.UNPAID, MATERNITY, AbsenceKind.TRAINING]))


@WRITES
@given(row=ROWS)
def test_what_the_page_says_is_what_is_reckoned_and_withdrawing_undoes_it(placement, row):
    starts_on, length, kind = row
    typed = {"kind": kind, "starts_on": starts_on, "ends_on": min(starts_on + timedelta(days=length), DAY)}
    untouched = deadlines(placement), ends_on(placement)
    with transaction.atomic():
        shown = effect_of_record(placement, None, on=DAY, fraction=Decimal(1), **typed)
        absence = record_absence(by=PORTAL, on=DAY, placement=placement, **typed)
        assert (shown.before, shown.after) == (untouched[1], ends_on(placement))
        withdraw_absence(by=PORTAL, on=DAY, absence=absence)
        assert (deadlines(placement), ends_on(placement)) == untouched
        transaction.set_rollback(True)


def test_a_change_is_told_with_what_it_was_and_conflicts_are_found(placement):
    absence = record(placement, date(2025, 10, 6), date(2025, 10, 7))
    change = {"by": PORTAL, "on": DAY, "absence": absence, "kind": SICK, "starts_on": date(2025, 10, 6)}
    with pytest.raises(RuleBroken, match="recorded already"):
        change_absence(**change, ends_on=date(2025, 10, 7))
    change_absence(**change, ends_on=date(2025, 10, 8), version=1)
    assert recorded() == ("absence_changed", "case")
    event = told(last_event())
    assert (event["before"]["ends_on"], event["after"]["ends_on"]) == ("2025-10-07", "2025-10-08")
    with pytest.raises(ChangedMeanwhile) as conflict:
        change_absence(**change, ends_on=date(2025, 10, 9), version=1)
    assert conflict.value.version == 2


def test_the_reason_is_a_row_of_its_own_and_the_trail_knows_only_that_it_was_written(placement):
    absence = record(placement, date(2025, 10, 6), date(2025, 10, 7))
    write_reason(by=PORTAL, on=DAY, absence=absence, text="A broken wrist", version=0)
    with pytest.raises(RuleBroken, match="Somebody else"):
        write_reason(by=PORTAL, on=DAY, absence=absence, text="Typed over", version=0)
    write_reason(by=PORTAL, on=DAY, absence=absence, text="A sprained wrist", version=1)
    assert AbsenceReason.objects.get().text == "A sprained wrist"
    assert recorded() == ("absence_reason_written", "case")
    assert not AuditPayload.objects.filter(content__contains="wrist").exists()
    with pytest.raises(RuleBroken, match="Enter the reason"):
        write_reason(by=PORTAL, on=DAY, absence=absence, text=" ")


def test_leave_is_chosen_after_return_by_the_ect_and_stands_once_confirmed(placement):
    untouched = ends_on(placement)
    leave = record(placement, date(2026, 2, 2), kind=MATERNITY)
    ect = viewer(None, Role.ECT, user=placement.induction.teacher.user, on=DAY)
    with pytest.raises(RuleBroken, match="once you are back"):
        choose_leave(by=ect, on=DAY, absence=leave, extend=True)
    held = due(placement, "first_assessment")
    assert (held.waits, held.rule) == ("return", "R51")
    told = {"kind": MATERNITY, "starts_on": leave.starts_on}
    change_absence(by=PORTAL, on=DAY, absence=leave, ends_on=date(2026, 5, 22), **told)
    assert "leave_returned" in kinds_told()
    choice = due(placement, "leave_choice")
    assert (choice.code, choice.owner, choice.opened_on, choice.is_open) == ("D21", "ect", date(2026, 6, 1), True)
    leave = choose_leave(by=ect, on=DAY, absence=leave, extend=True)
    assert ends_on(placement) > untouched
    assert due(placement, "leave_choice").closed_on == DAY
    leave = choose_leave(by=ect, on=DAY, absence=leave, extend=False)
    assert ends_on(placement) == untouched
    with pytest.raises(RuleBroken, match="already"):
        choose_leave(by=ect, on=DAY, absence=leave, extend=False)
    officer = viewer(placement.reported_body, Role.BODY_OFFICER, on=DAY)
    leave = confirm_leave(by=officer, on=DAY, absence=leave, version=leave.version)
    for refused in (
        lambda: choose_leave(by=ect, on=DAY, absence=leave, extend=True),
        lambda: withdraw_absence(by=PORTAL, on=DAY, absence=leave),
        lambda: change_absence(by=PORTAL, on=DAY, absence=leave, ends_on=date(2026, 5, 21), **told),
        lambda: confirm_leave(by=officer, on=DAY, absence=leave),
    ):
        with pytest.raises(RuleBroken, match="confirmed"):
            refused()


def test_ordinary_absence_leaves_nothing_to_choose(placement):
    absence = record(placement, date(2025, 10, 6), date(2025, 10, 7))
    with pytest.raises(RuleBroken, match="nothing to choose"):
        choose_leave(by=viewer(None, Role.ECT, on=DAY), on=DAY, absence=absence, extend=True)


def test_an_open_absence_is_counted_again_every_day(placement, monkeypatch):
    record(placement, date(2026, 5, 11))
    assert not Deadline.objects.filter(kind="absence_warning").exists()
    monkeypatch.setattr("induction_portal.clock.today", lambda: date(2026, 6, 11))
    assert recount_absences() == 1
    assert due(placement, "absence_warning", 115).is_open
    assert Message.objects.filter(kind="absence_warning").exists()
    sent = Message.objects.count()
    assert recount_absences() == 0
    assert Message.objects.count() == sent


def test_settings_move_the_warnings_and_the_counting(placement):
    record(placement, date(2025, 10, 6), date(2025, 10, 6), fraction="0.5")
    record(placement, date(2025, 11, 3), date(2025, 11, 14))  # ten days
    assert not Deadline.objects.filter(kind="absence_warning").exists()
    early = START - timedelta(days=30)
    school = defaults(Holder.SCHOOL) | {"absence_warning_from": 10}
    set_policy(by=PORTAL, on=early, organisation=placement.school, starts_on=early, values=school, version=0)
    placement.induction.refresh_from_db()
    assert placement.induction.stale
    reckon(placement.induction)
    assert [d.number for d in Deadline.objects.filter(kind="absence_warning")] == [110]
    body = defaults(Holder.BODY) | {"part_day_as_full": True}
    set_policy(by=PORTAL, on=early, organisation=placement.reported_body, starts_on=early, values=body, version=0)
    reckon(placement.induction)
    assert "10 days on 13 November" in due(placement, "absence_warning", 110).why


def test_a_body_may_read_thirty_days_pro_rata(placement):
    placement.patterns.update(fte=Decimal("0.5"))
    reckon(placement.induction)
    untouched = ends_on(placement)
    record(placement, date(2025, 11, 3), date(2025, 12, 16))  # 32 school days weigh 16
    assert ends_on(placement) == untouched
    assert due(placement, "absence_warning", 115).is_open  # 30 × 0.5
    early, values = START - timedelta(days=30), defaults(Holder.BODY)
    values |= {"absence_reading": AbsenceReading.CALENDAR_PRORATA.value}
    set_policy(by=PORTAL, on=early, organisation=placement.reported_body, starts_on=early, values=values, version=0)
    reckon(placement.induction)
    assert ends_on(placement) > untouched


def test_absence_after_a_report_counts_and_both_parties_see_it(placement):
    review = due(placement, "progress_review", 1)
    Deadline.objects.filter(pk=review.pk).update(closed_on=review.due_on - timedelta(days=10))
    from cases.actions import absences as module

    late = Absence(induction=placement.induction, starts_on=review.due_on, ends_on=review.due_on)
    assert module._falls_after_report(late, DAY)
    early = Absence(induction=placement.induction, starts_on=START, ends_on=START)
    assert not module._falls_after_report(early, DAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_records_the_days(monkeypatch):
    monkeypatch.setattr("induction_portal.clock.today", lambda: DAY)
    placement = WorkingPatternFactory().placement
    BodyPeriodFactory(induction=placement.induction, body=placement.reported_body)
    barrier = Barrier(2)

    def send(number):
        barrier.wait()
        try:
            return record(placement, date(2025, 10, 6), date(2025, 10, 7 + number))
        except RuleBroken as broken:
            return broken
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(send, range(2)))
    assert sorted(type(each).__name__ for each in results) == ["Absence", "RuleBroken"]
    assert Absence.objects.count() == 1
