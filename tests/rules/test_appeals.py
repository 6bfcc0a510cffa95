"""Appeals: the time for one, the days of each step, and what it does to an induction (R66-R68, D14-D18)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules import appeals
from cases.rules.appeals import Answer, Made, Time
from cases.rules.deadlines import due_on
from cases.rules.errors import RuleBroken
from cases.rules.notices import Given, appeal_until, deemed_received
from cases.rules.outcomes import AppealOutcome, Outcome
from cases.rules.statuses import AppealStatus, DecisionStatus, InductionStatus, NoticeStatus
from cases.rules.working_days import is_working_day

SENT, LAST = date(2027, 2, 1), date(2027, 3, 2)  # the example of R66
DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
OPEN, CLOSED = Time(LAST), Time(LAST, closed_on=LAST + DAY)
FAILED, EXTENDED = DecisionStatus.FAILED, DecisionStatus.EXTENDED


def made(status, on=LAST, **days):
    return Made(status, on, **days)


@pytest.mark.parametrize(
    ("time", "appeal", "today", "status"),
    [
        (Time(), None, LAST, AppealStatus.WINDOW_OPEN),
        (OPEN, None, LAST, AppealStatus.WINDOW_OPEN),
        (OPEN, None, LAST + DAY, AppealStatus.WINDOW_CLOSED),
        (Time(LAST, renounced_on=SENT), None, SENT, AppealStatus.NOT_APPEALING),
        (OPEN, made(AppealStatus.MADE), LAST + DAY, AppealStatus.MADE),
        (Time(LAST, renounced_on=SENT), made(AppealStatus.REPLIED), LAST, AppealStatus.REPLIED),
    ],
)
def test_r66_where_the_right_to_appeal_stands(time, appeal, today, status):
    assert appeals.status_of(time, appeal, today=today) is status


ON = LAST + 30 * DAY


@pytest.mark.parametrize(
    ("decided", "time", "appeal", "ends"),
    [
        (DecisionStatus.PASSED, Time(), None, (InductionStatus.PASSED, SENT)),
        (FAILED, Time(), None, None),
        (FAILED, OPEN, None, None),
        (FAILED, CLOSED, None, (InductionStatus.FAILED, LAST + DAY)),
        (FAILED, CLOSED, made(AppealStatus.MADE), None),
        (FAILED, CLOSED, made(AppealStatus.HEARING), None),
        (FAILED, OPEN, made(AppealStatus.DISMISSED, ended_on=ON, told_on=ON), (InductionStatus.FAILED, ON)),
        (FAILED, OPEN, made(AppealStatus.WITHDRAWN, ended_on=SENT), None),
        (FAILED, CLOSED, made(AppealStatus.WITHDRAWN, ended_on=SENT), (InductionStatus.FAILED, LAST + DAY)),
        (FAILED, CLOSED, made(AppealStatus.WITHDRAWN, ended_on=ON), (InductionStatus.FAILED, ON)),
        (DecisionStatus.VARIED, OPEN, made(AppealStatus.ALLOWED, ended_on=ON), (InductionStatus.PASSED, ON)),
        (DecisionStatus.VARIED, OPEN, made(AppealStatus.VARIED, ended_on=ON), None),
        (EXTENDED, CLOSED, None, None),
        (EXTENDED, OPEN, made(AppealStatus.DISMISSED, ended_on=ON, told_on=ON), None),
    ],
)
def test_r68_how_and_since_when_an_induction_is_over(decided, time, appeal, ends):
    assert appeals.ends_as(decided, SENT, time, appeal) == ends


@pytest.mark.parametrize(
    ("time", "appeal", "since"),
    [
        (OPEN, None, None),
        (CLOSED, None, LAST),
        (Time(LAST, renounced_on=SENT), None, SENT),
        (Time(LAST, SENT, LAST + DAY), None, SENT),
        (CLOSED, made(AppealStatus.MADE), None),
        (CLOSED, made(AppealStatus.ALLOWED, ended_on=ON), None),
        (CLOSED, made(AppealStatus.DISMISSED, ended_on=ON, told_on=ON + DAY), ON + DAY),
        (OPEN, made(AppealStatus.WITHDRAWN, ended_on=ON), ON),
    ],
)
def test_r67_from_when_the_days_to_end_employment_count(time, appeal, since):
    assert appeals.dismissal_from(time, appeal) == since


def test_r67_the_example():
    assert due_on("D18", appeals.dismissal_from(CLOSED, None)) == date(2027, 3, 15)


@given(DAYS)
def test_nobody_fails_on_a_day_on_which_they_could_still_appeal(sent):
    """For every day of notice: the window's own last day, counted from receipt, still leaves the status alone."""
    notice = Given(NoticeStatus.SENT, sent)
    until, received = appeal_until(notice), deemed_received(notice)
    assert until
    assert received
    assert is_working_day(until)
    assert until - received >= timedelta(days=25), "20 working days are four weeks at least, but for their ends"
    for day in (received, until):
        assert not appeals.has_passed(Time(until), None, today=day)
    assert appeals.has_passed(Time(until), None, today=until + DAY)
    assert appeals.closes_on(until) > until
    assert appeals.counted_days(until, today=until) == 0


