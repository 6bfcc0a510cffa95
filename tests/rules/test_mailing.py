"""When somebody is mailed: at once, together with others, or never; and never at a weekend what may wait."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.rules.mailing import MORNING, Pace, digest_day, end_of_quiet, goes_out, is_quiet
from cases.rules.working_days import is_working_day, wd_excl

ENGLAND = ZoneInfo("Europe/London")
GATHERING = st.sampled_from([Pace.DAILY, Pace.WEEKLY])
PACES = st.sampled_from(list(Pace))
WEEKDAYS = st.integers(0, 4)
DAYS, HOURS = st.dates(date(2000, 1, 1), date(2099, 12, 1)), st.times()
moments = st.builds(lambda day, hour: datetime.combine(day, hour, ENGLAND), DAYS, HOURS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ENGLAND)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-11-20 23:59", False),  # a Friday
        ("2026-11-21 00:00", True),
        ("2026-11-22 12:00", True),
        ("2026-11-23 06:59", True),
        ("2026-11-23 07:00", False),
        ("2026-11-24 03:00", False),
        ("2026-12-25 12:00", True),
        ("2026-12-28 12:00", True),  # in place of Boxing Day, a Saturday
        ("2026-12-29 06:59", True),
        ("2026-08-12 12:00", False),  # school holidays: deadlines run
    ],
)
def test_weekends_and_bank_holidays_are_quiet_until_the_morning_after(moment, quiet):
    assert is_quiet(at(moment)) is quiet


@pytest.mark.parametrize(
    ("pace", "weekday", "moment", "day"),
    [
        (Pace.DAILY, 0, "2026-11-18 06:59", "2026-11-18"),
        (Pace.DAILY, 0, "2026-11-18 07:00", "2026-11-19"),
        (Pace.DAILY, 0, "2026-11-20 16:00", "2026-11-23"),
        (Pace.DAILY, 0, "2026-12-24 16:00", "2026-12-29"),
        (Pace.WEEKLY, 4, "2026-11-18 16:00", "2026-11-20"),
        (Pace.WEEKLY, 4, "2026-11-20 07:00", "2026-11-27"),
        (Pace.WEEKLY, 0, "2026-05-24 16:00", "2026-05-26"),  # Monday is a bank holiday
        (Pace.WEEKLY, 0, "2026-05-25 16:00", "2026-05-26"),  # and this Monday's mail has not gone yet
        (Pace.WEEKLY, 4, "2026-12-23 16:00", "2026-12-29"),  # Friday is Christmas Day
        (Pace.WEEKLY, 4, "2026-12-26 16:00", "2026-12-29"),
    ],
)
def test_what_is_gathered_goes_with_the_next_morning_mail(pace, weekday, moment, day):
    assert digest_day(pace, at(moment), weekday) == date.fromisoformat(day)


@pytest.mark.parametrize("pace", [Pace.AT_ONCE, Pace.NEVER])
def test_only_what_gathers_has_a_day(pace):
    with pytest.raises(ValueError, match="gathers no messages"):
        digest_day(pace, at("2026-11-18 12:00"))


@pytest.mark.parametrize(
    ("changed", "moment", "goes"),
    [
        # The clocks go forward in the night to 29 March 2026 and back in that to 25 October: seven o'clock stays seven.
        ("forward", "2026-03-28 12:00", "2026-03-30 07:00+01:00"),
        ("back", "2026-10-24 12:00", "2026-10-26 07:00+00:00"),
        ("the hour there is not", "2026-03-29 01:30", "2026-03-30 07:00+01:00"),
        ("the hour there is twice", "2026-10-25 01:30", "2026-10-26 07:00+00:00"),
    ],
)
def test_the_morning_is_the_clock_on_the_wall(changed, moment, goes):
    for pace in (Pace.AT_ONCE, Pace.DAILY):
        assert goes_out(at(moment), pace=pace).isoformat(" ", "minutes") == goes, changed


@given(moments, PACES, WEEKDAYS, st.booleans())
def test_what_is_statutory_goes_at_once_whatever_anybody_prefers(moment, pace, weekday, urgent):
    assert goes_out(moment, statutory=True, urgent=urgent, pace=pace, weekday=weekday) == moment


@given(moments, PACES, WEEKDAYS)
def test_a_last_day_goes_at_once_unless_it_is_not_wanted(moment, pace, weekday):
    goes = goes_out(moment, urgent=True, pace=pace, weekday=weekday)
    assert goes == (None if pace is Pace.NEVER else moment)


@given(moments, PACES, WEEKDAYS)
def test_nothing_that_may_wait_goes_when_it_is_quiet_or_before_it_is_said(moment, pace, weekday):
    goes = goes_out(moment, pace=pace, weekday=weekday)
    assert (goes is None) == (pace is Pace.NEVER)
    if goes:
        assert goes >= moment
        assert not is_quiet(goes)


@given(moments)
def test_what_is_wanted_at_once_waits_no_longer_than_the_quiet(moment):
    goes = end_of_quiet(moment)
    if goes != moment:
        assert goes.time() == MORNING
        day = moment.date()
        while day < goes.date():
            assert not is_working_day(day) or day == moment.date()
            day += timedelta(days=1)


@given(moments, GATHERING, WEEKDAYS)
def test_the_morning_mail_is_the_first_that_is_still_to_come(moment, pace, weekday):
    day = digest_day(pace, moment, weekday)
    assert is_working_day(day)
    assert datetime.combine(day, MORNING, ENGLAND) > moment
    soonest = wd_excl(moment.date() - timedelta(days=1), 1)
    if pace is Pace.DAILY:
        assert day in {soonest, wd_excl(soonest, 1)}
    else:
        assert day - moment.date() <= timedelta(days=7 + 5)


@given(moments, moments, GATHERING, WEEKDAYS)
def test_who_speaks_later_is_never_mailed_earlier(one, other, pace, weekday):
    assume(one.replace(tzinfo=None) <= other.replace(tzinfo=None))
    assert digest_day(pace, one, weekday) <= digest_day(pace, other, weekday)


@given(moments, WEEKDAYS)
def test_a_week_of_messages_makes_one_weekly_mail_in_each_week(moment, weekday):
    """Over four weeks: the mails of weeks begun, and one more where holidays have put the last week's mail off."""
    hours = [moment + timedelta(hours=step) for step in range(0, 28 * 24, 6)]
    days = {digest_day(Pace.WEEKLY, hour, weekday) for hour in hours}
    assert len(days) <= 6


def test_a_working_week_of_daily_mails():
    said = [datetime.combine(date(2026, 11, 16), time(8), ENGLAND) + timedelta(hours=9 * step) for step in range(18)]
    days = sorted({digest_day(Pace.DAILY, each) for each in said})
    assert days == [date(2026, 11, day) for day in (17, 18, 19, 20, 23)]
