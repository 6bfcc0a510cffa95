"""A feed is iCalendar, whatever stands in it: read back by the library, and by a second reader of our own."""

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from cases.feed.ical import as_calendar, fingerprint, uid_of
from cases.parts import Dated
from tests.support.ical import content_lines, entries

ON, AT = date(2026, 10, 23), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the night in which summer time ends
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200)


def told(*dates, revision=1, name="Induction Portal: Oakfield"):
    return as_calendar(dates, name=name, revision=revision, changed_at=AT)


def entry(key="deadline:1", **changes):
    return Dated(**{"key": key, "on": ON, "says": "Progress review 2", "url": "/cases/1/dates/"} | changes)


def test_a_day_is_a_whole_day_of_no_time_zone():
    (event,) = icalendar.Calendar.from_ical(told(entry(about="Priya Shah", note="For the induction tutor."))).events
    assert (event["SUMMARY"], event.start, event.end) == ("Priya Shah: Progress review 2", ON, ON + timedelta(days=1))
    assert event["DTSTART"].params == {"VALUE": "DATE"}
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == AT
    assert event["SEQUENCE"] == 0
    assert event["URL"].endswith("/cases/1/dates/")
    assert event["DESCRIPTION"].startswith("For the induction tutor.\nOpen it in the Induction Portal: http")
    assert (event["CLASS"], event["TRANSP"]) == ("PRIVATE", "TRANSPARENT")


def test_several_days_end_on_the_day_after_the_last():
    (event,) = entries(told(entry(until=date(2026, 10, 30))))
    assert (event["DTSTART"], event["DTEND"]) == ("20261023", "20261031")


def test_an_empty_feed_is_a_calendar_too():
    calendar = icalendar.Calendar.from_ical(told())
    assert (calendar["X-WR-CALNAME"], calendar["X-WR-TIMEZONE"]) == ("Induction Portal: Oakfield", "Europe/London")
    assert entries(told()) == []


@given(about=NAMES, says=NAMES, note=NAMES)
def test_any_name_comes_back_as_it_was(about, says, note):
    data = told(entry(about=about, says=says, note=note), name=about)
    summary = f"{about}: {says}"
    (ours,), (theirs,) = entries(data), icalendar.Calendar.from_ical(data).events
    assert ours["SUMMARY"] == summary == str(theirs["SUMMARY"])
    assert ours["DESCRIPTION"].startswith(note)
    assert content_lines(data)


@given(st.lists(st.uuids(), unique=True, max_size=20))
def test_each_entry_has_its_own_lasting_identifier(keys):
    found = [each["UID"] for each in entries(told(*(entry(f"deadline:{key}") for key in keys)))]
    assert found == [uid_of(f"deadline:{key}") for key in keys]
    assert not any(str(key) in uid for key in keys for uid in found)


def test_what_has_not_changed_has_the_same_fingerprint_and_the_same_bytes():
    same, moved = [entry()], [entry(on=ON + timedelta(days=1))]
    assert fingerprint(same, "A") == fingerprint([entry()], "A")
    assert len({fingerprint(same, "A"), fingerprint(moved, "A"), fingerprint(same, "B")}) == 3
    assert told(*same) == told(entry())
    later = entries(told(*same, revision=4))
    assert later[0]["SEQUENCE"] == "3"