@given(DAYS, st.integers(0, 400))
def test_a_hearing_is_told_of_in_time_or_it_is_said_that_it_was_not(held_on, days):
    noticed_on = held_on - timedelta(days=days)
    short = appeals.hearing_notice_is_short(noticed_on, held_on)
    assert short == (noticed_on > due_on("D16", held_on))
    assert due_on("D16", held_on) < due_on("D17", held_on) < held_on
    if days > 60:
        assert not short


@given(DAYS, DAYS, DAYS)
def test_an_appeal_is_in_time_or_permitted_and_never_both(until, made_on, today):
    """Whatever the days are, a late appeal takes a permission, and one in time takes none."""
    if made_on > today:
        return
    late = made_on > until
    days = {"decided_on": min(until, made_on), "today": today}
    with pytest.raises(RuleBroken):
        appeals.check_lodged(made_on, None if late else today, Time(until), **days)
    appeals.check_lodged(made_on, today if late else None, Time(until), **days)


def test_more_time_is_more():
    given_time = {"decided_on": SENT, "today": ON}
    appeals.check_longer(LAST + DAY, ON, OPEN, **given_time)
    for until, time, says in ((LAST, OPEN, "must be after"), (LAST, Time(), "has not begun")):
        with pytest.raises(RuleBroken, match=says):
            appeals.check_longer(until, ON, time, **given_time)


@pytest.mark.parametrize(
    ("outcome", "terms", "appealed", "field"),
    [
        (AppealOutcome.OTHER_PERIOD, Fraction(1), Outcome.FAIL, "outcome"),
        (AppealOutcome.EXTENDED, Fraction(1), Outcome.EXTEND, "outcome"),
        (AppealOutcome.EXTENDED, None, Outcome.FAIL, "terms"),
        (AppealOutcome.EXTENDED, Fraction(0), Outcome.FAIL, "terms"),
        (AppealOutcome.EXTENDED, Fraction(7), Outcome.FAIL, "terms"),
        (AppealOutcome.EXTENDED, Fraction(1, 3), Outcome.FAIL, "terms"),
        (AppealOutcome.OTHER_PERIOD, Fraction(2), Outcome.EXTEND, "terms"),
        (AppealOutcome.ALLOWED, Fraction(1), Outcome.FAIL, "terms"),
    ],
)
def test_r66_outcomes_that_cannot_be(outcome, terms, appealed, field):
    with pytest.raises(RuleBroken) as refused:
        appeals.check_outcome(outcome, terms, appealed, before=Fraction(2))
    assert refused.value.field == field


def test_a_reply_answers_each_ground():
    appeals.check_reply("So", [1, 2], {1: Answer(False), 2: Answer(True, "No")})
    for text, answers, field in (
        (" ", {}, "text"),
        ("So", {1: Answer(False)}, "ground_2"),
        ("So", {1: Answer(True, " "), 2: Answer(False)}, "says_1"),
    ):
        with pytest.raises(RuleBroken) as refused:
            appeals.check_reply(text, [1, 2], answers)
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("time", "appeal", "copy_on", "says"),
    [
        (Time(), None, None, "has not begun"),
        (OPEN, None, None, "until 2 March 2027"),
        (CLOSED, None, None, "Nothing more"),
        (OPEN, made(AppealStatus.MADE), None, "Record the day"),
        (OPEN, made(AppealStatus.MADE), LAST, "by 31 March 2027"),
        (OPEN, made(AppealStatus.REPLIED), LAST, "arranges a hearing"),
        (OPEN, made(AppealStatus.HEARING), LAST, "10 working days"),
    ],
)
def test_what_the_law_requires_next(time, appeal, copy_on, says):
    told = appeals.requires_next(time, appeal, today=LAST + DAY if time is CLOSED else LAST, copy_on=copy_on)
    assert says in told
