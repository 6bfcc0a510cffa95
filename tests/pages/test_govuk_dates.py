"""Dates typed in three boxes: every mistake has its message, marks its boxes, and keeps what was typed."""

from datetime import date, timedelta

import pytest
from django import forms

from induction_portal import clock
from induction_portal.govuk.dates import DateField, month_number
from induction_portal.govuk.present import boxes_at_fault, field_html, first_id


class Review(forms.Form):
    held_on = DateField(label="When was it held?", named="the date it was held", past=True)
    due_on = DateField(
        label="Due", named="the due date", required=False, earliest=date(2026, 9, 1), latest=lambda: date(2027, 7, 21)
    )


def filled(day="9", month="1", year="2026", name="held_on"):
    return Review({"held_on-day": "1", "held_on-month": "1", "held_on-year": "2026"} | {
        f"{name}-day": day, f"{name}-month": month, f"{name}-year": year,
    })  # fmt: skip


@pytest.mark.parametrize(("day", "month", "year", "message", "boxes"), [
    ("", "", "", "Enter the date it was held", ["day", "month", "year"]),
    ("9", "", "2026", "The date it was held must include a month", ["month"]),
    ("", "", "2026", "The date it was held must include a day and month", ["day", "month"]),
    ("31", "2", "2026", "The date it was held must be a real date", ["day", "month", "year"]),
    ("29", "2", "2025", "The date it was held must be a real date", ["day", "month", "year"]),
    ("32", "1", "2026", "The date it was held must be a real date", ["day"]),
    ("0", "13", "2026", "The date it was held must be a real date", ["day", "month"]),
    ("x", "Janvier", "2026", "The date it was held must be a real date", ["day", "month"]),
    ("1_0", "1", "2026", "The date it was held must be a real date", ["day"]),
    ("9" * 5000, "1", "2026", "The date it was held must be a real date", ["day"]),
    ("9", "1", "26", "The date it was held must have a year of 4 numbers, like 2026", ["year"]),
    ("9", "1", "0202", "The date it was held must have a year between 1900 and 2100", ["year"]),
    ("9", "1", "next", "The date it was held must be a real date", ["year"]),
    ("-9", "1", "2026", "The date it was held must be a real date", ["day"]),
])  # fmt: skip
def test_each_mistake_has_its_message_and_marks_its_boxes(day, month, year, message, boxes):
    form = filled(day, month, year)
    assert form.errors["held_on"] == [message]
    assert boxes_at_fault(form["held_on"]) == boxes
    assert first_id(form["held_on"]) == f"id_held_on-{boxes[0]}"
    html = field_html(form["held_on"])
    assert html.count("govuk-input--error") == len(boxes)
    for typed in filter(None, (day, month, year)):
        assert f'value="{typed}"' in html


@pytest.mark.parametrize(("month", "number"), [
    ("1", 1), ("01", 1), ("12", 12), ("jan", 1), ("Sept", 9), ("SEPTEMBER", 9), ("ju", 0), ("juxe", 0),
    ("13", 13), ("", 0),
])  # fmt: skip
def test_months_are_numbers_or_names(month, number):
    assert month_number(month) == number


def test_a_real_date_is_read():
    form = filled(" 9 ", "jan", "2026")
    assert form.is_valid()
    assert form.cleaned_data["held_on"] == date(2026, 1, 9)


def test_today_is_not_in_the_future_and_tomorrow_is():
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    assert not filled(str(today.day), str(today.month), str(today.year)).errors
    late = filled(str(tomorrow.day), str(tomorrow.month), str(tomorrow.year))
    assert late.errors["held_on"] == ["The date it was held must be today or in the past"]


@pytest.mark.parametrize(("day", "month", "year", "errors"), [
    ("31", "8", "2026", ["The due date must be on or after 1 September 2026"]),
    ("1", "9", "2026", None),
    ("21", "7", "2027", None),
    ("22", "7", "2027", ["The due date must be on or before 21 July 2027"]),
    ("", "", "", None),
])  # fmt: skip
def test_limits_are_inclusive(day, month, year, errors):
    assert filled(day, month, year, name="due_on").errors.get("due_on") == errors


def test_a_known_date_fills_the_boxes():
    html = field_html(Review(initial={"held_on": date(2026, 1, 9)})["held_on"])
    assert ['value="9"' in html, 'value="1"' in html, 'value="2026"' in html] == [True] * 3


def test_only_a_typed_change_counts_as_one():
    initial = {"held_on": date(2026, 1, 9)}
    same = {"held_on-day": "9", "held_on-month": "1", "held_on-year": "2026"}
    assert not Review(same, initial=initial).has_changed()
    assert Review(same | {"held_on-day": "10"}, initial=initial).has_changed()
