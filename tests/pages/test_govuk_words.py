"""Dates and lists in words, as the GOV.UK style guide writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from induction_portal.govuk import words


@pytest.mark.parametrize(("filtered", "expected"), [
    ("{{ on|day }}", "9 January 2026"),
    ("{{ on|short_day }}", "9 Jan 2026"),
    ("{{ on|weekday }}", "Friday 9 January 2026"),
    ("{{ on|month }}", "January 2026"),
    ("{{ none|day }}{{ none|short_day }}{{ none|weekday }}{{ none|month }}{{ none|moment }}", ""),
    ("{{ at|moment }}", "20 June 2026 at 12:30am"),
    ("{{ at|day }}", "20 June 2026"),
    ("{{ noon|moment }}", "9 January 2026 at midday"),
])  # fmt: skip
def test_filters(filtered, expected):
    late = datetime(2026, 6, 19, 23, 30, tzinfo=UTC)
    noon = datetime(2026, 1, 9, 12, 0, tzinfo=UTC)
    shown = Template(filtered).render(Context({"on": date(2026, 1, 9), "at": late, "noon": noon, "none": None}))
    assert shown == expected


@pytest.mark.parametrize(("hour", "minute", "expected"), [
    (0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (12, 30, "12:30pm"), (17, 45, "5:45pm"),
])  # fmt: skip
def test_clock_times(hour, minute, expected):
    assert words.clock_time(datetime(2026, 1, 9, hour, minute, tzinfo=UTC)) == expected


@pytest.mark.parametrize(("items", "expected"), [
    ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
])  # fmt: skip
def test_lists(items, expected):
    assert words.listed(items) == expected


def test_abbreviations_keep_their_capitals():
    assert [words.lower_first(text) for text in ("Date held", "ECT’s name", "TRN")] == [
        "date held",
        "ECT’s name",
        "TRN",
    ]
