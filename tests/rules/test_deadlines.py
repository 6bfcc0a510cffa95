"""Deadlines as facts in and dates out: D1-D35, R89, R90."""

from datetime import date

import pytest

from cases.rules.deadline_rules import RULES
from cases.rules.deadlines import Opened, deadlines, due_on, final_paperwork_due, reminders
from cases.rules.transitions import ROLE_NAMES

TRIGGER = date(2026, 12, 18)  # a Friday; 25 and 28 December and 1 January are bank holidays


def test_every_deadline_is_in_the_table():
    assert list(RULES) == [f"D{number}" for number in range(1, 36)]
    for rule in RULES.values():
        assert rule.responsible in ROLE_NAMES
        assert set(rule.recipients) <= set(ROLE_NAMES)
        assert rule.name
        assert rule.opened_by


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ("D1", date(2026, 12, 17)),
        ("D2", TRIGGER),
        ("D3", TRIGGER),
        ("D4", TRIGGER),
        ("D5", date(2027, 1, 6)),
        ("D6", TRIGGER),
        ("D7", date(2027, 1, 6)),
        ("D8", date(2027, 1, 6)),
        ("D9", date(2027, 1, 5)),
        ("D10", date(2027, 1, 5)),
        ("D11", date(2027, 1, 19)),
        ("D12", date(2026, 12, 22)),
        ("D13", date(2026, 12, 22)),
        ("D14", date(2027, 1, 20)),
        ("D15", date(2027, 1, 19)),
        ("D16", date(2026, 11, 27)),
        ("D17", date(2026, 12, 4)),
        ("D18", date(2027, 1, 5)),
        ("D19", date(2026, 12, 21)),
        ("D20", TRIGGER),
        ("D21", date(2027, 1, 6)),
        ("D22", TRIGGER),
        ("D23", date(2026, 12, 29)),
        ("D24", date(2027, 1, 14)),
        ("D25", date(2027, 1, 28)),
        ("D26", date(2027, 1, 28)),
        ("D27", date(2026, 12, 25)),
        ("D28", date(2026, 12, 25)),
        ("D29", date(2026, 12, 29)),
        ("D30", date(2026, 12, 29)),
        ("D31", TRIGGER),
        ("D32", date(2031, 12, 17)),
        ("D33", TRIGGER),
        ("D34", TRIGGER),
        ("D35", date(2032, 12, 18)),
    ],
)
def test_each_deadline_from_a_friday_before_christmas(code, due):
    assert due_on(code, TRIGGER) == due


def test_r70_a_plan_ends_after_its_own_weeks():
    assert due_on("D24", date(2026, 9, 7), weeks=3) == date(2026, 9, 27)


def test_r89_final_paperwork_is_due_at_the_earlier_of_the_two():
    assert final_paperwork_due(meeting=date(2026, 7, 20), completed=date(2026, 7, 22)) == date(2026, 8, 3)
    assert final_paperwork_due(meeting=date(2026, 7, 22), completed=date(2026, 7, 22)) == date(2026, 8, 4)


def test_deadlines_come_in_the_order_they_fall_due():
    found = deadlines([Opened("D8", TRIGGER, "a"), Opened("D9", TRIGGER, "a"), Opened("D9", TRIGGER, "A")])
    assert [(due.rule.code, due.opened.subject) for due in found] == [("D9", "A"), ("D9", "a"), ("D8", "a")]


def test_a_deadline_expires_at_the_end_of_its_day_and_closes_when_met():
    (due,) = deadlines([Opened("D9", TRIGGER)])
    assert [due.is_overdue(day) for day in (date(2027, 1, 5), date(2027, 1, 6))] == [False, True]
    assert [due.days_left(day) for day in (date(2026, 12, 31), date(2027, 1, 5), date(2027, 1, 8))] == [2, 0, 0]
    (met,) = deadlines([Opened("D9", TRIGGER, met_on=date(2027, 1, 9))])
    assert not met.is_overdue(date(2027, 2, 1))


def test_r90_reminders_and_those_from_before_it_opened_are_dropped():
    (due,) = deadlines([Opened("D9", TRIGGER)])
    assert reminders(due, TRIGGER) == [
        date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 5), date(2027, 1, 6), date(2027, 1, 8),
    ]  # fmt: skip
    assert reminders(due, date(2026, 12, 30))[0] == date(2026, 12, 31)


def test_r90_some_close_only_when_somebody_records_it():
    by_hand = {code for code, rule in RULES.items() if rule.closed_by_hand}
    assert by_hand == {"D2", "D3", "D13", "D15", "D16", "D17", "D31"}
