"""What stops a registration: R1, R3, R4, R8 to R13, and the TRN as entered."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from cases.rules.calendar import england_default_calendar
from cases.rules.eligibility import RecordedStatus, Report, objections, tidy_trn
from cases.rules.registration import check_trn
from cases.rules.suitable_post import STATEMENTS, PostCheck

TODAY = date(2026, 7, 20)
TUTOR, MENTOR = UUID(int=1), UUID(int=2)
GOOD = Report(
    body_id=UUID(int=3),
    trn="3104871",
    name="Tomasz Zieliński",
    date_of_birth=date(2001, 3, 4),
    email="tomasz@example.com",
    qts_on=date(2026, 7, 10),
    qts_checked_on=date(2026, 7, 15),
    qts_checked_by="Sam Office",
    induction_status="required_to_complete",
    route="provider_led",
    lead_provider="Ambition",
    contract_starts_on=date(2026, 9, 1),
    starts_on=date(2026, 9, 8),
    post_checks=tuple(PostCheck),
    tutor_id=TUTOR,
    tutor_has_qts=True,
    tutor_minutes_a_week=60,
    mentor_id=MENTOR,
    mentor_has_qts=True,
    mentor_minutes_a_week=60,
)
CALENDAR = england_default_calendar(2026, 3)
WEEK = ("mon", "tue", "wed", "thu", "fri")


def stops(known=None, names_the_ect=False, on=TODAY, **changes):
    return objections(
        replace(GOOD, **changes),
        on=on,
        known_special_measures_from=known,
        calendar=CALENDAR,
        names_the_ect=names_the_ect,
    )


def fields(**changes):
    return [stop.field for stop in stops(**changes)]


def test_a_complete_registration_meets_no_objection():
    assert stops() == []


@pytest.mark.parametrize(
    ("typed", "trn"),
    [
        ("3104871", "3104871"),
        ("31048", "0031048"),
        ("310487", "0310487"),
        (" 31 04871 ", "3104871"),
        ("RP31/04871", "3104871"),
        ("31-04-871", "3104871"),
        ("31–04–871", "3104871"),
    ],
)
def test_r12_a_trn_as_entered_becomes_seven_digits(typed, trn):
    assert tidy_trn(typed) == trn
    check_trn(tidy_trn(typed))


@pytest.mark.parametrize("typed", ["3104", "31048711", "31O4871", "٣١٠٤٨٧١", "", "-", "x" * 5000])
def test_r12_what_is_no_trn_stays_as_it_was_typed_and_is_refused(typed):
    assert tidy_trn(typed) == typed
    assert fields(trn=typed) == ["trn"]


@pytest.mark.parametrize(
    ("born", "stopped"),
    [
        (date(2008, 7, 20), []),
        (date(2008, 7, 21), ["date_of_birth"]),
        (date(1925, 7, 21), []),
        (date(1925, 7, 20), ["date_of_birth"]),
    ],
)
def test_r12_from_18_to_100_years_old(born, stopped):
    assert fields(date_of_birth=born) == stopped


@pytest.mark.parametrize("status", RecordedStatus)
def test_r4_r13_only_who_has_induction_to_serve_is_registered(status):
    passes = status in {RecordedStatus.REQUIRED_TO_COMPLETE, RecordedStatus.IN_PROGRESS}
    found = stops(induction_status=status.value)
    assert [stop.field for stop in found] == ([] if passes else ["induction_status"])
    if not passes:
        assert any(
            word in found[0].message for word in ("nothing to register", "cannot be registered", "Register them")
        )


@pytest.mark.parametrize(
    ("changes", "stopped"),
    [
        # R1: qualified, checked since, and before the programme starts
        ({"qts_on": date(2001, 3, 4)}, ["qts_on"]),
        ({"qts_on": date(2026, 7, 21)}, ["qts_on"]),
        ({"qts_checked_on": date(2026, 7, 9)}, ["qts_checked_on"]),
        ({"qts_checked_on": date(2026, 7, 21)}, ["qts_checked_on"]),
        ({"starts_on": date(2026, 7, 9), "contract_starts_on": date(2026, 7, 1)}, ["starts_on"]),
        ({"starts_on": date(2026, 7, 10), "contract_starts_on": date(2026, 7, 1)}, []),
        # R3: within the contract, within a year
        ({"starts_on": date(2026, 8, 31)}, ["starts_on"]),
        ({"starts_on": date(2026, 9, 1)}, []),
        ({"starts_on": date(2027, 7, 20)}, []),
        ({"starts_on": date(2027, 7, 21)}, ["starts_on"]),
        ({"contract_ends_on": date(2026, 9, 7)}, ["contract_ends_on"]),
        ({"contract_ends_on": date(2026, 9, 8)}, []),
        # R18: a possible pattern
        ({"fte": Decimal("1.01")}, ["fte"]),
        ({"fte": Decimal("0.04")}, ["fte"]),
        ({"fte": Decimal("0.6"), "days": dict.fromkeys(WEEK, Decimal(0))}, ["days"]),
        ({"fte": Decimal("0.6"), "days": dict.fromkeys(WEEK, Decimal("0.6"))}, []),
        # the route
        ({"lead_provider": ""}, ["lead_provider"]),
        ({"lead_provider": "", "route": "school_led"}, []),
    ],
)
def test_r1_r3_dates_and_pattern(changes, stopped):
    assert fields(**changes) == stopped


@pytest.mark.parametrize(
    ("agreed", "ends", "stopped"),
    [
        (date(2026, 9, 7), None, []),
        (date(2026, 9, 8), None, ["supply_agreed_on"]),
        (None, None, ["supply_agreed_on"]),
        (date(2026, 9, 1), date(2027, 7, 22), []),
        (date(2026, 9, 1), date(2026, 12, 11), ["contract_ends_on"]),
    ],
)
def test_r11_supply_counts_only_when_agreed_before_and_for_a_term(agreed, ends, stopped):
    assert fields(is_supply=True, supply_agreed_on=agreed, contract_ends_on=ends) == stopped


def test_r11_a_whole_term_of_supply_counts():
    term = CALENDAR.term(0)
    agreed = {"is_supply": True, "supply_agreed_on": date(2026, 7, 19), "contract_starts_on": term.start}
    assert fields(**agreed, starts_on=term.start, contract_ends_on=term.end) == []


def test_r11_the_stop_says_until_when_short_supply_is_allowed():
    (stop,) = stops(is_supply=True, supply_agreed_on=date(2026, 9, 1), contract_ends_on=date(2026, 10, 1))
    assert "until 9 July 2031" in stop.message


@pytest.mark.parametrize(
    ("changes", "stopped"),
    [
        ({}, []),
        ({"known": date(2026, 9, 9)}, []),
        ({"known": date(2026, 9, 8)}, ["in_special_measures"]),
        ({"special_measures_from": date(2026, 2, 1)}, ["first_worked_here_on"]),
        ({"special_measures_from": date(2026, 9, 9)}, ["special_measures_from"]),
        ({"special_measures_from": date(2026, 2, 1), "first_worked_here_on": date(2026, 1, 31)}, []),
        ({"special_measures_from": date(2026, 2, 1), "first_worked_here_on": date(2026, 2, 1)},
         ["first_worked_here_on"]),
        ({"special_measures_from": date(2026, 2, 1), "ofsted_permission_on": date(2026, 6, 1), "ofsted_scope": "All"},
         []),
        ({"special_measures_from": date(2026, 2, 1), "ofsted_permission_on": date(2026, 6, 1)}, ["ofsted_scope"]),
        ({"special_measures_from": date(2026, 2, 1), "ofsted_permission_on": date(2026, 9, 9), "ofsted_scope": "All"},
         ["ofsted_permission_on"]),
        ({"special_measures_from": date(2026, 2, 1), "first_worked_here_on": date(2026, 3, 1),
          "ofsted_permission_on": date(2026, 6, 1), "ofsted_scope": "All"}, []),
    ],
)  # fmt: skip
def test_r8_special_measures(changes, stopped):
    assert fields(**changes) == stopped


@pytest.mark.parametrize("missing", PostCheck)
def test_r9_every_statement_about_the_post_is_needed(missing):
    (stop,) = stops(post_checks=tuple(check for check in PostCheck if check is not missing))
    assert stop.field == "post_checks"
    assert missing.label in stop.message


def test_r9_thirteen_statements_and_the_governing_bodys():
    assert len(STATEMENTS) == 14
    assert "and 13 more" in stops(post_checks=())[0].message


def test_r10_tutor_and_mentor_are_two_unless_there_is_a_reason():
    assert fields(mentor_id=TUTOR) == ["exception_reason"]
    assert fields(mentor_id=TUTOR, exception_reason="One teacher is here; the hub meets the ECT monthly") == []


def test_r10_nobody_is_their_own_mentor():
    assert fields(names_the_ect=True) == ["mentor"]


def test_everything_that_stops_is_told_at_once():
    found = fields(trn="1", induction_status="failed", starts_on=date(2026, 8, 31), post_checks=(), mentor_id=TUTOR)
    assert found == ["trn", "induction_status", "starts_on", "post_checks", "exception_reason"]
